import EventKernel
import Ledger

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
    /// What the current block included.
    var included = 0
  }

  /// A sender whose oldest transaction the current block has yet to consider.
  private struct Candidate {
    let order: Int
    let sender: Int
  }

  private var senders: [Sender] = []
  private var added = 0
  /// By the order of their oldest transaction, the latest first.
  private var candidates: [Candidate] = []

  /// How many transactions wait: asked for at each that is added.
  private(set) var count = 0

  /// The transaction of some kinds of a rollup that was handed over first, and how many wait of its sender.
  func oldest(
    _ kinds: Set<SettlementTransaction.Kind>, of rollup: RollupID
  ) -> (entry: Entry, queued: Int)? {
    senders.compactMap { sender in sender.queue.head.map { ($0, sender.queue.count) } }
      .filter { kinds.contains($0.0.transaction.kind) && $0.0.transaction.rollup == rollup }
      .min { $0.0.order < $1.0.order }
  }

  mutating func add(_ transaction: SettlementTransaction, at now: SimTime) {
    let sender = transaction.sender
    while senders.count <= sender { senders.append(Sender()) }
    senders[sender].queue.append(
      Entry(order: added, submittedAt: now, transaction: transaction))
    added += 1
    count += 1
  }

  /// Puts back a transaction that a re-org dropped, before all others of its sender.
  ///
  /// Call it with the latest of several first.
  mutating func restore(_ entry: Entry) {
    senders[entry.transaction.sender].queue.prepend(entry)
    count += 1
  }

  /// Releases what the last block held back.
  mutating func beginBlock() {
    candidates.removeAll(keepingCapacity: true)
    for index in senders.indices {
      senders[index].included = 0
      guard let head = senders[index].queue.head else { continue }
      candidates.append(Candidate(order: head.order, sender: index))
    }
    candidates.sort { $0.order > $1.order }
  }

  /// The oldest transaction that nothing holds back, and how many wait of its sender with it.
  var next: (entry: Entry, queued: Int)? {
    guard let sender = candidates.last?.sender, let entry = senders[sender].queue.head else {
      return nil
    }
    return (entry, senders[sender].queue.count)
  }

  /// Removes `next`, which was included.
  mutating func removeNext() {
    guard let sender = candidates.popLast()?.sender,
      let included = senders[sender].queue.removeFirst()?.transaction
    else { return }
    count -= 1
    senders[sender].included += 1
    let isFull = senders[sender].included >= included.bid.maxPending && !included.kind.isOfUser
    if !isFull, let head = senders[sender].queue.head {
      insert(Candidate(order: head.order, sender: sender))
    }
  }

  /// Passes over `next` and those behind it for the rest of the block.
  mutating func holdBackNext() {
    candidates.removeLast()
  }

  /// Puts a candidate in its place, from the end, where a sender in a row has it.
  private mutating func insert(_ candidate: Candidate) {
    var place = candidates.count
    while place > 0, candidates[place - 1].order < candidate.order { place -= 1 }
    candidates.insert(candidate, at: place)
  }
}

extension SettlementTransaction.Kind {
  /// Whether users send it, of whom there are many.
  var isOfUser: Bool { self == .deposit || self == .withdrawal || self == .withdrawalProof }
}

extension SettlementTransaction {
  /// Keys of a rollup, its users and its challengers.
  private static let keys = 5

  /// Who sends it: a rollup has a key for each of its tasks.
  fileprivate var sender: Int {
    let first = Int(rollup.number) * Self.keys
    return switch kind {
    case .dataPart, .data, .provenData, .neighbourData: first
    case .stateClaim: first + 1
    case .proof, .execution: first + 2
    // Users are many, but bid alike: one queue in order serves them all.
    case .deposit, .withdrawal, .withdrawalProof: first + 3
    case .challenge: first + 4
    }
  }
}
