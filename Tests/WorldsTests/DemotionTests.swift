import EventKernel
import Ledger
import Randomness
import Settlement
import Testing

@testable import Rollup
@testable import Worlds

/// Disputes in which claims are demoted (Dave, arXiv 2411.05463), in the clockwork world: slots come each 12 s.
@Suite struct DemotionTests {
  /// Rounds of two hours, groups of two, out after three demotions.
  private static func scenario(rivals: Int) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.settlement.demand.level = 0.5
    scenario.horizon = .seconds(300)
    scenario.coolDown = .days(40)
    scenario.settlement.finality = .instant
    scenario.rollup.disputes.form = .demotions
    scenario.rollup.disputes.clock = .hours(1)
    scenario.rollup.disputes.rounds = 4
    scenario.rollup.disputes.maxDemotions = 3
    scenario.rollup.disputes.bond = 1
    scenario.rollup.adversary.plan = .delayOne
    scenario.rollup.adversary.stakes = rivals
    scenario.rollup.adversary.margin = .seconds(60)
    scenario.rollup.watchers.detection = .constant(20)
    scenario.rollup.watchers.response = .constant(20)
    scenario.rollup.watchers.margin = .seconds(60)
    return scenario
  }

  private static func rules(_ ways: Int, _ most: Int) -> DisputeRules {
    var rules = DisputeRules()
    rules.form = .demotions
    rules.ways = ways
    rules.maxDemotions = most
    return rules
  }

  /// The claim of who is right and three rivals, by hand. Demotions of rivals, his being none:
  ///
  /// 0 0 0; he beats one, one beats another: 0 1 1; he beats the first, those with one meet: 1 1 2; he beats one, of
  /// the others the one with two is out: 1 2; he beats the one with one, the other is alone: 2 2; he beats one: 2;
  /// and the last.
  @Test func roundsByHand() throws {
    let rules = Self.rules(2, 3)
    var demotions = Demotions(rivals: 3, staked: [.zero, .zero], at: 0)
    var course: [[Int]] = []
    while demotions.winner(rules) == nil {
      demotions.endRound(rules, winners: [false])
      course.append(demotions.rivals)
    }
    #expect(course == [[0, 1, 1], [1, 1, 2], [1, 2], [2, 2], [2], []])
    #expect(demotions.winner(rules) == .defender)
  }

  /// The same in a world: six rounds of two hours, a match in each, of which every one takes six moves, after three
  /// claims of rivals.
  @Test(arguments: [Adversary.Pace.prompt, .lastMoment])
  func aDisputeByHand(_ pace: Adversary.Pace) throws {
    var scenario = Self.scenario(rivals: 3)
    scenario.rollup.adversary.pace = pace
    let values = try scenario.measuredAll()
    let length = try #require(values["dispute_s_mean"])
    #expect(length >= 6 * 7200 && length < 6 * (7200 + 60), "\(length)")
    #expect(values["dispute_count"] == 1 && values["dispute_lost_share"] == 0)
    #expect(values["dispute_matches_mean"] == 6)
    if pace == .prompt { #expect(values["dispute_moves_mean"] == 39) }
    #expect(values["dispute_attacker_wei_max"] == 3e18)
    #expect(values["dispute_attacker_lost_wei"] == 3e18)
    #expect(values["dispute_defender_wei_max"] == 0)
  }

  /// Who never answers is demoted in each round, and out after as many as that takes.
  @Test func whoNeverAnswersIsOut() throws {
    var scenario = Self.scenario(rivals: 1)
    scenario.rollup.watchers.detection = .constant(30 * 86_400)
    scenario.rollup.watchers.margin = .zero
    let values = try scenario.measuredAll()
    #expect(values["dispute_lost_share"] == 1)
    let length = try #require(values["dispute_s_mean"])
    #expect(length >= 3 * 7200 && length < 3 * 7260, "\(length)")
    #expect(values["dispute_attacker_lost_wei"] == 0)
  }

  /// A wrong claim meets its one rival until it has lost three times; both stakes are there, and it loses its own.
  @Test func aWrongClaimIsDemoted() throws {
    var scenario = Self.scenario(rivals: 1)
    scenario.rollup.adversary.plan = .stealOne
    let values = try scenario.measuredAll()
    #expect(values["dispute_lost_share"] == 0 && values["dispute_wrong_effective_share"] == 0)
    #expect(values["dispute_matches_mean"] == 3)
    #expect(values["dispute_defender_wei_max"] == 1e18)
    #expect(values["dispute_attacker_lost_wei"] == 1e18)
  }

  /// Rivals without stakes do not come: one of three can, once the window is over.
  @Test func whoCannotStakeDoesNotCome() throws {
    var scenario = Self.scenario(rivals: 3)
    scenario.rollup.adversary.capital = 1.9
    let values = try scenario.measuredAll()
    #expect(values["dispute_matches_mean"] == 3)
    #expect(values["dispute_attacker_lost_wei"] == 1e18)
  }

  /// Rounds R without censors, and R + K - 1 if who is right is censored when one rival is left (arXiv 2411.05463,
  /// tables 1 and 2).
  @Test(arguments: [
    (16, 4, 21, 29), (256, 4, 21, 36), (4096, 4, 21, 40), (65_536, 4, 21, 44), (16, 2, 21, 45),
    (256, 2, 21, 59), (4096, 2, 21, 68), (16, 2, 16, 35), (16, 4, 12, 17), (256, 4, 29, 47),
    (16, 8, 7, 8), (256, 8, 21, 28), (2, 4, 21, 21),
  ])
  func roundsAsPublished(_ claims: Int, _ ways: Int, _ most: Int, _ published: Int) {
    let rules = Self.rules(ways, most)
    var demotions = Demotions(rivals: claims - 1, staked: [.zero, .zero], at: 0)
    var (rounds, censored) = (0, 0)
    while demotions.winner(rules) == nil {
      let isCensored = demotions.rivals == [most - 1] && censored < most - 1
      let group = demotions.opponents(ways)
      demotions.endRound(rules, winners: group.map { _ in isCensored })
      censored += isCensored ? 1 : 0
      rounds += 1
    }
    #expect(rounds == published + censored)
    #expect(censored == most - 1 || ways > 2)
  }

  /// Random games with re-orgs and missed slots: each ends, who is right wins, and a run audits stakes.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func randomGamesEndWell(_ number: UInt64) throws {
    var draw = RandomStream(seed: 23, replication: number, name: "games")
    var scenario = Self.scenario(rivals: 1 + Int(draw.uniform() * 9))
    scenario.rollup.adversary.plan = draw.bernoulli(0.3) ? .stealOne : .delayOne
    scenario.settlement.missedSlots = 0.1 * draw.uniform()
    scenario.settlement.reorgs = Reorgs.Policy(
      probability: 0.2 * draw.uniform(), meanDepth: 2, maxDepth: 8)
    scenario.settlement.finality = draw.bernoulli(0.5) ? .instant : .epochs
    if scenario.settlement.finality == .instant { scenario.settlement.reorgs = .init() }
    scenario.rollup.disputes.rounds = 1 + Int(draw.uniform() * 5)
    scenario.rollup.disputes.ways = 2 + Int(draw.uniform() * 4)
    scenario.rollup.disputes.maxDemotions = 1 + Int(draw.uniform() * 4)
    scenario.rollup.disputes.clockBlocks = draw.bernoulli(0.5) ? 400 : 0
    scenario.rollup.disputes.start = draw.bernoulli(0.5) ? .claim : .challenge
    scenario.rollup.disputes.chains = draw.bernoulli(0.5)
    scenario.rollup.disputes.bondDelay = draw.bernoulli(0.5) ? .hours(1) : .zero
    scenario.rollup.adversary.capital = draw.bernoulli(0.3) ? 2.5 : 1e9
    scenario.rollup.adversary.pace = draw.bernoulli(0.5) ? .prompt : .lastMoment
    scenario.rollup.adversary.margin = .seconds(draw.bernoulli(0.5) ? 300 : 13)
    scenario.rollup.watchers.margin = .seconds(1200)
    let values = try scenario.measuredAll(seed: number)
    #expect(values["dispute_lost_share"] ?? 0 == 0)
    #expect(values["dispute_wrong_effective_share"] ?? 0 == 0)
    #expect(values["dispute_defender_lost_wei"] ?? 0 == 0)
    #expect(try #require(values["dispute_count"]) <= 1)
  }
}
