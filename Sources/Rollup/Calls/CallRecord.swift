import Declarations
import EventKernel
import Ledger
import Statistics

/// What a run remembers of calls that are sent in the measured window.
public struct CallRecord: Sendable {
  private let window: Range<SimTime>
  private var asked = 0
  private var refused = 0
  private var succeeded = 0
  private var hanging = 0
  private var neither = 0
  /// Executions on the other rollup that re-orgs of the host undid, at any time.
  private var undone = 0
  private var times = LatencyHistogram()
  private var costs = Tally()
  private var fees = Tally()
  private var lost = Wei.zero
  /// The same before and after the window as well: for the check at the end of a run.
  private(set) var lostInAll = Wei.zero
  private var use = ShareOverWindow()

  init(window: Range<SimTime>) { self.window = window }

  mutating func ask(at now: SimTime) { if window.contains(now) { asked += 1 } }

  mutating func refuse(at now: SimTime) { if window.contains(now) { refused += 1 } }

  mutating func undo() { undone += 1 }

  /// Nothing more happens to a call.
  ///
  /// - Parameter leavesLeg: whether its first leg stands where the second failed.
  mutating func finish(
    _ call: Call, _ outcome: (at: SimTime, isSuccess: Bool), leavesLeg: Bool
  ) {
    guard window.contains(call.sentAt) else { return }
    times.record((outcome.at - call.sentAt).nanoseconds)
    costs.record((call.cost + call.fee).asDouble)
    if call.amount > .zero, call.fee > .zero {
      fees.record(call.fee.asDouble / call.amount.asDouble)
    }
    if outcome.isSuccess {
      succeeded += 1
    } else if leavesLeg {
      hanging += 1
    } else {
      neither += 1
    }
  }

  mutating func lose(_ call: Call) {
    lostInAll += call.amount
    if window.contains(call.sentAt) { lost += call.amount }
  }

  /// Takes note of what is lent from now on.
  mutating func note(_ pool: LiquidityPool, at now: SimTime) {
    use.change(to: pool.utilisation, at: now, window)
  }

  private func ofAsked(_ count: Int) -> Double? {
    asked > 0 ? Double(count) / Double(asked) : nil
  }

  /// The measures of calls.
  public static let measures: [PartMeasure<Calls.Policy, CallRecord>] =
    courses.applies(when: \.happens) + supply.applies(when: \.hasProviders)

  private static let courses: [PartMeasure<Calls.Policy, CallRecord>] = [
    .init(
      .call, "count", title: "Calls", unit: "1", rests: rests,
      "Calls to the other rollup that are sent in the measured window."
    ) { Double($1.asked) },
    .init(
      .call, "success_share", title: "Share of calls that succeed", unit: "1", rests: rests,
      "Share of calls whose second leg is executed, because the price had not risen too far."
    ) { $1.ofAsked($1.succeeded) },
    .init(
      .call, "hanging_share", title: "Share of calls with one leg hanging", unit: "1",
      rests: rests,
      "Share of calls whose first leg stands and whose second was of no use any more."
    ) { $1.ofAsked($1.hanging) },
    .init(
      .call, "neither_share", title: "Share of calls with neither leg", unit: "1", rests: rests,
      "Share of calls of which neither leg was executed, since both come at one instant or not at all."
    ) { $1.ofAsked($1.neither) },
    .init(
      .call, "s_mean", title: "Time until a call is executed, mean", unit: "s", rests: rests,
      "Time from sending a call to the block of the other rollup with its second leg, executed or refused, mean."
    ) { $1.times.meanSeconds },
    .init(
      .call, "s_p95", title: "Time until a call is executed, 95th percentile", unit: "s",
      rests: rests, "The same, 95th percentile."
    ) { $1.times.quantileSeconds(0.95) },
    .init(
      .call, "s_max", title: "Time until a call is executed, largest", unit: "s", rests: rests,
      "The same, largest."
    ) { $1.times.maximumSeconds },
    .init(
      .call, "cost_wei_mean", title: "Cost of a call, mean", unit: "wei", rests: rests,
      "Gas of both legs and of the message on the host, and what a provider takes, mean over calls that are executed or refused."
    ) { $1.costs.meanIfAny },
    .init(
      .call, "undone_count", title: "Calls that re-orgs undid", unit: "1", rests: rests,
      "Second legs that a re-org of the host undid, and that were executed or refused anew."
    ) { Double($1.undone) },
  ]

  private static let supply: [PartMeasure<Calls.Policy, CallRecord>] = [
    .init(
      .call, "refused_share", title: "Share of calls without capital", unit: "1", rests: rests,
      "Share of calls that are not made because providers have not enough left."
    ) { $1.ofAsked($1.refused) },
    .init(
      .call, "fee_share_mean", title: "Fee of providers over the amount, mean", unit: "1",
      rests: rests, "What providers take of a call as a share of its amount, mean."
    ) { $1.fees.meanIfAny },
    .init(
      .call, "utilisation_mean", title: "Use of the capital of providers, mean", unit: "1",
      rests: rests, "Share of the capital that is lent or lost, mean over the measured window."
    ) { $1.use.mean($1.window) },
    .init(
      .call, "lost_wei", title: "What providers of calls lose", unit: "wei", rests: rests,
      "Amounts that providers have paid out for a state that was rejected, before what they took for it."
    ) { $1.lost.asDouble },
  ]

  private static let rests = PartMeasure<Calls.Policy, CallRecord>.Rests.journey(
    through: "bridge", also: ["calls"])
}
