import EventKernel
import Ledger
import Settlement
import Statistics

/// What the fee markets did in the measured window, slot by slot.
struct MarketRecord {
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
  /// Blobs of the rollup in blocks, those that a re-org dropped included.
  private(set) var ownBlobs: UInt64 = 0
  /// The same of its neighbours.
  private(set) var neighbourBlobs: UInt64 = 0
  /// The sum of the blob targets of blocks.
  private(set) var blobTargets: UInt64 = 0

  mutating func slot(hasBlock: Bool, _ chain: borrowing SettlementChain) {
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
    for receipt in chain.receipts {
      if receipt.transaction.kind == .neighbourData {
        neighbourBlobs += receipt.transaction.blobs
      } else {
        ownBlobs += receipt.transaction.blobs
      }
    }
  }
}

/// How settlement transactions were included, from those in final blocks.
struct InclusionRecord {
  private(set) var delays = LatencyHistogram()
  private(set) var replacements = 0
  /// What was paid for blobs.
  private(set) var blobFees = Wei.zero
  private(set) var blobs: UInt64 = 0

  mutating func settle(_ receipt: SettlementReceipt) {
    delays.record((receipt.includedAt - receipt.submittedAt).nanoseconds)
    replacements += receipt.replacements
    blobFees += receipt.blobBurned
    blobs += receipt.transaction.blobs
  }
}

/// The fees of the settlement chain on a fixed grid of time.
public struct FeePath: Sendable {
  /// The fees that stand at one instant.
  public struct Sample: Hashable, Sendable {
    /// The instant, from the start of the run.
    public let time: SimTime
    /// Base fee of the next block [wei per gas].
    public let baseFee: UInt64
    /// Blob base fee of the next block [wei per blob gas].
    public let blobBaseFee: UInt64

    /// The fees at an instant.
    public init(time: SimTime, baseFee: UInt64, blobBaseFee: UInt64) {
      self.time = time
      self.baseFee = baseFee
      self.blobBaseFee = blobBaseFee
    }
  }

  /// The samples in order of time; the last lies before the horizon.
  public private(set) var samples: [Sample] = []
  private let interval: SimDuration
  private let end: SimTime
  private var next = SimTime.start

  /// An empty path.
  init(every interval: SimDuration, through end: SimTime) {
    precondition(interval > .zero, "a grid without an interval")
    self.interval = interval
    self.end = end
  }

  /// Notes what stands before the slot at `now`, for each grid point up to it.
  mutating func sample(_ chain: borrowing SettlementChain, at now: SimTime) {
    while next <= now, next < end {
      samples.append(
        Sample(time: next, baseFee: chain.baseFee, blobBaseFee: chain.blobBaseFee(at: next)))
      next = next + interval
    }
  }
}
