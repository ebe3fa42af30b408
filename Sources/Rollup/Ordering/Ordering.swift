import EventKernel
import Ledger
import Randomness

/// In which order transactions come into blocks, and who pays for being early.
///
/// No event is scheduled for a searcher: what has appeared since the last block is drawn when the next one is sealed,
/// with the transactions that are sent after it, and whatever the sequencer takes note of by then is put behind what
/// waits, in the order of the rule. They are transactions like those of users, with gas, bytes and fees: they fill
/// blocks, and users wait behind them. The first one after an opportunity that a block has takes it, if it is still
/// there; the others revert, and pay for the gas that this takes.
public struct Ordering: ~Copyable {
  /// What the scenario says about it.
  public let policy: Policy
  /// What the run remembers of it.
  public internal(set) var record: OrderingRecord
  /// What was sold since the ledger was last told: who has bought the lane, and who has sold it on.
  public internal(set) var sold = LaneSales()
  let window: Range<SimTime>
  /// Who takes part.
  let crowd: SearcherCrowd
  var lane: ExpressLane
  var tickets = Tickets()
  var opportunities = FIFOQueue<Opportunity>()
  /// What is on its way.
  var pending: [Pending] = []
  /// What the sequencer takes note of now, in the order of the rule.
  var arrived: [Pending] = []
  /// How many of those go before all that waits.
  var placed = 0
  /// Passes over the mempool.
  var pass: UInt32 = 1
  /// When blocks were sealed, as far back as an express lane reaches.
  var seals = FIFOQueue<SimTime>()
  /// Sent so far.
  private var sent: UInt64 = 0
  var nextOpportunity = SimTime.distantFuture
  var nextSpam = SimTime.distantFuture
  /// What spam has cost so far [wei].
  var spamSpent = Wei.zero
  /// Of an auction, kept for its memory.
  var bidders: [Bidder] = []
  /// What searchers can take of an opportunity, kept for its memory [share].
  var extractions: [Double] = []
  var opportunityStream: RandomStream
  var searcherStream: RandomStream
  var userStream: RandomStream
  var spamStream: RandomStream
  var orderStream: RandomStream

  /// - Parameters:
  ///   - window: in which opportunities and blocks are measured.
  ///   - usdPerEther: price of a coin [USD].
  public init(
    _ policy: Policy, window: Range<SimTime>, usdPerEther: Double, _ streams: StreamSource
  ) {
    self.policy = policy
    self.window = window
    var crowdStream = streams.stream("ordering.crowd")
    crowd = SearcherCrowd(policy.searchers, usdPerEther: usdPerEther, &crowdStream)
    record = OrderingRecord(window: window, searchers: crowd.count)
    let searchers = policy.searchers
    let perRound =
      searchers.opportunities * policy.lane.round.seconds * searchers.value.mean
      * searchers.extraction.mean
    lane = ExpressLane(
      policy.lane, values: crowd.skills.map { $0 * perRound }, streams.stream("ordering.lane"))
    opportunityStream = streams.stream("ordering.opportunities")
    searcherStream = streams.stream("ordering.searchers")
    userStream = streams.stream("ordering.users")
    spamStream = streams.stream("ordering.spam")
    orderStream = streams.stream("ordering.order")
    if searchers.act { drawNextOpportunity(after: .start) }
    if policy.spam.acts { drawNextSpam(after: .start + policy.spam.begins) }
  }

  // MARK: On the way

  /// A user sends a transaction.
  mutating func send(_ transaction: Transaction) {
    var transaction = transaction
    let latency =
      policy.userLatency == .constant(0)
      ? .zero : SimDuration(drawn: policy.userLatency.sample(&userStream))
    if policy.rule == .priorityFee, policy.userTip != .constant(0) {
      let tip = UInt64(min(max(policy.userTip.sample(&userStream), 0), 1e18).rounded())
      transaction.ticket = tickets.issue(Ticket(sender: .user, tip: tip))
    }
    send(transaction, arriving: transaction.submittedAt + latency)
  }

  /// Puts a transaction on its way; all but who has the express lane wait for it.
  ///
  /// - Parameter lane: whose right to the lane it uses.
  mutating func send(
    _ transaction: Transaction, arriving instant: SimTime, lane: Int32 = Pending.nobody
  ) {
    sent += 1
    pending.append(
      Pending(
        arrivesAt: instant, undelayedAt: instant, key: sent, transaction: transaction,
        lane: lane))
  }

  /// Finds out what the sequencer takes note of by an instant, and puts that in the order of the rule.
  ///
  /// - Parameter gasPrice: of the next block [wei per gas].
  mutating func prepare(through instant: SimTime, gasPrice: UInt64) {
    sellLane(through: instant)
    while nextOpportunity <= instant { appear(gasPrice: gasPrice) }
    while nextSpam <= instant { sendSpam(gasPrice: gasPrice) }
    delay(through: instant)
    split(at: instant)
    placed = 0
    switch policy.rule {
    case .firstCome, .expressLane: arrived.sort { ($0.arrivesAt, $0.key) < ($1.arrivesAt, $1.key) }
    case .random: shuffle()
    case .priorityFee:
      if policy.searchers.act, policy.mempool == .public { escalate(until: instant) }
      sortByTip()
    case .batchAuction: holdAuctions()
    }
    noteDelays(at: instant)
  }

  /// From the order of sending on, what is on its way waits for the express lane, where it is somebody else's.
  private mutating func delay(through instant: SimTime) {
    guard policy.rule == .expressLane else { return }
    for index in pending.indices where !pending[index].isDelayed {
      // Whose the lane is then, is known by then.
      guard pending[index].undelayedAt <= instant else { continue }
      pending[index].isDelayed = true
      guard let controller = lane.controller(at: pending[index].undelayedAt),
        Int(pending[index].lane) != controller, pending[index].lane != Pending.resold
      else { continue }
      pending[index].arrivesAt = pending[index].undelayedAt + policy.lane.advantage
    }
  }

  /// Takes what has arrived out of what is on its way; a batch auction takes whole batches.
  private mutating func split(at instant: SimTime) {
    var limit = instant
    if policy.rule == .batchAuction {
      let interval = policy.interval.nanoseconds
      limit = SimTime(nanoseconds: instant.nanoseconds / interval * interval)
    }
    arrived.removeAll(keepingCapacity: true)
    var kept = 0
    for index in pending.indices {
      if pending[index].arrivesAt <= limit {
        arrived.append(pending[index])
      } else {
        pending[kept] = pending[index]
        kept += 1
      }
    }
    pending.removeLast(pending.count - kept)
  }

  private mutating func shuffle() {
    for index in arrived.indices { arrived[index].key = orderStream.nextWord() }
    arrived.sort { $0.key < $1.key }
  }

  /// The highest first, of equal ones those that arrived first.
  private mutating func sortByTip() {
    let tickets = tickets
    arrived.sort {
      let (left, right) = (tickets.tip(of: $0.transaction), tickets.tip(of: $1.transaction))
      return left != right ? left > right : ($0.arrivesAt, $0.key) < ($1.arrivesAt, $1.key)
    }
  }

  /// Counts how many blocks later users come because the lane is somebody else's.
  private mutating func noteDelays(at instant: SimTime) {
    guard policy.rule == .expressLane else { return }
    for pending in arrived
    where pending.transaction.isMeasured && pending.arrivesAt > pending.undelayedAt {
      var missed = 0
      for number in seals.indices.reversed() {
        guard seals[number] >= pending.undelayedAt else { break }
        missed += 1
      }
      record.delay(byBlocks: missed)
    }
    seals.append(instant)
    let reach = policy.lane.advantage + policy.lane.advantage
    while let first = seals.head, first + reach < instant { seals.removeFirst() }
  }

  // MARK: Into the mempool

  /// Whether what waits is put into order anew with what comes.
  var ranksAll: Bool { policy.rule == .priorityFee }

  /// Whether a transaction goes before one that came later.
  @inline(__always)
  func goesBefore(_ waiting: Transaction, _ new: Transaction) -> Bool {
    tickets.tip(of: waiting) >= tickets.tip(of: new)
  }

  /// Says which gas a transaction takes in the place that it has now: the first after an opportunity what it takes to
  /// seize it, and all others what it takes to revert.
  mutating func foresee(_ transaction: inout Transaction, at instant: SimTime) {
    guard transaction.ticket > 0 else { return }
    let ticket = tickets[transaction.ticket]
    guard ticket.sender == .searcher else { return }
    let number = ticket.opportunity
    let opportunity = opportunities[number]
    let seizes = !opportunity.isTaken && opportunity.pass < pass && instant < opportunity.endsAt
    if seizes { opportunities[number].pass = pass }
    transaction.gas = UInt32(clamping: seizes ? policy.searchers.gas : policy.searchers.revertGas)
  }

  /// The mempool has no room for a transaction.
  mutating func drop(_ transaction: Transaction) {
    guard transaction.ticket > 0 else { return }
    let ticket = tickets[transaction.ticket]
    tickets.redeem(transaction.ticket)
    guard ticket.sender == .searcher else { return }
    record.dropSearcher()
    close(ticket.opportunity)
  }

  /// One transaction less is after an opportunity.
  mutating func close(_ number: Int) {
    opportunities[number].open -= 1
    guard opportunities[number].open == 0 else { return }
    if !opportunities[number].isTaken { record.expire(opportunities[number]) }
    while let head = opportunities.head, head.open <= 0 { opportunities.removeFirst() }
  }
}

extension Ordering: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Ordering { Ordering(copying: self, draws) }

  private init(copying other: borrowing Ordering, _ draws: Draws) {
    policy = other.policy
    record = other.record
    sold = other.sold
    window = other.window
    crowd = other.crowd
    lane = other.lane.copy(drawing: draws)
    tickets = other.tickets
    opportunities = other.opportunities
    pending = other.pending
    arrived = other.arrived
    placed = other.placed
    pass = other.pass
    seals = other.seals
    sent = other.sent
    nextOpportunity = other.nextOpportunity
    nextSpam = other.nextSpam
    spamSpent = other.spamSpent
    bidders = other.bidders
    extractions = other.extractions
    opportunityStream = other.opportunityStream.copy(drawing: draws)
    searcherStream = other.searcherStream.copy(drawing: draws)
    userStream = other.userStream.copy(drawing: draws)
    spamStream = other.spamStream.copy(drawing: draws)
    orderStream = other.orderStream.copy(drawing: draws)
  }
}
