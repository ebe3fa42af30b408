import EventKernel
import Ledger

/// Sealed blocks whose data is published together.
public struct Batch: Sendable {
  /// When it was handed to the settlement chain.
  public internal(set) var closedAt = SimTime.start
  /// When its first block was sealed.
  public private(set) var openedAt = SimTime.start
  /// Its transactions by class.
  public private(set) var transactions = TransactionTotals()
  /// How many transactions it has.
  public private(set) var count = 0
  /// Their bytes before compression.
  public private(set) var rawBytes: UInt64 = 0
  /// When the measured ones were submitted.
  public private(set) var profile = SubmissionProfile()
  /// Their layer 2 gas.
  public private(set) var gas: UInt64 = 0
  /// How many of them are of rollups that settle here.
  public private(set) var guests = 0
  /// What they pay for it.
  public private(set) var feesPaid = Wei.zero
  /// The sum over its transactions of the instants at which their blocks were sealed [ns].
  private var sealInstants: UInt128 = 0

  init() {}

  mutating func append(_ block: SealedBlock) {
    if count == 0 { openedAt = block.sealedAt }
    transactions.add(block.transactions)
    count += block.count
    rawBytes += block.rawBytes
    profile.append(block.submissions)
    gas += block.gas
    guests += block.guests
    feesPaid += block.feesPaid
    sealInstants += UInt128(block.count) * UInt128(block.sealedAt.nanoseconds)
  }

  /// The sum over its transactions of the time from their block to the closing of the batch [s].
  public var totalWait: Double {
    Double(UInt128(count) * UInt128(closedAt.nanoseconds) - sealInstants) * 1e-9
  }
}
