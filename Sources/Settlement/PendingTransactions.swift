import EventKernel

/// Our transactions that wait for inclusion: one queue for each sequence of nonces.
///
/// A block asks for the oldest transaction that nothing holds back until there is none, so its work
/// grows with what it includes and not with what waits.
struct PendingTransactions {
  private struct Entry {
    let order: Int
    let transaction: SettlementTransaction
  }

  private var queues = [FIFOQueue<Entry>](
    repeating: FIFOQueue(), count: SettlementTransaction.Kind.allCases.count)
  private var isHeldBack = [Bool](
    repeating: false, count: SettlementTransaction.Kind.allCases.count)
  private var added = 0
  private var nextQueue: Int?

  /// How many transactions wait.
  var count: Int { queues.reduce(0) { $0 + $1.count } }

  mutating func add(_ transaction: SettlementTransaction) {
    queues[transaction.nonceSequence].append(Entry(order: added, transaction: transaction))
    added += 1
  }

  /// Releases what the last block held back.
  mutating func beginBlock() {
    for index in isHeldBack.indices { isHeldBack[index] = false }
    findNext()
  }

  /// The oldest transaction that nothing holds back.
  var next: SettlementTransaction? { nextQueue.flatMap { queues[$0].head?.transaction } }

  /// Removes `next`, which was included.
  mutating func removeNext() {
    if let nextQueue { queues[nextQueue].removeFirst() }
    findNext()
  }

  /// Passes over `next` and those behind it for the rest of the block.
  mutating func holdBackNext() {
    if let nextQueue { isHeldBack[nextQueue] = true }
    findNext()
  }

  private mutating func findNext() {
    var oldest = Int.max
    nextQueue = nil
    for index in queues.indices where !isHeldBack[index] {
      if let head = queues[index].head, head.order < oldest {
        (oldest, nextQueue) = (head.order, index)
      }
    }
  }
}

extension SettlementTransaction {
  /// The sender's nonce sequence: the parts of a batch share one.
  fileprivate var nonceSequence: Int { kind == .dataPart ? Kind.data.rawValue : kind.rawValue }
}
