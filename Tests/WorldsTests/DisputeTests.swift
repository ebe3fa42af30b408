import EventKernel
import Ledger
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Disputes about claims in the clockwork world: slots come each 12 s, a claim each minute.
@Suite struct DisputeTests {
  /// A claim that is contested or wrong, by parties that answer at once.
  private static func scenario(_ plan: Adversary.Plan, _ form: DisputeRules.Form) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.settlement.demand.level = 0.5
    scenario.horizon = .seconds(300)
    scenario.coolDown = .days(40)
    scenario.settlement.finality = .instant
    scenario.rollup.bridge.challengeWindow = .hours(1)
    scenario.rollup.disputes.form = form
    scenario.rollup.disputes.clock = .hours(2)
    scenario.rollup.disputes.rounds = 4
    scenario.rollup.adversary.plan = plan
    scenario.rollup.adversary.margin = .seconds(300)
    scenario.rollup.watchers.detection = .constant(20)
    scenario.rollup.watchers.response = .constant(20)
    return scenario
  }

  /// A proof of a single round, by hand: a claim is in a block, its watchers see it 20 s later, at the block after
  /// 24 s one sends the proof, which the next block has.
  @Test func aSingleRoundTakesTwoBlocksMore() throws {
    let values = try Self.scenario(.stealOne, .singleRound).measuredAll()
    #expect(values["dispute_claim_s_mean"] == 36)
    #expect(values["dispute_s_mean"] == 0)
    #expect(values["dispute_moves_mean"] == 1)
    #expect(values["dispute_wrong_count"] == 1 && values["dispute_wrong_effective_share"] == 0)
  }

  /// With an announcement ten blocks before, it is a block after those.
  @Test func anAnnouncementTakesItsBlocks() throws {
    var scenario = Self.scenario(.stealOne, .singleRound)
    scenario.rollup.disputes.commitBlocks = 10
    let values = try scenario.measuredAll()
    #expect(values["dispute_moves_mean"] == 2)
    #expect(values["dispute_s_mean"] == Double((10 + 1) * 12))
  }

  /// Nobody looks: what is wrong takes effect after its window, and nobody is delayed.
  @Test func whatNobodySeesTakesEffect() throws {
    var scenario = Self.scenario(.stealOne, .series)
    scenario.rollup.watchers.count = 0
    let values = try scenario.measuredAll()
    #expect(values["dispute_wrong_effective_share"] == 1 && values["dispute_count"] == 0)
    scenario.rollup.adversary.plan = .none
    let calm = try scenario.measuredAll()
    #expect(calm["dispute_count"] == nil)
    #expect(values["finality_final_s_mean"] == calm["finality_final_s_mean"])
  }

  /// Claims that build on one that is rejected fall with it, and are made anew.
  @Test func whatBuildsOnAWrongClaimFalls() throws {
    var scenario = Self.scenario(.stealOne, .series)
    scenario.rollup.adversary.pace = .lastMoment
    let chained = try scenario.measuredAll()
    scenario.rollup.disputes.chains = false
    let alone = try scenario.measuredAll()
    let final = "finality_final_s_mean"
    #expect(try #require(chained[final]) > #require(alone[final]) + 600)
    #expect(chained["dispute_s_mean"] == alone["dispute_s_mean"])
  }

  /// Stakes that grow: a defender who cannot pay for the next move loses by its clock, and pays the winner.
  @Test func whoCannotStakeLoses() throws {
    var scenario = Self.scenario(.delayOne, .parallel)
    scenario.rollup.disputes.bond = 1
    scenario.rollup.disputes.bondGrowth = 2
    let rich = try scenario.measuredAll()
    // An attacker makes moves 1, 3 and 5, stakes 2 + 8 + 32; a defender 2 and 4, 4 + 16, and the last step.
    #expect(rich["dispute_lost_share"] == 0)
    #expect(rich["dispute_attacker_wei_max"] == 42e18)
    #expect(rich["dispute_defender_wei_max"] == 20e18)
    #expect(rich["dispute_attacker_lost_wei"] == 42e18)
    #expect(rich["dispute_moves_mean"] == 6)
    scenario.rollup.watchers.capital = 19
    let poor = try scenario.measuredAll()
    #expect(poor["dispute_lost_share"] == 1)
    #expect(poor["dispute_defender_wei_max"] == 4e18)
    // And the claim's own stake, which is not out of the defenders' capital.
    #expect(poor["dispute_defender_lost_wei"] == 4e18)
  }

  /// Who cannot stake for a wrong claim makes none; who cannot stake for a second match has lost it.
  @Test func stakesAreThereOrNot() throws {
    var scenario = Self.scenario(.stealOne, .series)
    scenario.rollup.disputes.bond = 2
    scenario.rollup.adversary.capital = 1.9
    #expect(try scenario.measured("dispute_wrong_count") == 0)
    scenario = Self.scenario(.delayOne, .series)
    scenario.rollup.disputes.bond = 1
    scenario.rollup.adversary.stakes = 3
    scenario.rollup.adversary.capital = 2.5
    let values = try scenario.measuredAll()
    #expect(values["dispute_count"] == 1 && values["dispute_lost_share"] == 0)
    #expect(values["dispute_attacker_lost_wei"] == 2e18)
  }

  /// The proof of a single round, and not its announcement, has to come before the window ends.
  @Test func anAnnouncementStopsNothing() throws {
    var scenario = Self.scenario(.stealOne, .singleRound)
    scenario.rollup.disputes.commitBlocks = 10
    scenario.rollup.watchers.detection = .constant(3500)
    let late = try scenario.measuredAll()
    #expect(late["dispute_wrong_effective_share"] == 1)
    scenario.rollup.watchers.detection = .constant(3300)
    let early = try scenario.measuredAll()
    #expect(early["dispute_wrong_effective_share"] == 0 && early["dispute_moves_mean"] == 2)
  }

  /// A clock that runs from the claim and is over before somebody contests that: he cannot.
  @Test func whoComesAfterHisClockIsTooLate() throws {
    var scenario = Self.scenario(.delayOne, .parallel)
    scenario.rollup.disputes.clock = .seconds(1800)
    scenario.rollup.disputes.start = .claim
    scenario.rollup.adversary.pace = .lastMoment
    #expect(try scenario.measured("dispute_count") == 0)
  }

  /// Who contests a wrong claim makes the right one with that: it takes effect when its own window and the dispute are
  /// over.
  @Test func theRivalOfAWrongClaimTakesItsPlace() throws {
    var scenario = Self.scenario(.stealOne, .series)
    scenario.rollup.disputes.chains = false
    scenario.horizon = .seconds(60)
    let values = try scenario.measuredAll()
    let waited =
      try #require(values["finality_final_s_max"]) - #require(values["finality_proven_s_max"])
    // A window of an hour, or a match of a bit more than one clock of two hours, whichever is longer.
    #expect(waited >= 3600 && waited < 4 * 3600)
    #expect(values["dispute_wrong_effective_share"] == 0)
  }

  /// Where a defender's move counts in all matches that have come to the same place, he makes fewer.
  @Test func sharedMovesAreMadeOnce() throws {
    var scenario = Self.scenario(.delayOne, .edges)
    scenario.rollup.disputes.movesPerRound = 2
    scenario.rollup.adversary.stakes = 16
    let edges = try #require(try scenario.measured("dispute_moves_mean"))
    scenario.rollup.disputes.form = .parallel
    let alone = try #require(try scenario.measured("dispute_moves_mean"))
    #expect(alone == 16 * 10)
    // Rivals move as often; of the four rounds the first has one place for all, and the others two, four and eight
    // at most.
    let attackers = 16 * 5.0
    let least = attackers + 20
    let most = attackers + 31
    #expect(edges >= least && edges <= most, "\(edges)")
  }

  /// Free entry: the part of a prize that one has is worth the cost (5 % of 100 USD among five).
  @Test func whoIsPaidTooLittleStaysHome() {
    var watchers = Watchers()
    watchers.count = 10
    #expect(watchers.active(wrong: 0) == 10)
    watchers.cost = 1
    watchers.prize = 100
    #expect(watchers.active(wrong: 0.05) == 5)
    #expect(watchers.active(wrong: 0.5) == 10)
    #expect(watchers.active(wrong: 0.009) == 0)
  }

  /// Random games with re-orgs and missed slots.
  ///
  /// Each ends; who is right and has time and money never loses; no claim
  /// takes effect before its window; a run audits stakes, and no clock goes below zero, or it stops.
  ///
  /// A defect in one of a hundred such games shows with probability 0.95.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func randomGamesEndWell(_ number: UInt64) throws {
    var draw = RandomStream(seed: 17, replication: number, name: "games")
    let forms: [DisputeRules.Form] = [.singleRound, .series, .parallel, .edges, .tournament]
    let form = forms[Int(draw.uniform() * 5)]
    let steals = form == .singleRound || draw.bernoulli(0.5)
    var scenario = Self.scenario(steals ? .stealOne : .delayOne, form)
    scenario.settlement.missedSlots = 0.1 * draw.uniform()
    scenario.settlement.reorgs = Reorgs.Policy(
      probability: 0.2 * draw.uniform(), meanDepth: 2, maxDepth: 8)
    scenario.settlement.finality = draw.bernoulli(0.5) ? .instant : .epochs
    if scenario.settlement.finality == .instant { scenario.settlement.reorgs = .init() }
    scenario.rollup.sequence = draw.bernoulli(0.5) ? .postAndAssert : .assertWithGame
    scenario.rollup.disputes.rounds = 1 + Int(draw.uniform() * 8)
    scenario.rollup.disputes.movesPerRound = draw.bernoulli(0.5) ? 1 : 2
    scenario.rollup.disputes.levels = 1 + Int(draw.uniform() * 2)
    scenario.rollup.disputes.clockBlocks = draw.bernoulli(0.5) ? 400 : 0
    scenario.rollup.disputes.start = draw.bernoulli(0.5) ? .claim : .challenge
    scenario.rollup.disputes.extensionTime = draw.bernoulli(0.5) ? .seconds(600) : .zero
    let endings = DisputeRules.Ending.allCases
    scenario.rollup.disputes.ending = endings[Int(draw.uniform() * Double(endings.count))]
    scenario.rollup.disputes.grace = draw.bernoulli(0.5) ? .seconds(1200) : .zero
    scenario.rollup.disputes.chains = draw.bernoulli(0.5)
    scenario.rollup.disputes.bond = 3 * draw.uniform()
    scenario.rollup.disputes.bondGrowth = draw.bernoulli(0.5) ? 1.5 : 0
    scenario.rollup.disputes.levelBond = draw.uniform()
    scenario.rollup.disputes.bondDelay = draw.bernoulli(0.5) ? .hours(1) : .zero
    scenario.rollup.adversary.stakes = 1 + Int(draw.uniform() * 4)
    scenario.rollup.adversary.pace = draw.bernoulli(0.5) ? .prompt : .lastMoment
    // Down to a block, so that a re-org can drop the first move behind the end of the window.
    scenario.rollup.adversary.margin = .seconds(draw.bernoulli(0.5) ? 300 : 13)
    scenario.rollup.disputes.keepsClocks = draw.bernoulli(0.3)
    scenario.rollup.disputes.matchEffort = .seconds(2400)
    scenario.rollup.disputes.ways = 2 + Int(draw.uniform() * 3)
    let values = try scenario.measuredAll(seed: number)
    #expect(values["dispute_lost_share"] ?? 0 == 0)
    #expect(values["dispute_wrong_effective_share"] ?? 0 == 0)
    #expect(try #require(values["dispute_count"]) <= 1)
    if steals {
      #expect(values["dispute_count"] == 1)
      #expect(values["dispute_defender_lost_wei"] == 0)
    }
    let waited =
      try #require(values["finality_final_s_mean"]) - #require(values["finality_proven_s_mean"])
    #expect(waited > 3599.999)
  }
}
