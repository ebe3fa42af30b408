import EventKernel
import Ledger

/// Our transactions that wait for inclusion: one queue for each sender, in the order of its nonces, and behind them
/// what is offered for one block alone.
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
    /// What its sender had handed over up to it, in blobs, or transactions without them.
    let weightThrough: Int
    /// What Nitro's poster bids; nil before it does, and for all others.
    var quote: NitroQuote?

    /// When its data came into being.
    var since: SimTime { min(transaction.dataSince ?? submittedAt, submittedAt) }
  }

  fileprivate struct Sender {
    var queue = FIFOQueue<Entry>()
    /// What was ever handed over, in blobs, or transactions without them.
    var weight = 0
    /// How many of the queue, from its head, nodes have taken into their mempool.
    var sent = 0
    /// When the first of their bids is to be looked at.
    var nextLook = SimTime.distantFuture
    /// What the current block included.
    var included = 0
  }

  /// A sender whose oldest transaction the current block has yet to consider.
  private struct Candidate {
    let order: Int
    let sender: Int
  }

  private var senders: [Sender] = []
  /// How many were ever added.
  private(set) var added = 0
  /// By the order of their oldest transaction, the latest first.
  private var candidates: [Candidate] = []

  /// What is offered for the next block.
  private var offers = BlockOffers()

  /// How many transactions wait: asked for at each that is added.
  private(set) var count = 0

  /// The transaction of some kinds of a rollup that was handed over first.
  func oldest(_ kinds: Set<SettlementTransaction.Kind>, of rollup: RollupID) -> Entry? {
    senders.compactMap(\.queue.head)
      .filter { kinds.contains($0.transaction.kind) && $0.transaction.rollup == rollup }
      .min { $0.order < $1.order }
  }

  /// What waits behind the first `count` that were ever added, and of each sender among the first
  /// `limit`, in the order in which it was added.
  func waiting(behind count: Int, first limit: Int, at now: SimTime) -> [WaitingTransaction] {
    var waiting: [WaitingTransaction] = []
    for sender in senders {
      for place in sender.queue.indices.prefix(limit).reversed() {
        guard sender.queue[place].order >= count else { break }
        waiting.append(WaitingTransaction(sender.queue[place], at: now))
      }
    }
    return waiting.sorted { $0.order < $1.order }
  }

  mutating func add(_ transaction: SettlementTransaction, at now: SimTime, _ prices: Prices) {
    let sender = transaction.sender
    while senders.count <= sender { senders.append(Sender()) }
    senders[sender].weight += Int(clamping: max(1, transaction.blobs))
    senders[sender].queue.append(
      Entry(
        order: added, submittedAt: now, transaction: transaction,
        weightThrough: senders[sender].weight))
    senders[sender].send(at: now, prices)
    added += 1
    count += 1
  }

  /// Takes offers for the next block, if the next slot has one.
  mutating func offer(_ offers: [BlockOffer]) { self.offers.add(offers) }

  /// Gas of what is offered, and not considered yet, that tips more per gas.
  func gasOffered(tippingAbove tip: UInt64) -> UInt64 { offers.gas(tippingAbove: tip) }

  /// Forgets what was offered for a block of the slot.
  mutating func endSlot() { offers.endSlot() }

  /// Puts back a transaction that a re-org dropped, before all others of its sender.
  ///
  /// Call it with the latest of several first. Who offers anew for each block learns that the last one is gone.
  mutating func restore(_ entry: Entry) {
    guard entry.transaction.kind != .exit else { return }
    senders[entry.transaction.sender].restore(entry)
    count += 1
  }

  /// Releases what the last block held back, and lets senders look at their bids.
  mutating func beginBlock(at now: SimTime, _ prices: Prices) {
    offers.beginBlock(baseFee: prices.baseFee)
    candidates.removeAll(keepingCapacity: true)
    for index in senders.indices {
      senders[index].included = 0
      senders[index].send(at: now, prices)
      senders[index].look(at: now, prices)
      guard let head = senders[index].queue.head else { continue }
      candidates.append(Candidate(order: head.order, sender: index))
    }
    candidates.sort { $0.order > $1.order }
  }

  /// The oldest transaction that nothing holds back, or behind them all the best offer.
  var next: Entry? {
    candidates.last.flatMap { senders[$0.sender].queue.head } ?? offers.next.map { Entry($0) }
  }

  /// Removes `next`, which was included.
  mutating func removeNext() {
    guard let sender = candidates.popLast()?.sender else { return offers.removeNext() }
    guard let included = senders[sender].removeFirst()?.transaction else { return }
    count -= 1
    senders[sender].included += 1
    let isFull = senders[sender].included >= included.bid.maxPending && !included.kind.isOfUser
    if !isFull, let head = senders[sender].queue.head {
      insert(Candidate(order: head.order, sender: sender))
    }
  }

  /// Passes over `next` and those behind it for the rest of the block.
  mutating func holdBackNext() {
    if candidates.popLast() == nil { offers.removeNext() }
  }

  /// Puts a candidate in its place, from the end, where a sender in a row has it.
  private mutating func insert(_ candidate: Candidate) {
    var place = candidates.count
    while place > 0, candidates[place - 1].order < candidate.order { place -= 1 }
    candidates.insert(candidate, at: place)
  }
}

extension PendingTransactions.Entry {
  /// What is offered for a block, as what waits.
  init(_ offer: BlockOffer) {
    self.init(
      order: 0, submittedAt: offer.since, transaction: offer.transaction, weightThrough: 0,
      quote: nil)
  }

  /// The price that stands in the mempool at an instant; one that nobody takes before it is there.
  func standing(at now: SimTime) -> Bid.Standing {
    switch transaction.bid.capRule {
    case .fixed:
      transaction.bid.standing(
        age: now - submittedAt, lead: submittedAt - since, blobs: transaction.blobs)
    case .nitro:
      Bid.Standing(
        feeCap: quote?.caps.feeCap ?? 0, tip: quote?.caps.tip ?? 0,
        blobFeeCap: quote?.caps.blobFeeCap ?? 0, replacements: quote?.replacements ?? 0)
    }
  }
}

extension PendingTransactions.Sender {
  /// Sends what nodes have room for, at the prices that hold.
  mutating func send(at now: SimTime, _ prices: Prices) {
    while sent < queue.count {
      let place = queue.indices.lowerBound + sent
      guard sent < queue[place].transaction.bid.maxPending else { return }
      if queue[place].transaction.bid.capRule == .nitro {
        let quote = NitroQuote(
          queue[place].transaction, at: now, since: queue[place].since, backlog: backlog(place),
          prices)
        queue[place].quote = quote
        nextLook = min(nextLook, quote.nextLook)
      }
      sent += 1
    }
  }

  /// Replaces bids whose time has come.
  mutating func look(at now: SimTime, _ prices: Prices) {
    guard nextLook <= now else { return }
    nextLook = .distantFuture
    for place in queue.indices.prefix(sent) {
      guard var quote = queue[place].quote else { continue }
      quote.look(
        at: queue[place].transaction, until: now, since: queue[place].since,
        backlog: backlog(place), prices)
      queue[place].quote = quote
      nextLook = min(nextLook, quote.nextLook)
    }
  }

  /// What waits behind the transaction at a place, in blobs, or transactions without them.
  private func backlog(_ place: Int) -> Int { weight - queue[place].weightThrough }

  mutating func removeFirst() -> PendingTransactions.Entry? {
    sent = max(0, sent - 1)
    return queue.removeFirst()
  }

  mutating func restore(_ entry: PendingTransactions.Entry) {
    queue.prepend(entry)
    sent += 1
    if let quote = entry.quote { nextLook = min(nextLook, quote.nextLook) }
  }
}

extension SettlementTransaction.Kind {
  /// Whether users send it, of whom there are many.
  public var isOfUser: Bool {
    switch self {
    case .deposit, .withdrawal, .withdrawalProof, .exitRequest, .freeze, .exit, .message,
      .forcing, .call:
      true
    case .dataPart, .data, .stateClaim, .proof, .provenData, .sharedProof, .execution,
      .neighbourData, .sharedData, .defence, .attack, .payout, .upgrade, .veto:
      false
    }
  }
}

extension SettlementTransaction {
  /// Keys of a rollup, its users, its challengers, its adversaries and those who pay withdrawals out.
  private static let keys = 7

  /// Who sends it: a rollup has a key for each of its tasks.
  fileprivate var sender: Int {
    let first = Int(rollup.number) * Self.keys
    return switch kind {
    case .dataPart, .data, .provenData, .neighbourData, .sharedData: first
    case .stateClaim: first + 1
    case .proof, .sharedProof, .execution: first + 2
    // Users are many, but bid alike: one queue in order serves them all. Who bids for himself waits in none.
    case .deposit, .withdrawal, .withdrawalProof, .exitRequest, .freeze, .exit, .message, .forcing,
      .call:
      first + 3
    // Who holds keys, and who watches over them, send little beside moves of disputes.
    case .defence, .veto: first + 4
    case .attack, .upgrade: first + 5
    case .payout: first + 6
    }
  }
}
