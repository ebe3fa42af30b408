import Declarations
import EventKernel
import Ledger
import Statistics

/// What a run remembers of fast exits: of withdrawals that are asked for in the measured window.
public struct FastExitRecord: Sendable {
  private let window: Range<SimTime>
  private var asked = 0
  private var dear = 0
  private var refused = 0
  private var turnedAway = 0
  private var fast = 0
  private var fastTimes = LatencyHistogram()
  private var slowTimes = LatencyHistogram()
  private var feeShares = Tally()
  private var fees = Wei.zero
  private var costs = Wei.zero
  private var lost = Wei.zero
  /// The same before and after the window as well: for the check at the end of a run.
  private(set) var lostInAll = Wei.zero
  private var waiting = 0.0
  private let capital: Wei
  private var use = ShareOverWindow()

  init(window: Range<SimTime>, capital: Wei) {
    self.window = window
    self.capital = capital
  }

  mutating func ask(_ request: FastExitRequest) {
    if window.contains(request.submittedAt) { asked += 1 }
  }

  mutating func tooDear(at now: SimTime) { if window.contains(now) { dear += 1 } }

  mutating func refuse(at now: SimTime) { if window.contains(now) { refused += 1 } }

  mutating func turnAway(_ request: FastExitRequest) {
    if window.contains(request.submittedAt) { turnedAway += 1 }
  }

  /// A provider has paid.
  mutating func pay(_ request: FastExitRequest, at instant: SimTime, cost: Wei) {
    guard window.contains(request.submittedAt) else { return }
    costs += cost
    fees += request.fee
    guard request.fakeClaim == nil else { return }
    fast += 1
    fastTimes.record((instant - request.submittedAt).nanoseconds)
    if request.amount > .zero {
      feeShares.record(request.fee.asDouble / request.amount.asDouble)
    }
    count(request, waitingUntil: instant)
  }

  /// The bridge has paid.
  mutating func release(_ request: FastExitRequest, at instant: SimTime) {
    guard window.contains(request.submittedAt) else { return }
    slowTimes.record((instant - request.submittedAt).nanoseconds)
    count(request, waitingUntil: instant)
  }

  private mutating func count(_ request: FastExitRequest, waitingUntil instant: SimTime) {
    let years = (instant - request.submittedAt).seconds / SimDuration.secondsOfYear
    waiting += request.amount.asDouble * request.impatience * years
  }

  mutating func lose(_ request: FastExitRequest) {
    lostInAll += request.amount
    if window.contains(request.submittedAt) { lost += request.amount }
  }

  /// Takes note of what is lent from now on.
  mutating func note(_ pool: LiquidityPool, at now: SimTime) {
    use.change(to: pool.utilisation, at: now, window)
  }

  /// Mean use of the capital in the window, and what providers earn on it.
  private var meanUse: Double? { capital > .zero ? use.mean(window) : nil }

  private var yearlyReturn: Double? {
    guard capital > .zero else { return nil }
    let earned = fees.asDouble - costs.asDouble - lost.asDouble
    let years = (window.upperBound - window.lowerBound).seconds / SimDuration.secondsOfYear
    return earned / capital.asDouble / years
  }

  private func ofAsked(_ count: Int) -> Double? {
    asked > 0 ? Double(count) / Double(asked) : nil
  }

  /// The measures of fast exits.
  public static let measures: [PartMeasure<FastExits.Policy, FastExitRecord>] =
    courses.applies(when: \.happens)
    + supply.applies { $0.happens && $0.hasProviders }

  private static let courses: [PartMeasure<FastExits.Policy, FastExitRecord>] = [
    .init(
      .fastExit, "count", title: "Withdrawals of coins", unit: "1", rests: rests,
      "Withdrawals of coins that users ask for in the measured window."
    ) { Double($1.asked) },
    .init(
      .fastExit, "slow_share", title: "Share of withdrawals that the bridge pays", unit: "1",
      rests: rests, "Share of withdrawals that wait for the bridge."
    ) { $1.ofAsked(Int($1.slowTimes.count)) },
    .init(
      .fastExit, "slow_s_mean", title: "Time until the bridge pays, mean", unit: "s", rests: rests,
      "Time from asking until the bridge pays, mean over those who wait for it."
    ) { $1.slowTimes.meanSeconds },
    .init(
      .fastExit, "slow_s_max", title: "Time until the bridge pays, largest", unit: "s",
      rests: rests, "The same, largest."
    ) { $1.slowTimes.maximumSeconds },
    .init(
      .fastExit, "waiting_wei", title: "Cost of waiting", unit: "wei", rests: rests,
      "What waiting costs all users together, by fast_exits.impatience, without fees."
    ) { $1.waiting },
  ]

  private static let supply: [PartMeasure<FastExits.Policy, FastExitRecord>] = [
    .init(
      .fastExit, "share", title: "Share of withdrawals that are fast", unit: "1", rests: rests,
      "Share of withdrawals that a provider pays."
    ) { $1.ofAsked($1.fast) },
    .init(
      .fastExit, "refused_share", title: "Share of withdrawals without capital", unit: "1",
      rests: rests,
      "Share of withdrawals that users would pay for and providers have not enough left for."
    ) { $1.ofAsked($1.refused) },
    .init(
      .fastExit, "too_dear_share", title: "Share of withdrawals too dear", unit: "1", rests: rests,
      "Share of withdrawals for which a fast exit costs more than waiting."
    ) { $1.ofAsked($1.dear) },
    .init(
      .fastExit, "turned_away_share", title: "Share of withdrawals turned away", unit: "1",
      rests: rests,
      "Share of withdrawals that a provider does not pay after all, because the claim is contested."
    ) { $1.ofAsked($1.turnedAway) },
    .init(
      .fastExit, "s_mean", title: "Time until a provider has paid, mean", unit: "s", rests: rests,
      "Time from asking to the settlement block in which a provider pays, mean."
    ) { $1.fastTimes.meanSeconds },
    .init(
      .fastExit, "s_p95", title: "Time until a provider has paid, 95th percentile", unit: "s",
      rests: rests, "The same, 95th percentile."
    ) { $1.fastTimes.quantileSeconds(0.95) },
    .init(
      .fastExit, "fee_share_mean", title: "Fee of a fast exit over its amount, mean", unit: "1",
      rests: rests, "What a fast exit costs a user as a share of its amount, gas included, mean."
    ) { $1.feeShares.meanIfAny },
    .init(
      .fastExit, "fees_wei", title: "Fees of fast exits", unit: "wei", rests: rests,
      "What providers take in all."
    ) { $1.fees.asDouble },
    .init(
      .fastExit, "lost_wei", title: "What providers lose", unit: "wei", rests: rests,
      "Amounts that providers have paid out for a state that was rejected, before what they took for it."
    ) { $1.lost.asDouble },
    .init(
      .fastExit, "utilisation_mean", title: "Use of the capital, mean", unit: "1", rests: rests,
      "Share of the capital that is lent or lost, mean over the measured window."
    ) { $1.meanUse },
    .init(
      .fastExit, "utilisation_max", title: "Use of the capital, largest", unit: "1", rests: rests,
      "The same, largest."
    ) { $1.capital > .zero ? $1.use.largest($1.window) : nil },
    .init(
      .fastExit, "return_per_year", title: "Return on the capital a year", unit: "1", rests: rests,
      "Fees less gas and losses over the capital, by the year of 365 days."
    ) { $1.yearlyReturn },
  ]

  private static let rests = PartMeasure<FastExits.Policy, FastExitRecord>.Rests.journey(
    through: "bridge")
}
