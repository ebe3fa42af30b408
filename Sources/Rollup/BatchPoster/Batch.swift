import EventKernel
import Ledger

/// Sealed blocks whose data is published together.
public struct Batch: Sendable {
  /// When it was handed to the settlement chain.
  public internal(set) var closedAt = SimTime.start
  /// When its first block was sealed.
  public private(set) var openedAt = SimTime.start
  /// Its transactions.
  public private(set) var transactions = TransactionTotals()
  /// The slots that they write, where state differences are published.
  public private(set) var slots = SlotCounts()
  /// When the measured ones were submitted.
  public private(set) var profile = SubmissionProfile()
  /// How many of them are of rollups that settle here.
  public private(set) var guests = 0
  /// What they pay for it.
  public private(set) var feesPaid = Wei.zero
  /// The sum over its transactions of the instants at which their blocks were sealed [ns].
  private var sealInstants: UInt128 = 0

  init() {}

  /// How many transactions it has.
  public var count: Int { transactions.count }
  /// Their bytes before compression.
  public var rawBytes: UInt64 { transactions.bytes }
  /// Their layer 2 gas.
  public var gas: UInt64 { transactions.gas }

  /// - Parameters:
  ///   - fees: what the transactions of `block` pay for it.
  ///   - slots: what all write together.
  mutating func append(_ block: SealedBlock, paying fees: Wei, writing slots: SlotCounts) {
    if count == 0 { openedAt = block.sealedAt }
    transactions.add(block.transactions)
    self.slots = slots
    profile.append(block.submissions)
    guests += block.guests
    feesPaid += fees
    sealInstants += block.sealInstants
  }

  /// The sum over its transactions of the time from their block to the closing of the batch [s].
  public var totalWait: Double {
    Double(UInt128(count) * UInt128(closedAt.nanoseconds) - sealInstants) * 1e-9
  }
}
