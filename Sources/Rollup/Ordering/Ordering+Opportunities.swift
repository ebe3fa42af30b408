import EventKernel
import Ledger
import Randomness

// What appears, who sends transactions after it, and who sends some for nothing.

extension Ordering {
  mutating func drawNextOpportunity(after instant: SimTime) {
    let gap = opportunityStream.exponential(mean: 1 / policy.searchers.opportunities)
    nextOpportunity = instant + SimDuration(drawn: gap)
  }

  mutating func drawNextSpam(after instant: SimTime) {
    let next = instant + SimDuration(drawn: spamStream.exponential(mean: 1 / policy.spam.rate))
    let hasEnded = policy.spam.ends > .zero && next >= .start + policy.spam.ends
    nextSpam = hasEnded ? .distantFuture : next
  }

  /// An opportunity appears, and each searcher sends what he thinks right.
  ///
  /// - Parameter gasPrice: of the next block [wei per gas].
  mutating func appear(gasPrice: UInt64) {
    let now = nextOpportunity
    drawNextOpportunity(after: now)
    let searchers = policy.searchers
    let value = min(max(0, searchers.value.sample(&opportunityStream)), 1e6)
    let lifetime = SimDuration(drawn: max(0, searchers.lifetime.sample(&opportunityStream)))
    let opportunity = Opportunity(
      appearsAt: now, endsAt: now + lifetime, value: value, isMeasured: window.contains(now))
    record.offer(opportunity)
    extractions.removeAll(keepingCapacity: true)
    for skill in crowd.skills {
      extractions.append(min(max(0, skill * searchers.extraction.sample(&searcherStream)), 1))
    }
    let number = opportunities.append(opportunity)
    // Kept open until all have sent.
    opportunities[number].open = 1
    let fast = whoIsFast(at: now, value: value)
    for searcher in 0..<crowd.count {
      pursue(number, by: searcher, isFast: searcher == fast.searcher, fast.lane, gasPrice: gasPrice)
    }
    record.pursue(opportunities[number], by: opportunities[number].open - 1)
    close(number)
  }

  /// Who can send through the express lane, and by what right.
  ///
  /// Where its controller sells it on, whoever can take most has it, and pays the second most that anybody can take.
  private mutating func whoIsFast(at now: SimTime, value: Double) -> (searcher: Int?, lane: Int32) {
    guard policy.rule == .expressLane, let controller = lane.controller(at: now) else {
      return (nil, Pending.nobody)
    }
    guard policy.lane.resale else { return (controller, Int32(controller)) }
    var (best, second) = (controller, 0.0)
    for searcher in extractions.indices where searcher != controller {
      if extractions[searcher] > extractions[best] {
        second = extractions[best]
        best = searcher
      } else {
        second = max(second, extractions[searcher])
      }
    }
    guard best != controller else { return (controller, Int32(controller)) }
    let price = Wei(coins: max(second, extractions[controller]) * value)
    sold.resale += price
    if window.contains(now) { record.resell(for: price) }
    return (best, Pending.resold)
  }

  /// A searcher sends transactions after an opportunity if it is worth the gas.
  private mutating func pursue(
    _ number: Int, by searcher: Int, isFast: Bool, _ right: Int32, gasPrice: UInt64
  ) {
    let searchers = policy.searchers
    let worth = opportunities[number].value * extractions[searcher] * 1e18
    let prize = worth - Double(searchers.gas) * Double(gasPrice)
    guard prize > 0 else { return }
    var ticket = Ticket(sender: .searcher)
    ticket.searcher = Int32(searcher)
    ticket.opportunity = number
    ticket.extraction = extractions[searcher]
    ticket.limit = UInt64(min(prize / Double(searchers.gas), 1e18))
    ticket.tip = firstTip(ticket.limit, extraction: extractions[searcher])
    let count = copies(
      prize, by: searcher, isFast: isFast, isLaneTaken: right != Pending.nobody, gasPrice: gasPrice)
    for _ in 0..<count {
      let transaction = Transaction(
        ticket: tickets.issue(ticket), gas: searchers.gas, bytes: searchers.bytes,
        at: opportunities[number].appearsAt)
      opportunities[number].open += 1
      send(
        transaction, arriving: opportunities[number].appearsAt + latency(of: searcher),
        lane: isFast ? right : Pending.nobody)
    }
  }

  /// What a searcher bids first beside the price of gas [wei per gas].
  private func firstTip(_ limit: UInt64, extraction: Double) -> UInt64 {
    let share: Double
    switch policy.rule {
    case .firstCome, .expressLane, .random: return 0
    // The best bid where the price is that of others (for one place: Vickrey 1961).
    case .batchAuction: share = 1
    case .priorityFee where policy.mempool == .public: share = policy.searchers.firstBid
    case .priorityFee:
      let searchers = policy.searchers
      share =
        searchers.bids == .full
        ? 1
        : Contest.shade(
          extraction, among: crowd.count,
          losersPay: Double(searchers.revertGas) / Double(searchers.gas))
    }
    return UInt64(share * Double(limit))
  }

  /// How many transactions a searcher sends: one where bids decide.
  private func copies(
    _ prize: Double, by searcher: Int, isFast: Bool, isLaneTaken: Bool, gasPrice: UInt64
  ) -> Int {
    let searchers = policy.searchers
    if policy.rule == .priorityFee || policy.rule == .batchAuction { return 1 }
    if isFast { return searchers.laneCopies }
    guard searchers.copying == .contest else {
      return searcher == 0 && searchers.firstCopies > 0 ? searchers.firstCopies : searchers.copies
    }
    let cost = Double(searchers.revertGas) * Double(gasPrice)
    guard isLaneTaken else {
      return Contest.copies(of: crowd.count, prize: prize, cost: cost, most: searchers.copies)
    }
    // What is left for the others is what the controller comes too late for.
    let chance = searchers.latency.survival(policy.lane.advantage.seconds)
    guard crowd.count > 2, chance * prize > cost else { return chance * prize > cost ? 1 : 0 }
    return Contest.copies(
      of: crowd.count - 1, prize: chance * prize, cost: cost, most: searchers.copies)
  }

  /// Time until a transaction of a searcher is at the sequencer.
  mutating func latency(of searcher: Int) -> SimDuration {
    guard crowd.boughtLatencies.isEmpty else {
      return SimDuration(
        drawn: min(searcherStream.exponential(mean: crowd.boughtLatencies[searcher]), 1e6))
    }
    let drawn = policy.searchers.latency.sample(&searcherStream) * crowd.slowness[searcher]
    return SimDuration(drawn: min(max(0, drawn), 1e6))
  }

  /// A transaction comes that only fills blocks, as long as there is money for it.
  ///
  /// - Parameter gasPrice: of the next block [wei per gas].
  mutating func sendSpam(gasPrice: UInt64) {
    let now = nextSpam
    let spam = policy.spam
    drawNextSpam(after: now)
    let tip = policy.rule == .priorityFee ? spam.tip : 0
    spamSpent += Wei(gas: spam.gas, price: gasPrice) + Wei(gas: spam.gas, price: tip)
    guard spam.budget == 0 || spamSpent <= Wei(coins: spam.budget) else {
      nextSpam = .distantFuture
      return
    }
    var ticket = Ticket(sender: .spammer)
    ticket.tip = tip
    send(
      Transaction(ticket: tickets.issue(ticket), gas: spam.gas, bytes: spam.bytes, at: now),
      arriving: now)
  }
}
