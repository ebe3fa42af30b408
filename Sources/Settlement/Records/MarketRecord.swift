import Ledger
import Statistics

/// What the fee markets did in the measured window, slot by slot.
public struct MarketRecord: Sendable {
  private(set) var baseFee = Tally()
  private(set) var blobBaseFee = Tally()
  /// Deviations of the logarithm of others' demand from its level, at every slot.
  private(set) var gasDeviation = Tally()
  /// The same for blobs.
  private(set) var blobDeviation = Tally()
  private(set) var missedSlots = 0
  private(set) var slots = 0
  /// Blobs in blocks.
  private(set) var blobs: UInt64 = 0
  /// Blobs of light rollups in blocks, those that a re-org dropped included.
  private(set) var neighbourBlobs: UInt64 = 0
  /// The sum of the blob targets of blocks.
  private(set) var blobTargets: UInt64 = 0
  /// Settlement transactions that a re-org dropped, in the whole run.
  public private(set) var reorganised = 0

  /// A market that nobody has looked at.
  public init() {}

  /// Notes what a slot of the measured window did.
  public mutating func slot(hasBlock: Bool, _ chain: borrowing SettlementChain) {
    slots += 1
    gasDeviation.record(chain.gasDemandDeviation)
    blobDeviation.record(chain.blobDemandDeviation)
    guard hasBlock else {
      missedSlots += 1
      baseFee.record(Double(chain.baseFee))
      blobBaseFee.record(Double(chain.blobBaseFee))
      return
    }
    let block = chain.lastBlock
    baseFee.record(Double(block.baseFee))
    blobBaseFee.record(Double(block.blobBaseFee))
    blobs += block.blobs
    blobTargets += block.blobTarget
    for receipt in chain.receipts where receipt.transaction.kind == .neighbourData {
      neighbourBlobs += receipt.transaction.blobs
    }
  }

  /// Notes how many settlement transactions a slot's re-org dropped, at any time of the run.
  public mutating func reorganise(_ count: Int) { reorganised += count }
}
