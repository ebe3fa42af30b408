import Declarations
import EventKernel
import Statistics

extension Deposits.Policy {
  /// What a scenario can say about deposits.
  public static let parameters: [PartParameter<Deposits.Policy>] =
    [
      .number(
        "rate", .rate, \.rate,
        "Deposits of users from the settlement chain, as a Poisson process; 0 for none.")
    ]
    + [PartParameter<Deposits.Policy>]([
      .whole("gas", .gas, \.gas, "Settlement gas of a deposit.")
    ]).used(when: \.isUsed)
    + [
      // Those who withdraw bid like those who deposit, so the whole says whether these are used.
      .whole("fee_cap", .weiPerGas, \.feeCap, "Most that a user pays per settlement gas."),
      .whole("tip", .weiPerGas, \.tip, "Tip that a user bids there.").titled(
        "Tip of users on the settlement chain"),
    ]
    + [
      .word(
        "credit", \.credit, "When the rollup credits a deposit, or a call of another.",
        affects: [.deposit, .call]),
      .whole(
        "confirmations", .count, \.confirmations,
        "Settlement blocks on top of a deposit's own after which the rollup credits it.",
        affects: [.deposit, .call]
      ).titled("Blocks on top of a deposit before its credit").used { $0.credit == .confirmations },
    ]

  private var isUsed: Bool { rate != 0 }

  /// States what holds of any deposits.
  public func check(_ expect: inout Expectations) {
    expect(tip <= 1_000_000_000_000_000, "tip", "expected at most 1e15 wei")
    expect(
      (0...1000).contains(confirmations), "confirmations", "expected from 0 to 1000 blocks")
    guard rate > 0 else { return }
    expect(rate <= 100, "rate", "expected at most 100 /s")
  }
}

/// What a run remembers of deposits.
public struct DepositRecord: Sendable {
  /// From the sending of a deposit to its credit for good.
  public var credits = LatencyHistogram()
  /// Credits that re-orgs undid.
  public var undone = 0

  /// A record of no deposit.
  public init() {}

  /// The measures of deposits.
  public static let measures: [PartMeasure<Deposits.Policy, DepositRecord>] = [
    .init(
      .deposit, "credit_s_mean", title: "Time until a deposit is credited, mean", unit: "s",
      "Time from the sending of a deposit to the credit that no re-org undid."
    ) { $1.credits.meanSeconds },
    .init(
      .deposit, "credit_s_p95", title: "Time until a deposit is credited, 95th percentile",
      unit: "s", "The same, 95th percentile over deposits."
    ) { $1.credits.quantileSeconds(0.95) },
    .init(
      .deposit, "credit_s_max", title: "Time until a deposit is credited, largest", unit: "s",
      "The same, largest over deposits."
    ) {
      $1.credits.maximumSeconds
    },
    .init(
      .deposit, "undone_count", unit: "1",
      "Credits of deposits that re-orgs undid in the whole run."
    ) { $0.rate > 0 ? Double($1.undone) : nil },
  ]
}
