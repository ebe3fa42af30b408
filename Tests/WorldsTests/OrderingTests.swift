import EventKernel
import Ledger
import Randomness
import Testing

@testable import Rollup
@testable import Worlds

/// In which order blocks have transactions, and who pays for it.
@Suite struct OrderingTests {
  /// A run of an hour and a minute with opportunities, a user each second, and blocks of half a second.
  private static func scenario(_ rule: Ordering.Rule, searchers: Int = 4) -> Scenario {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.warmUp = .seconds(60)
    scenario.horizon = .seconds(3660)
    scenario.settlement.finality = .instant
    scenario.rollup.poster.maxBytes = 100_000
    scenario.rollup.sequencer.blockInterval = SimDuration(nanoseconds: 500_000_000)
    scenario.rollup.fees.gasPrice = 1_000_000
    scenario.rollup.ordering.rule = rule
    scenario.rollup.ordering.searchers.count = searchers
    scenario.rollup.ordering.searchers.opportunities = 1
    scenario.rollup.ordering.searchers.value = .constant(0.01)
    return scenario
  }

  /// Of k equal searchers each wins 1/k, whatever rule decides.
  ///
  /// About 3600 opportunities, seed 1. H0: the share of the first is 1/4, binomial, σ 0.0072; |z| < 5 gives a false alarm
  /// of 6e-7 for each rule. Sees a share that is off by 0.05 with near certainty.
  @Test(arguments: [Ordering.Rule.firstCome, .random, .priorityFee, .batchAuction])
  func equalsWinAlike(_ rule: Ordering.Rule) throws {
    var scenario = Self.scenario(rule)
    // Enough places for any bidder of a batch.
    scenario.rollup.ordering.places = 1
    let values = try scenario.measuredAll()
    let share = try #require(values["mev_first_share"])
    #expect(abs(share - 0.25) < 0.036)
    #expect(abs(try #require(values["mev_herfindahl"]) - 0.25) < 0.01)
    #expect(try #require(values["mev_captured_share"]) > 0.6)
  }

  /// With exponential delays of copies, and in random order, who sends m of M copies wins m/M: 3 of 6.
  ///
  /// Seed 1. H0: 1/2, σ 0.0083 of 3600; |z| < 5, false alarm 6e-7. In random order all copies have come: their latency
  /// is nothing.
  @Test(arguments: [Ordering.Rule.firstCome, .random])
  func copiesBuyChances(_ rule: Ordering.Rule) throws {
    var scenario = Self.scenario(rule)
    scenario.rollup.ordering.searchers.firstCopies = 3
    if rule == .random { scenario.rollup.ordering.searchers.latency = .constant(0) }
    let values = try scenario.measuredAll()
    #expect(abs(try #require(values["mev_first_share"]) - 0.5) < 0.042)
    #expect(values["mev_copies_mean"] == 6)
    // One of six takes it.
    #expect(abs(try #require(values["mev_reverted_share"]) - 5.0 / 6) < 0.01)
  }

  /// By hand: a transaction that succeeds pays 200,000 gas, five that fail 50,000 each, at 1e6 wei.
  @Test func whoFailsPaysForGas() throws {
    var scenario = Self.scenario(.random)
    scenario.rollup.ordering.searchers.latency = .constant(0)
    scenario.rollup.ordering.searchers.copies = 2
    scenario.rollup.ordering.searchers.count = 3
    let values = try scenario.measuredAll()
    let count = try #require(values["mev_count"])
    #expect(values["mev_failed_wei"] == count * 5 * 50_000 * 1e6)
    #expect(values["mev_captured_wei"] == count * 1e16)
    let profit = try #require(values["mev_profit_share"])
    #expect(abs(profit - (1e16 - 450_000 * 1e6) / 1e16) < 1e-9)
    // Of 450,000 + 50,000 gas a second.
    let share = try #require(values["ordering_searcher_gas_share"])
    let expected = count * 450_000 / (count * 450_000 + 3600 * 50_000)
    #expect(abs(share - expected) < 0.001)
  }

  /// Blocks of 1 s see an opportunity after half a second in the mean, when exp(−1/2) of it would be left on average were it
  /// so for all; of a uniform age it is (1 − e⁻¹).
  @Test func valuesDecay() throws {
    var scenario = Self.scenario(.random)
    scenario.rollup.sequencer.blockInterval = .seconds(1)
    scenario.rollup.ordering.searchers.latency = .constant(0)
    scenario.rollup.ordering.searchers.decay = .seconds(1)
    let share = try #require(try scenario.measured("mev_captured_share"))
    // σ of the mean of 3600: 0.18/60 = 0.003.
    #expect(abs(share - 0.6321) < 0.015)
    scenario.rollup.ordering.searchers.decay = .zero
    scenario.rollup.ordering.searchers.lifetime = .constant(0.25)
    let alive = try #require(try scenario.measured("mev_captured_share"))
    // Those of the last quarter of a second; σ 0.0072.
    #expect(abs(alive - 0.25) < 0.036)
  }

  /// Users come a block later with probability min(1, d/T), and d/T blocks in the mean: their phases are uniform.
  ///
  /// 36,000 users, seed 1: σ of the share 0.002, |z| < 5, false alarm 6e-7. Sees 0.01.
  @Test(arguments: [(0.25, 0.8), (0.5, 0.4), (0.1, 2), (1, 0.2)])
  func theLaneIsABlockEarlier(_ interval: Double, _ ratio: Double) throws {
    var scenario = Self.scenario(.expressLane)
    scenario.rollup.sequencer.blockInterval = SimDuration(drawn: interval)
    scenario.rollup.workload.arrivals = .poisson(rate: 10)
    let values = try scenario.measuredAll()
    #expect(abs(try #require(values["ordering_later_share"]) - min(1, ratio)) < 0.011)
    #expect(abs(try #require(values["ordering_blocks_later_mean"]) - ratio) < 0.013)
    #expect(values["ordering_rounds_sold_share"] == 1)
  }

  /// Nobody waits in rounds that nobody buys.
  @Test func noControllerNoDelay() throws {
    var scenario = Self.scenario(.expressLane)
    scenario.rollup.ordering.lane.reserve = 1000
    let values = try scenario.measuredAll()
    #expect(values["ordering_rounds_sold_share"] == 0)
    #expect(values["ordering_later_share"] == nil)
    #expect(values["mev_sequencer_wei"] == 0)
    scenario.rollup.ordering.rule = .firstCome
    #expect(values["finality_soft_s_mean"] == (try scenario.measured("finality_soft_s_mean")))
  }

  /// Who has the lane wins whatever others do, and equal bidders pay all that it is worth.
  @Test func theControllerWins() throws {
    let values = try Self.scenario(.expressLane).measuredAll()
    // 60 opportunities of 0.01 in a round; ties are sold at the same bid.
    #expect(values["ordering_round_wei_mean"] == 0.6e18)
    // The latency is above the advantage with e⁻⁴, and then another is faster in one of some cases.
    let kept = try #require(values["mev_captured_share"])
    #expect(kept > 0.99)
    #expect(try #require(values["mev_profit_share"]) < 0.1)
    #expect(try #require(values["mev_herfindahl"]) < 0.4)
  }

  /// By hand: the auction in the open between a bidder of 100 and one of 50, who raise by half.
  ///
  /// Both bid a tenth of what it is worth to them: 10 and 5. The second raises to 15, the first to 22, the second to 33,
  /// the first to 49; 73 is too much for the second.
  @Test func biddersRaise() throws {
    var policy = Ordering.Policy()
    policy.rule = .priorityFee
    policy.searchers.count = 2
    policy.searchers.opportunities = 1
    policy.searchers.raise = 0.5
    policy.searchers.latency = .constant(0.01)
    var ordering = Ordering(
      policy, window: .start..<(.start + .hours(1)), usdPerEther: 2500,
      StreamSource(seed: 1, replication: 0))
    ordering.opportunities.append(
      Opportunity(appearsAt: .start, endsAt: .distantFuture, value: 1, isMeasured: false, open: 2))
    for (searcher, limit) in [(0, 100), (1, 50)] {
      var ticket = Ticket(sender: .searcher)
      ticket.searcher = Int32(searcher)
      ticket.tip = UInt64(limit / 10)
      ticket.limit = UInt64(limit)
      ordering.arrived.append(
        Pending(
          arrivesAt: .start + SimDuration(nanoseconds: 10_000_000),
          undelayedAt: .start, key: UInt64(searcher),
          transaction: Transaction(
            ticket: ordering.tickets.issue(ticket), gas: 1, bytes: 1, at: .start),
          lane: Pending.nobody))
    }
    var early = ordering.copy(drawing: .same)
    ordering.escalate(until: .start + .seconds(1))
    #expect(ordering.tickets[1].tip == 49 && ordering.tickets[2].tip == 33)
    // The block comes after two raises.
    early.escalate(until: .start + SimDuration(nanoseconds: 35_000_000))
    #expect(early.tickets[1].tip == 22 && early.tickets[2].tip == 15)
  }

  /// By hand: two places, bids of 5, 4, 3 and 2: the first two have them, and both pay 3.
  @Test func placesHaveOnePrice() throws {
    var policy = Ordering.Policy()
    policy.rule = .batchAuction
    policy.places = 2
    policy.searchers.count = 4
    policy.searchers.opportunities = 1
    var ordering = Ordering(
      policy, window: .start..<(.start + .hours(1)), usdPerEther: 2500,
      StreamSource(seed: 1, replication: 0))
    for (place, bid) in [3, 5, 2, 4].enumerated() {
      let number = ordering.opportunities.append(
        Opportunity(appearsAt: .start, endsAt: .distantFuture, value: 1, isMeasured: false, open: 1)
      )
      var ticket = Ticket(sender: .searcher)
      ticket.opportunity = number
      ticket.tip = UInt64(bid)
      ordering.arrived.append(
        Pending(
          arrivesAt: .start, undelayedAt: .start, key: UInt64(place),
          transaction: Transaction(
            ticket: ordering.tickets.issue(ticket), gas: 1, bytes: 1, at: .start),
          lane: Pending.nobody))
    }
    ordering.holdAuctions()
    #expect(ordering.placed == 2)
    #expect(ordering.arrived.map(\.transaction.ticket) == [2, 4])
    #expect(ordering.arrived.map { ordering.tickets[$0.transaction.ticket].tip } == [3, 3])
  }

  /// Four players of a prize of 16 spend 3 each and keep 1; where taking part costs 1, four of ten enter.
  @Test func aContestHasItsClosedForm() {
    let equal = Contest(values: [16, 16, 16, 16])
    for spent in equal.spending { #expect(abs(spent - 3) < 1e-9) }
    for gained in equal.gains { #expect(abs(gained - 4) < 1e-9) }
    #expect(Contest.entrants(values: [Double](repeating: 16, count: 10), cost: 1) == 4)
    // Two with values 4 and 2: x = v₁²v₂/(v₁+v₂)², v₁v₂²/(v₁+v₂)² (Nti 1999).
    let two = Contest(values: [4, 2])
    #expect(abs(two.spending[0] - 32.0 / 36) < 1e-9)
    #expect(abs(two.spending[1] - 16.0 / 36) < 1e-9)
    // Who values it at less than what the others spend stays away.
    #expect(Contest(values: [4, 2, 0.1]).spending[2] == 0)
    // Of two with 0.5: 1/2 · 0.5 where losers pay nothing, 1/2 · 0.25 of all-pay; a third of the way 1/2 · 0.25 / (2/3).
    #expect(Contest.shade(0.5, among: 2, losersPay: 0) * 0.5 == 0.25)
    #expect(Contest.shade(0.5, among: 2, losersPay: 1) * 0.5 == 0.125)
    #expect(abs(Contest.shade(0.5, among: 2, losersPay: 1.0 / 3) * 0.5 - 0.1875) < 1e-12)
    // (3/16) · (15 + 1)/1.
    #expect(Contest.copies(of: 4, prize: 15, cost: 1, most: 100) == 3)
    #expect(Contest.copies(of: 4, prize: 15, cost: 0, most: 100) == 100)
  }

  /// A minute of spam of 1.5 times what blocks carry makes the last user wait for half a minute, by the fluid limit; who pays
  /// more than spam does not wait, and who pays less waits from its begin until all of it is done.
  ///
  /// Of 1800 transactions σ is 42, 2.1 s of blocks: |z| < 5.
  @Test func spamMakesUsersWait() throws {
    var scenario = Self.scenario(.firstCome, searchers: 0)
    scenario.rollup.sequencer.blockGasLimit = 1_000_000
    scenario.rollup.ordering.spam.rate = 30
    scenario.rollup.ordering.spam.gas = 100_000
    scenario.rollup.ordering.spam.begins = .seconds(600)
    scenario.rollup.ordering.spam.ends = .seconds(660)
    let waits = try scenario.measuredAll()
    // Capacity 2e6 gas a second, spam 3e6, users 5e4: 1.05e6 · 60 / 2e6 s.
    let longest = try #require(waits["finality_soft_s_max"])
    #expect(abs(longest - 31.5) < 11)
    // 1800 of 100,000 gas at 1e6 wei in an hour.
    #expect(abs(try #require(waits["ordering_spam_wei_per_h"]) - 1.8e14) < 2.1e13)
    // Users pay no more for it.
    #expect(waits["ordering_user_wei_per_tx_mean"] == 5e10)
    var tipped = scenario
    tipped.rollup.ordering.rule = .priorityFee
    tipped.rollup.ordering.userTip = .constant(10)
    let ahead = try tipped.measuredAll()
    #expect(try #require(ahead["finality_soft_s_max"]) <= 0.5)
    #expect(ahead["ordering_user_tip_wei_mean"] == 5e5)
    tipped.rollup.ordering.spam.tip = 11
    let behind = try tipped.measuredAll()
    #expect(abs(try #require(behind["finality_soft_s_max"]) - 90) < 11)
    // A budget for a fifteenth of it: 120 of 1e11 wei.
    scenario.rollup.ordering.spam.budget = 120 * 1e11 / 1e18
    #expect(try scenario.measured("ordering_spam_wei_per_h") == 1.2e13)
  }

  /// Between two whose share of a value is uniform, the better one has the lane for an opportunity if it is resold: he wins 2/3 of
  /// the value in the mean in place of 1/2, and pays the other 1/3 as often as that one has the lane.
  @Test func theLaneIsSoldOn() throws {
    var scenario = Self.scenario(.expressLane, searchers: 2)
    scenario.rollup.ordering.searchers.extraction = .uniform(low: 0, high: 1)
    scenario.rollup.ordering.searchers.latency = .constant(0.01)
    // The mean of 3600: σ 0.0048.
    #expect(abs(try #require(try scenario.measured("mev_captured_share")) - 0.5) < 0.025)
    scenario.rollup.ordering.lane.resale = true
    let resold = try scenario.measuredAll()
    #expect(abs(try #require(resold["mev_captured_share"]) - 2.0 / 3) < 0.025)
    // Half of the opportunities are those of the other, who pays 1/3.
    let paid =
      try #require(resold["ordering_resale_wei"]) / (try #require(resold["mev_offered_wei"]))
    #expect(abs(paid - 1.0 / 6) < 0.02)
  }

  /// Who has no lane sends less while somebody has it: a controller is late by 200 ms with e⁻⁴, and so much of the prize is left.
  @Test func theLaneTakesTheSpamAway() throws {
    var scenario = Self.scenario(.firstCome)
    scenario.horizon = .seconds(360)
    scenario.rollup.ordering.searchers.bytes = 1
    scenario.rollup.ordering.searchers.copying = .contest
    scenario.rollup.ordering.searchers.copies = 1000
    scenario.rollup.fees.gasPrice = 1_000_000_000
    // (3/16) · (1e16 − 2e14 + 5e13)/5e13 = 36.9 of each of four.
    #expect(try scenario.measured("mev_copies_mean") == 4 * 37)
    scenario.rollup.ordering.rule = .expressLane
    // (2/9) · (9.8e15 e⁻⁴ + 5e13)/5e13 = 1.02 of each of three, and one of the controller.
    #expect(try scenario.measured("mev_copies_mean") == 4)
    scenario.rollup.fees.gasPrice = 20_000_000_000
    // 6e15 e⁻⁴ does not pay for 1e15.
    #expect(try scenario.measured("mev_copies_mean") == 1)
  }

  /// Free entry with an entry cost of a sixteenth of the value: four enter of ten, and all of it is wasted.
  ///
  /// The value that appears varies about what searchers reckon with: σ 1/60 of 3600 opportunities; |z| < 5.
  @Test func freeEntryWastesAll() throws {
    var scenario = Self.scenario(.firstCome, searchers: 10)
    scenario.rollup.ordering.searchers.investment = .contest
    scenario.rollup.ordering.searchers.entry = .free
    // 36 ETH of 2500 USD an hour.
    scenario.rollup.ordering.searchers.entryCost = 36 * 2500 / 16
    scenario.rollup.ordering.searchers.latencyCost = 100
    scenario.rollup.ordering.searchers.revertGas = 0
    let values = try scenario.measuredAll()
    #expect(values["mev_searchers"] == 4)
    #expect(values["mev_speed_wei"] == 36e18)
    #expect(abs(try #require(values["mev_wasted_share"]) - 1) < 0.083)
    #expect(abs(try #require(values["mev_first_share"]) - 0.25) < 0.036)
  }

  /// Random rules, searchers and spam, in blocks that are too small at times: every transaction is confirmed or dropped,
  /// opportunities come to what they come to, and money balances, or the run stops; a run again is the same.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func nothingIsLost(_ number: UInt64) throws {
    var draw = RandomStream(seed: 19, replication: number, name: "ordering")
    let rules = Ordering.Rule.allCases
    var scenario = Self.scenario(
      rules[Int(draw.uniform() * Double(rules.count))], searchers: Int(6 * draw.uniform()))
    scenario.horizon = .seconds(180)
    scenario.rollup.workload.arrivals = .poisson(rate: 20 * draw.uniform() + 0.1)
    scenario.rollup.sequencer.blockGasLimit = 500_000 + UInt64(2e6 * draw.uniform())
    scenario.rollup.sequencer.mempoolCapacity = 1 + Int(1000 * draw.uniform() * draw.uniform())
    scenario.rollup.ordering.mempool = draw.bernoulli(0.5) ? .public : .private
    scenario.rollup.ordering.userLatency = .exponential(mean: draw.uniform())
    scenario.rollup.ordering.userTip = .exponential(mean: 1e6 * draw.uniform())
    scenario.rollup.ordering.interval = .seconds(1)
    scenario.rollup.ordering.places = 1 + Int(4 * draw.uniform())
    scenario.rollup.ordering.lane.signal = .uniform(low: 0, high: 2)
    scenario.rollup.ordering.lane.reserve = 0.2 * draw.uniform()
    scenario.rollup.ordering.lane.resale = draw.bernoulli(0.5)
    scenario.rollup.ordering.searchers.value = .exponential(mean: 1e-6)
    scenario.rollup.ordering.searchers.extraction = .uniform(low: 0, high: 1)
    scenario.rollup.ordering.searchers.skill = .uniform(low: 0.5, high: 1)
    scenario.rollup.ordering.searchers.latency = .exponential(mean: draw.uniform())
    scenario.rollup.ordering.searchers.lifetime = .exponential(mean: 3 * draw.uniform() + 0.01)
    scenario.rollup.ordering.searchers.decay = draw.bernoulli(0.5) ? .zero : .seconds(1)
    scenario.rollup.ordering.searchers.copying = draw.bernoulli(0.5) ? .fixed : .contest
    scenario.rollup.ordering.searchers.copies = 1 + Int(20 * draw.uniform())
    scenario.rollup.ordering.spam.rate = draw.bernoulli(0.5) ? 0 : 20 * draw.uniform()
    scenario.rollup.ordering.spam.gas = 200_000
    scenario.rollup.ordering.spam.tip = UInt64(2e6 * draw.uniform())
    scenario.rollup.ordering.spam.ends = .seconds(150)
    let values = try scenario.measuredAll(seed: number)
    #expect(try scenario.measuredAll(seed: number) == values)
    if let share = values["mev_captured_share"] { #expect((0...1).contains(share)) }
  }

  /// A world that is copied in the middle goes on as the first does, under each rule.
  @Test(arguments: Ordering.Rule.allCases)
  func copiesGoOnAlike(_ rule: Ordering.Rule) throws {
    var scenario = Self.scenario(rule)
    scenario.warmUp = .seconds(100)
    scenario.horizon = .seconds(1300)
    scenario.rollup.sequencer.blockGasLimit = 250_000
    scenario.rollup.ordering.userLatency = .exponential(mean: 0.1)
    scenario.rollup.ordering.userTip = .exponential(mean: 1e6)
    scenario.rollup.ordering.lane.signal = .uniform(low: 0, high: 1)
    scenario.rollup.ordering.lane.resale = true
    scenario.rollup.ordering.searchers.extraction = .uniform(low: 0, high: 1)
    scenario.rollup.ordering.spam.rate = 1
    scenario.rollup.ordering.spam.gas = 100_000
    scenario.rollup.ordering.spam.ends = .seconds(1200)
    try WorldCopyTests.expectSamePaths(scenario.validated(), at: .seconds(700))
  }

  /// Nothing that this part adds happens, and nothing is drawn, unless somebody minds the order.
  @Test func firstComeAloneIsNothing() throws {
    var scenario = Self.scenario(.firstCome, searchers: 0)
    let before = try scenario.measuredAll()
    scenario.rollup.ordering.searchers.count = 3
    scenario.rollup.ordering.searchers.opportunities = 0
    #expect(try scenario.measuredAll() == before)
    #expect(before["mev_count"] == nil && before["ordering_spam_gas_share"] == nil)
    // Users who are put in order alone come as they came.
    scenario.rollup.ordering.rule = .priorityFee
    let ordered = try scenario.measuredAll()
    for name in ["finality_soft_s_mean", "finality_final_s_mean", "throughput_executed_tx_per_s"] {
      #expect(ordered[name] == before[name])
    }
  }

  @Test func cohortsAreRefused() throws {
    var scenario = Self.scenario(.firstCome)
    scenario.rollup.fidelity = .cohort
    scenario.rollup.workload.arrivals = .poisson(rate: 1)
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(try #require(error).problems.map(\.path) == ["searchers.count"])
    scenario.rollup.fidelity = .auto
    scenario.rollup.workload.arrivals = .poisson(rate: 1e5)
    #expect(scenario.fidelities == [.individual])
  }
}
