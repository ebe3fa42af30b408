import Declarations
import Randomness

extension Workload.Policy {
  /// What a scenario can say about the workload.
  public static let parameters: [PartParameter<Workload.Policy>] =
    [
      arrivals("poisson", "Independent arrivals at this rate.") {
        if case .poisson(let rate) = $0 { rate } else { nil }
      } make: {
        .poisson(rate: $0)
      },
      arrivals("deterministic", "One arrival every 1/rate.") {
        if case .deterministic(let rate) = $0 { rate } else { nil }
      } make: {
        .deterministic(rate: $0)
      },
    ]
    + TransactionClass.allCases.map { kind in
      .number(
        "mix.\(kind.name)", .number, \.mix[kind.rawValue],
        "Relative frequency of this class; weights need not add up to one."
      ).titled("Relative frequency, \(kind.title)")
    }
    + TransactionClass.allCases.flatMap { kind in
      Workload.ClassProfile.parameters
        .lifted(under: "classes.\(kind.name)", to: \.profiles[kind.rawValue])
        .used { $0.mix[kind.rawValue] != 0 }
        .titled { "\($0), \(kind.title)" }
    }

  /// The two arrival processes, each of which replaces the other.
  private static func arrivals(
    _ name: String, _ summary: String,
    rate: @escaping @Sendable (ArrivalProcess) -> Double?,
    make: @escaping @Sendable (Double) -> ArrivalProcess
  ) -> PartParameter<Workload.Policy> {
    .quantity("arrivals.\(name).rate", .rate, summary) {
      rate($0.arrivals)
    } write: {
      $0.arrivals = make($1)
    }.used { rate($0.arrivals) != nil }.titled("Arrivals")
  }

  /// States what holds of any workload.
  public func check(_ expect: inout Expectations) {
    expect(
      mix.contains { $0 > 0 } && mix.allSatisfy { $0 <= 1e9 }, ["mix.transfer", "mix"],
      "expected weights up to 1e9, at least one of them positive")
    expect(
      (1e-6...1e8).contains(arrivals.rate), "arrivals",
      "expected from 1e-6 to 1e8 arrivals per second")
  }
}

extension Workload.ClassProfile {
  fileprivate static let parameters: [PartParameter<Workload.ClassProfile>] = [
    .distribution("gas", .gas, \.gas, "Layer 2 gas of a transaction of this class.").titled(
      "Layer 2 gas of a transaction"),
    .distribution(
      "bytes", .bytes, \.bytes, "Bytes of a transaction of this class before compression."
    ).titled("Bytes of a transaction before compression"),
    .distribution(
      "prover_work", .number, \.proverWork,
      "Prover work of a transaction of this class, in units of a plain transfer."
    ).titled("Prover work of a transaction"),
  ]
}

extension TransactionClass {
  fileprivate var title: String { name.replacing("_", with: " ") }

  /// The name of the class in scenarios.
  public var name: String {
    switch self {
    case .transfer: "transfer"
    case .tokenTransfer: "token_transfer"
    case .swap: "swap"
    case .mint: "mint"
    case .deposit: "deposit"
    case .withdrawal: "withdrawal"
    case .privateTransfer: "private_transfer"
    case .crossRollupCall: "cross_rollup_call"
    case .deployment: "deployment"
    }
  }
}
