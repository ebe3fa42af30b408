import EventKernel
import Ledger

/// A sealed layer 2 block, or several: the soft confirmation of their transactions.
public struct SealedBlock: Sendable {
  /// When it was sealed; of several the last.
  public var sealedAt: SimTime
  /// Its transactions, those of rollups that settle here among them.
  public var transactions = TransactionTotals()
  /// When the measured ones were submitted.
  public var submissions = Submissions()
  /// How many of them are of rollups that settle here.
  public var guests = 0
  /// The gas of those.
  public var guestGas: UInt64 = 0
  /// What users pay for their data in it, beside gas.
  public var dataFees = Wei.zero
  /// Whether nobody seals it: it follows from the settlement chain.
  public var isDerived = false
  /// What several blocks are, of a stretch of time; nil of one.
  public var stretch: SealedStretch?

  /// A block without transactions.
  public init(sealedAt: SimTime) { self.sealedAt = sealedAt }

  /// How many transactions it has.
  public var count: Int { transactions.count }
  /// Their layer 2 gas.
  public var gas: UInt64 { transactions.gas }
  /// Their bytes before compression.
  public var rawBytes: UInt64 { transactions.bytes }

  /// Whether it has no transactions.
  public var isEmpty: Bool { count == 0 }

  /// The sum over its transactions of the instants at which they were sealed [ns].
  @inline(__always)
  public var sealInstants: UInt128 {
    stretch?.sealInstants ?? UInt128(count) * UInt128(sealedAt.nanoseconds)
  }

  /// The same of the measured ones.
  public var measuredSealInstants: UInt128 {
    stretch?.measuredSealInstants ?? UInt128(submissions.count) * UInt128(sealedAt.nanoseconds)
  }

  /// The shortest and the longest time from a measured transaction to its block.
  public var waits: ClosedRange<SimDuration> {
    guard let stretch else { return sealedAt - submissions.last...sealedAt - submissions.first }
    return stretch.waits
  }
}

/// What several blocks have in place of what one has at its instant.
public struct SealedStretch: Sendable {
  /// From when on its transactions were submitted.
  public var begin: SimTime
  /// The sum over their transactions of the instants at which they were sealed [ns].
  public var sealInstants: UInt128
  /// The same of the measured ones.
  public var measuredSealInstants: UInt128
  /// The shortest and the longest time from a measured transaction to its block.
  public var waits: ClosedRange<SimDuration>
  /// An exponential variable with mean 1, from which the largest figure of its blocks is taken.
  public var tail = 0.0
}

extension SealedBlock {
  /// Ends a stretch with what its last block has beside it.
  mutating func endStretch(_ before: SealedBlock) {
    let others = UInt128(count - before.count) * UInt128(sealedAt.nanoseconds)
    let measured = submissions.count - before.submissions.count
    stretch?.sealInstants += others
    stretch?.measuredSealInstants += UInt128(measured) * UInt128(sealedAt.nanoseconds)
    guard measured > 0, let shortest = stretch?.waits.lowerBound else { return }
    let latest = sealedAt - submissions.last
    stretch?.waits =
      before.submissions.count > 0
      ? min(shortest, latest)...max(before.waits.upperBound, sealedAt - submissions.first)
      : latest...sealedAt - submissions.first
  }
}
