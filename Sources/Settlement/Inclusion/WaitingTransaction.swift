import EventKernel

/// A transaction that waits for inclusion, as whoever looks at the mempool sees it.
package struct WaitingTransaction: Sendable {
  /// Its place among all that were ever submitted.
  package let order: Int
  /// The transaction.
  package let transaction: SettlementTransaction
  /// When it was handed to the mempool.
  package let submittedAt: SimTime
  /// Most per gas that it bids now [wei].
  package let feeCap: UInt64
  /// Most per unit of blob gas that it bids now [wei].
  package let blobFeeCap: UInt64
  /// How often it was replaced by one that bids more.
  package let replacements: Int

  /// What waits, with the bid that stands at an instant.
  init(_ entry: PendingTransactions.Entry, at now: SimTime) {
    let standing = entry.standing(at: now)
    order = entry.order
    transaction = entry.transaction
    submittedAt = entry.submittedAt
    feeCap = standing.feeCap
    blobFeeCap = standing.blobFeeCap
    replacements = standing.replacements
  }
}
