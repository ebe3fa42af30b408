import EventKernel
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Upgrades in the clockwork world: worked out by hand.
///
/// Slots come each 12 s from 0 s on.
@Suite struct UpgradeTests {
  /// An attack at 100 s by the signers, with a delay of an hour; users with a thousand dollars each are let out by
  /// force, and notice at once.
  private static func scenario(users: Int = 50) -> Scenario {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.horizon = .seconds(600)
    scenario.settlement.executionFee.kind = .constant
    scenario.settlement.demand.level = 0
    scenario.rollup.prover.proofTime = .constant(1)
    scenario.rollup.upgrades.attack = .signers
    scenario.rollup.upgrades.attackAt = .constant(100)
    scenario.rollup.upgrades.delay = .hours(1)
    scenario.rollup.upgrades.valueLocked = 1e9
    scenario.rollup.exits.users = users
    scenario.rollup.exits.rule = .forced
    scenario.rollup.exits.trigger = .upgrade
    scenario.rollup.exits.hesitation = .constant(0)
    scenario.rollup.exits.balance = .constant(1000)
    scenario.rollup.exits.patience = .days(30)
    return scenario
  }

  /// Queued in the slot at 108 s, due at 3,708 s, in effect in the slot after that.
  @Test func anUpgradeWaitsForItsDelay() throws {
    let values = try Self.scenario().measuredAll()
    #expect(values["upgrade_taken_share"] == 1)
    #expect(values["upgrade_notice_s"] == 3612)
    #expect(values["upgrade_saved_share"] == 1 && values["upgrade_saved_value_share"] == 1)
    #expect(values["upgrade_lost_share"] == 0 && values["upgrade_lost_usd"] == 0)
  }

  /// In the block of the effect it is too late, in the one before it is not.
  @Test(arguments: [(3600.0, 1.0), (3600.1, 0), (3612, 0), (3613, 0)])
  func theBlockOfTheEffectIsTooLate(_ hesitation: Double, _ saved: Double) throws {
    var scenario = Self.scenario()
    scenario.rollup.exits.hesitation = .constant(hesitation)
    #expect(try scenario.measured("upgrade_saved_share") == saved)
    #expect(try scenario.measured("upgrade_lost_share") == 1 - saved)
  }

  /// 60 exits fit into a block: who leaves late is as many blocks late as others are before him.
  @Test func exitsThatAreTooManyAreLost() throws {
    var scenario = Self.scenario(users: 1000)
    scenario.settlement.gasLimit = 30_000_000
    scenario.rollup.exits.hesitation = .constant(3600 - 9 * 12)
    // Slots from 3,600 s on to 3,708 s, which are ten.
    #expect(try scenario.measured("upgrade_saved_share") == 0.6)
  }

  /// What a contract serves later than the upgrade takes effect is lost.
  @Test(arguments: [(3599.0, 1.0), (3612, 0)])
  func serviceTakesTime(_ service: Double, _ saved: Double) throws {
    var scenario = Self.scenario()
    scenario.rollup.exits.service = .constant(service)
    #expect(try scenario.measured("upgrade_saved_share") == saved)
  }

  /// The delay of blocks counts none that is missed.
  @Test func aDelayCanBeCountedInBlocks() throws {
    var scenario = Self.scenario()
    scenario.rollup.upgrades.delayBlocks = 300
    #expect(try scenario.measured("upgrade_notice_s") == 3612)
    scenario.settlement.missedSlots = 0.5
    let slow = try #require(try scenario.measured("upgrade_notice_s"))
    // Negative binomial: 301 blocks take 602 slots, standard deviation 25; false alarm 1e-6; detects 20 %.
    #expect(abs(slow - 602 * 12) < 4.9 * 25 * 12)
  }

  /// Without a delay nobody can leave.
  @Test func theCouncilNeedsNoDelay() throws {
    var scenario = Self.scenario()
    scenario.rollup.upgrades.council = .init(signers: 12, threshold: 9)
    scenario.rollup.upgrades.attack = .council
    let values = try scenario.measuredAll()
    #expect(values["upgrade_notice_s"] == 0)
    #expect(values["upgrade_saved_share"] == 0 && values["upgrade_lost_usd"] == 1e9)
    scenario.rollup.upgrades.councilDelay = .seconds(600)
    #expect(try scenario.measured("upgrade_notice_s") == 612)
  }

  /// Who cancels keeps what is there, and those who have left have left.
  @Test func theCouncilCancels() throws {
    var scenario = Self.scenario()
    scenario.rollup.upgrades.council = .init(signers: 12, threshold: 9)
    scenario.rollup.upgrades.councilVetoes = true
    scenario.rollup.upgrades.detection = .constant(3599)
    scenario.rollup.exits.hesitation = .uniform(low: 0, high: 7200)
    let values = try scenario.measuredAll()
    #expect(values["upgrade_taken_share"] == 0 && values["upgrade_cancelled_count"] == 1)
    #expect(values["upgrade_lost_share"] == 0 && values["upgrade_saved_share"] == nil)
    // Until that is final, 13 to 19 minutes later: binomial(50, 0.63), seed 1, false alarm 1e-6, detects all and none.
    #expect(abs(try #require(values["exit_left_share"]) - 0.63) < 0.335)
    scenario.rollup.upgrades.detection = .constant(3601)
    #expect(try scenario.measured("upgrade_taken_share") == 1)
  }

  @Test(arguments: [(0.06, 1800.0, 0.0), (0.04, 1800, 1), (0.06, 3000, 1)])
  func aVoteCancels(_ turnout: Double, _ period: Double, _ taken: Double) throws {
    var scenario = Self.scenario()
    scenario.rollup.upgrades.voteVetoes = true
    scenario.rollup.upgrades.quorum = 0.05
    scenario.rollup.upgrades.turnout = .constant(turnout)
    scenario.rollup.upgrades.votePeriod = try #require(SimDuration(seconds: period))
    scenario.rollup.upgrades.detection = .constant(900)
    #expect(try scenario.measured("upgrade_taken_share") == taken)
  }

  /// By the bridge: who asks at 108 s is in the batch that is closed then, whose proof is in a block, and the claim
  /// takes effect after its delay.
  @Test func withdrawalsFollowTheBridge() throws {
    var scenario = Self.scenario(users: 10)
    scenario.rollup.exits.rule = .withdrawal
    scenario.rollup.bridge.executionDelay = .seconds(3000)
    let early = try scenario.measuredAll()
    #expect(early["upgrade_saved_share"] == 1)
    // The proof of a batch is in a block a minute later at most.
    let time = try #require(early["exit_s_max"])
    #expect(time >= 3000 && time <= 3100)
    scenario.rollup.bridge.executionDelay = .hours(1)
    #expect(try scenario.measured("upgrade_saved_share") == 0)
  }

  /// Whoever moves to another deployment does so when he likes.
  @Test func whereNothingIsReplacedUsersMove() throws {
    var scenario = Self.scenario(users: 50)
    scenario.rollup.upgrades.attack = .none
    scenario.rollup.upgrades.rule = .immutable
    scenario.rollup.upgrades.perYear = 1000
    scenario.horizon = .days(2)
    scenario.rollup.workload.arrivals = .deterministic(rate: 0.01)
    scenario.rollup.poster.maxAge = .seconds(60)
    scenario.rollup.exits.rule = .withdrawal
    scenario.rollup.exits.hesitation = .exponential(mean: 3600)
    let values = try scenario.measuredAll()
    // Poisson of mean 5.5: false alarm 4e-3 of none, decided by the seed.
    let deployments = try #require(values["upgrade_deployments_count"])
    #expect(deployments > 0)
    #expect(values["exit_left_share"] == 1)
    #expect(values["upgrade_lost_share"] == nil)
  }

  /// Upgrades that mean well stop the rollup for a while, and those with a fault lose a share.
  @Test func upgradesStopTheRollup() throws {
    var scenario = Self.scenario(users: 0)
    scenario.rollup.exits.trigger = .time
    scenario.rollup.upgrades.attack = .none
    scenario.rollup.upgrades.delay = .zero
    scenario.rollup.upgrades.perYear = 1000
    scenario.rollup.upgrades.faulty = 1
    scenario.rollup.upgrades.faultFreeze = .constant(600)
    scenario.rollup.upgrades.faultLoss = .constant(0.1)
    scenario.rollup.workload.arrivals = .deterministic(rate: 0.1)
    scenario.rollup.poster.maxAge = .seconds(60)
    scenario.horizon = .days(2)
    let values = try scenario.measuredAll()
    let count = try #require(values["upgrade_faulty_count"])
    #expect(count > 0 && values["upgrade_sound_count"] == 0)
    #expect(values["upgrade_downtime_s"] == 600 * count)
    var left = 1.0
    for _ in 0..<Int(count) { left *= 0.9 }
    #expect(abs(try #require(values["upgrade_lost_share"]) - (1 - left)) < 1e-12)
    // Who comes right after it waits for all of the stop.
    let longest = try #require(values["finality_soft_s_max"])
    #expect(longest > 580 && longest <= 1300)
  }

  /// A bribe of the fewest who can act, against what is there.
  @Test func anAttackHasItsPrice() throws {
    var scenario = Self.scenario()
    scenario.rollup.upgrades.keys = .init(signers: 7, threshold: 5)
    scenario.rollup.upgrades.bribe = 1e6
    #expect(try scenario.measured("upgrade_bribe_usd") == 5e6)
    scenario.rollup.upgrades.council = .init(signers: 3, threshold: 2)
    #expect(try scenario.measured("upgrade_bribe_share") == 2e-3)
    scenario.rollup.upgrades.councilOverrides = false
    #expect(try scenario.measured("upgrade_bribe_share") == 5e-3)
  }

  /// The delay less what a withdrawal takes.
  @Test func theExitWindowCanBeNegative() throws {
    var scenario = Self.scenario()
    scenario.rollup.bridge.executionDelay = .days(7)
    scenario.rollup.exits.users = 0
    scenario.rollup.exits.trigger = .time
    let window = try #require(try scenario.measured("upgrade_window_s"))
    #expect(window < 3600 - 7 * 86_400 && window > 3600 - 7 * 86_400 - 3600)
  }

  /// With re-orgs everybody is let out once, and an upgrade takes effect once.
  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func reorgsChangeNothingTwice(seed: UInt64) throws {
    var scenario = Self.scenario(users: 300)
    scenario.rollup.exits.rule = seed.isMultiple(of: 2) ? .withdrawal : .forced
    scenario.rollup.exits.hesitation = .exponential(mean: 1800)
    scenario.settlement.reorgs.probability = 0.3
    scenario.settlement.reorgs.maxDepth = 3
    let values = try scenario.measuredAll(seed: seed)
    #expect(values["upgrade_taken_share"] == 1)
    let saved = try #require(values["upgrade_saved_share"])
    let left = try #require(values["exit_left_share"])
    #expect(saved > 0 && saved <= left)
    var lost = 0
    let journal = try WorldJournal.run(scenario, seed: seed) { world in
      lost += world.settlement.reorganised.count {
        [.exit, .upgrade].contains($0.transaction.kind)
      }
    }
    let upgrades = journal.final.filter { $0.key.kind == .upgrade }
    #expect(upgrades.count == 2 && lost > 0)
  }

  /// What others do does not depend on upgrades that are not followed.
  @Test func attacksMoveNothingElse() throws {
    let calm = try Scenario.clockwork(.sequenceVerify).measuredAll()
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.rollup.upgrades.attack = .signers
    scenario.rollup.upgrades.attackAt = .constant(1)
    let attacked = try scenario.measuredAll()
    for name in calm.keys where name.hasPrefix("finality") {
      #expect(calm[name] == attacked[name], "\(name)")
    }
    #expect(attacked["upgrade_taken_share"] == 1)
  }

  @Test(arguments: WorldCopyTests.instants) func aCopyTakesTheSamePath(_ instant: SimDuration)
    throws
  {
    var scenario = Self.scenario(users: 50)
    scenario.horizon = .seconds(1200)
    scenario.rollup.upgrades.attack = .compromise
    scenario.rollup.upgrades.delay = .seconds(300)
    scenario.rollup.upgrades.keys.signers = 5
    scenario.rollup.upgrades.keys.threshold = 3
    scenario.rollup.upgrades.keys.compromisesPerYear = 10_000
    scenario.rollup.upgrades.keys.commonShare = 0.5
    scenario.rollup.upgrades.keys.repair = .seconds(600)
    scenario.rollup.upgrades.perYear = 1000
    scenario.rollup.exits.rule = .withdrawal
    scenario.rollup.exits.hesitation = .exponential(mean: 300)
    try WorldCopyTests.expectSamePaths(scenario.validated(), at: instant)
  }

  @Test func whatCannotBeIsRefused() {
    var scenario = Self.scenario()
    scenario.rollup.upgrades.keys.threshold = 2
    scenario.rollup.upgrades.keys.commonShare = 2
    scenario.rollup.upgrades.council = .init(signers: 3, threshold: 4)
    scenario.rollup.upgrades.quorum = -1
    scenario.rollup.upgrades.rule = .immutable
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      error?.problems.map(\.path) == [
        "upgrades.keys.threshold", "upgrades.keys.common_share", "upgrades.council.threshold",
        "upgrades.vote.quorum", "upgrades.attack",
      ])
    #expect(
      error?.problems.last?.expectation
        == "expected none: nobody can replace contracts that are immutable")
  }

  @Test func whoFollowsUpgradesNeedsSome() {
    var scenario = Self.scenario()
    scenario.rollup.upgrades.attack = .none
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(error?.problems.map(\.path) == ["exits.trigger"])
  }
}
