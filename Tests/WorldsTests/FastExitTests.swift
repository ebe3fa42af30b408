import EventKernel
import Ledger
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Fast exits in the clockwork world: slots come each 12 s, a claim each minute.
@Suite struct FastExitTests {
  /// A run of one user at 20 s who withdraws 10 coins.
  private static func scenario(capital: Double = 100) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.settlement.demand.level = 0.5
    scenario.horizon = .seconds(300)
    scenario.coolDown = .days(40)
    scenario.settlement.finality = .instant
    scenario.rollup.bridge.challengeWindow = .days(7)
    scenario.rollup.bridge.exitGas = 0
    scenario.rollup.fastExits.runUsers = 1
    scenario.rollup.fastExits.runAt = .constant(20)
    scenario.rollup.fastExits.runHesitation = .constant(0)
    scenario.rollup.fastExits.amount = .constant(10)
    scenario.rollup.fastExits.capital = capital
    scenario.rollup.fastExits.delay = .constant(30)
    scenario.rollup.fastExits.impatience = .constant(0.5)
    return scenario
  }

  /// By hand: asked for at 20 s, in the block of the rollup at 20 s, paid by a transaction of 50 s, which the
  /// settlement block at 60 s has.
  @Test func aFastExitTakesAMinute() throws {
    let values = try Self.scenario().measuredAll()
    #expect(values["fast_exit_count"] == 1)
    #expect(values["fast_exit_share"] == 1)
    #expect(values["fast_exit_s_mean"] == 40)
    #expect(values["fast_exit_utilisation_max"] == 0.1)
    #expect(values["fast_exit_lost_wei"] == 0)
  }

  /// A week of interest at the mean of the curve between no use and a tenth of it: 5 % a year, at compound interest of
  /// 52 weeks, and gas beside it.
  @Test func aFastExitPaysAWeekOfInterest() throws {
    let values = try Self.scenario().measuredAll()
    let share = try #require(values["fast_exit_fee_share_mean"])
    let interest = 0.000_938_713_8
    #expect(share > interest && share < interest + 0.001)
    #expect(values["fast_exit_fees_wei"] == share * 10e18)
    // Of ten thousand coins gas is next to nothing.
    var large = Self.scenario(capital: 100_000)
    large.rollup.fastExits.amount = .constant(10_000)
    let most = try #require(try large.measured("fast_exit_fee_share_mean"))
    #expect(most > interest && most < interest + 2e-6)
  }

  /// Providers wait for blocks of the settlement chain, for a claim a minute later, or for finality a quarter of an hour
  /// after that.
  @Test func providersWait() throws {
    var scenario = Self.scenario()
    scenario.settlement.finality = .epochs
    let times = try FastExits.Stage.allCases.map { stage in
      scenario.rollup.fastExits.paysAfter = stage
      let values = try scenario.measuredAll()
      #expect(values["fast_exit_share"] == 1)
      return try #require(values["fast_exit_s_mean"])
    }
    // soft, included, settled, claimed
    #expect(times[0] == 40 && times[0] < times[1])
    #expect(times[1] < times[3] && times[3] <= times[1] + 72)
    #expect(times[2] > times[3] + 600)
  }

  /// Who asks for more than there is waits for the bridge, as does who has no haste.
  @Test func whoCannotOrWillNotWaits() throws {
    let poor = try Self.scenario(capital: 9).measuredAll()
    #expect(poor["fast_exit_refused_share"] == 1 && poor["fast_exit_share"] == 0)
    #expect(try #require(poor["fast_exit_slow_s_mean"]) > 604_800)
    var scenario = Self.scenario()
    scenario.rollup.fastExits.impatience = .constant(0.01)
    let patient = try scenario.measuredAll()
    #expect(patient["fast_exit_too_dear_share"] == 1)
    #expect(patient["fast_exit_slow_s_mean"] == poor["fast_exit_slow_s_mean"])
    // A share of the amount a year, for as long as it takes.
    let slow = try #require(patient["fast_exit_slow_s_mean"])
    let cost = try #require(patient["fast_exit_waiting_wei"])
    #expect(abs(cost / (10e18 * 0.01 * slow / (365 * 86_400)) - 1) < 1e-12)
  }

  /// Who pays what is claimed and does not compute it himself loses what a wrong claim makes up.
  @Test func whoDoesNotCheckLoses() throws {
    var scenario = Self.scenario()
    scenario.rollup.fastExits.runUsers = 0
    scenario.rollup.fastExits.paysAfter = .claimed
    scenario.rollup.fastExits.fakeAmount = 40
    scenario.rollup.fastExits.delay = .constant(0)
    scenario.rollup.disputes.form = .singleRound
    scenario.rollup.adversary.plan = .stealOne
    scenario.rollup.watchers.detection = .constant(600)
    scenario.rollup.fastExits.checks = 1
    let careful = try scenario.measuredAll()
    #expect(careful["fast_exit_lost_wei"] == 0 && careful["dispute_wrong_count"] == 1)
    scenario.rollup.fastExits.checks = 0
    let careless = try scenario.measuredAll()
    #expect(careless["fast_exit_lost_wei"] == 40e18)
    // Who waits until somebody contests it loses nothing.
    scenario.rollup.fastExits.delay = .constant(1200)
    let slow = try scenario.measuredAll()
    #expect(slow["fast_exit_lost_wei"] == 0)
    // Nobody contests it: the bridge pays the providers as well.
    scenario.rollup.watchers.count = 0
    let robbed = try scenario.measuredAll()
    #expect(try #require(robbed["fast_exit_fees_wei"]) > 0)
    #expect(robbed["fast_exit_lost_wei"] == 0 && robbed["dispute_wrong_effective_share"] == 1)
  }

  /// Across the kink: the mean of both sides, each by its length.
  @Test func interestAcrossTheKink() {
    let fee = LiquidityFee()
    let below = fee.meanInterest(from: 0.7, to: 0.75)
    let above = fee.meanInterest(from: 0.75, to: 0.85)
    let whole = fee.meanInterest(from: 0.7, to: 0.85)
    let expected: Double = (below * 0.05 + above * 0.1) / 0.15
    #expect(abs(whole - expected) < 1e-15)
    // Five hundredths above the kink in the mean, of a quarter over which it rises by 60 %.
    #expect(abs(above - 0.17) < 1e-15)
  }

  /// Random providers, users, disputes and re-orgs: whatever is lent comes back or is lost, each user is paid once,
  /// and money balances, or the run stops.
  ///
  /// A defect in one of thirty such runs shows with probability 0.96.
  @Test(arguments: 0..<100 as Range<UInt64>)
  func whateverIsLentComesBack(_ number: UInt64) throws {
    var draw = RandomStream(seed: 18, replication: number, name: "fast exits")
    var scenario = Self.scenario(capital: 100 * draw.uniform())
    scenario.rollup.bridge.challengeWindow = .hours(1)
    scenario.rollup.bridge.exitGas = draw.bernoulli(0.5) ? 50_000 : 0
    scenario.settlement.missedSlots = 0.1 * draw.uniform()
    scenario.settlement.finality = .epochs
    scenario.settlement.reorgs = Reorgs.Policy(
      probability: 0.2 * draw.uniform(), meanDepth: 2, maxDepth: 8)
    let stages = FastExits.Stage.allCases
    scenario.rollup.fastExits.paysAfter = stages[Int(draw.uniform() * Double(stages.count))]
    scenario.rollup.fastExits.runUsers = Int(20 * draw.uniform())
    scenario.rollup.fastExits.runHesitation = .exponential(mean: 60)
    scenario.rollup.fastExits.rate = 0.1 * draw.uniform()
    scenario.rollup.fastExits.amount = .exponential(mean: 10)
    scenario.rollup.fastExits.impatience = .exponential(mean: 50)
    scenario.rollup.fastExits.checks = draw.uniform()
    scenario.rollup.fastExits.fakeAmount = 50 * draw.uniform()
    scenario.rollup.fastExits.delay = .exponential(mean: draw.bernoulli(0.5) ? 60 : 6000)
    let forms: [DisputeRules.Form] = [.singleRound, .series, .edges]
    scenario.rollup.disputes.form = forms[Int(draw.uniform() * 3)]
    scenario.rollup.disputes.rounds = 4
    scenario.rollup.disputes.clock = .hours(2)
    scenario.rollup.adversary.plan = draw.bernoulli(0.5) ? .stealOne : .none
    scenario.rollup.watchers.count = draw.bernoulli(0.8) ? 1 : 0
    let values = try scenario.measuredAll(seed: number)
    guard let asked = values["fast_exit_count"], asked > 0 else { return }
    let fast = try #require(values["fast_exit_share"])
    #expect(try abs(fast + #require(values["fast_exit_slow_share"]) - 1) < 1e-9)
    #expect(try #require(values["fast_exit_utilisation_max"]) <= 1)
  }
}
