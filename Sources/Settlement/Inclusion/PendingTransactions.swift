import EventKernel

/// Our transactions that wait for inclusion: one queue for each sender, in the order of its nonces.
///
/// A block asks for the oldest transaction that nothing holds back until there is none, so its work
/// grows with what it includes and not with what waits.
struct PendingTransactions {
  /// A transaction that waits.
  struct Entry {
    /// Its place among all that were ever submitted.
    let order: Int
    let submittedAt: SimTime
    let transaction: SettlementTransaction
  }

  private struct Sender {
    var queue = FIFOQueue<Entry>()
    var isHeldBack = false
    /// What the current block included.
    var included = 0
  }

  private var senders: [Sender] = []
  /// Most transactions of one sender that nodes keep, so that one block can include.
  private let limit: Int
  private var added = 0
  private var nextSender: Int?

  /// - Parameter limit: transactions of one sender in the mempool; more wait at the sender.
  init(limit: Int) { self.limit = limit }

  /// How many transactions wait.
  var count: Int { senders.reduce(0) { $0 + $1.queue.count } }

  mutating func add(_ transaction: SettlementTransaction, at now: SimTime) {
    let sender = transaction.sender
    while senders.count <= sender { senders.append(Sender()) }
    senders[sender].queue.append(
      Entry(order: added, submittedAt: now, transaction: transaction))
    added += 1
  }

  /// Puts back a transaction that a re-org dropped, before all others of its sender.
  ///
  /// Call it with the latest of several first.
  mutating func restore(_ entry: Entry) {
    senders[entry.transaction.sender].queue.prepend(entry)
  }

  /// Releases what the last block held back.
  mutating func beginBlock() {
    for index in senders.indices {
      senders[index].isHeldBack = false
      senders[index].included = 0
    }
    findNext()
  }

  /// The oldest transaction that nothing holds back, and how many wait of its sender with it.
  var next: (entry: Entry, queued: Int)? {
    guard let nextSender, let entry = senders[nextSender].queue.head else { return nil }
    return (entry, senders[nextSender].queue.count)
  }

  /// Removes `next`, which was included.
  mutating func removeNext() {
    if let nextSender {
      senders[nextSender].queue.removeFirst()
      senders[nextSender].included += 1
      if senders[nextSender].included == limit { senders[nextSender].isHeldBack = true }
    }
    findNext()
  }

  /// Passes over `next` and those behind it for the rest of the block.
  mutating func holdBackNext() {
    if let nextSender { senders[nextSender].isHeldBack = true }
    findNext()
  }

  private mutating func findNext() {
    var oldest = Int.max
    nextSender = nil
    for index in senders.indices where !senders[index].isHeldBack {
      if let head = senders[index].queue.head, head.order < oldest {
        (oldest, nextSender) = (head.order, index)
      }
    }
  }
}

extension SettlementTransaction {
  /// Who sends it: the rollup has a key for each of its tasks, and each neighbour one of its own.
  fileprivate var sender: Int {
    switch kind {
    case .dataPart, .data: 0
    case .stateClaim: 1
    case .proof: 2
    case .neighbourData: 3 + reference
    }
  }
}
