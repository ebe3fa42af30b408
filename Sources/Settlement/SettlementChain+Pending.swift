import EventKernel
import Ledger

// What waits for inclusion.

extension SettlementChain {
  /// How many of our transactions wait for inclusion.
  public var pendingCount: Int { pending.count }

  /// How many transactions were ever submitted.
  package var submittedCount: Int { pending.added }

  /// What waits, each with the price that stands at an instant: those that were submitted behind the
  /// first `count` of all, or of each sender the first `limit`.
  package func waiting(
    behind count: Int = 0, first limit: Int = .max, at now: SimTime
  ) -> [WaitingTransaction] {
    pending.waiting(behind: count, first: limit, at: now)
  }

  func oldestPending(
    _ kinds: Set<SettlementTransaction.Kind>, of rollup: RollupID
  ) -> PendingTransactions.Entry? {
    pending.oldest(kinds, of: rollup)
  }
}
