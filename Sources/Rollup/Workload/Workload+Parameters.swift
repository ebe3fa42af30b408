import Declarations
import Randomness

extension Workload.Policy {
  /// What a scenario can say about the workload.
  public static let parameters: [PartParameter<Workload.Policy>] =
    ArrivalProcess.parameters.lifted(under: "arrivals", to: \.arrivals)
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
    + Workload.StatePolicy.parameters.lifted(under: "state", to: \.state)

  /// States what holds of any workload.
  public func check(_ expect: inout Expectations) {
    expect(
      mix.contains { $0 > 0 } && mix.allSatisfy { $0 <= 1e9 }, ["mix.transfer", "mix"],
      "expected weights up to 1e9, at least one of them positive")
    expect.under("arrivals") { arrivals.check(&$0) }
    expect.under("state") { state.check(&$0) }
    for kind in TransactionClass.allCases where mix[kind.rawValue] > 0 {
      let profile = profiles[kind.rawValue]
      expect(
        profile.ends == .zero || profile.begins < profile.ends,
        ["classes.\(kind.name).ends", "classes.\(kind.name).begins"],
        "expected an end after the beginning, or 0 s for none")
      expect(
        (0...1).contains(profile.incompressible), "classes.\(kind.name).incompressible",
        "expected a share from 0 to 1")
      expect(
        profile.writes.mean <= 10_000, "classes.\(kind.name).writes",
        "expected at most 10,000 writes of a transaction, on average")
    }
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
    .distribution(
      "writes", .number, \.writes,
      "Writes of a transaction of this class to storage slots, rounded to a whole number."
    ).titled("Writes of a transaction to storage slots"),
    .number(
      "incompressible", .share, \.incompressible,
      "Share of the bytes of a transaction of this class that no compressor shortens: ciphertext, hashes, proofs."
    ).titled("Share of bytes that do not compress"),
    .distribution(
      "client_time", .duration, \.clientTime,
      "Time that a user's machine works on a transaction of this class before it is submitted, as on a proof."
    ).titled("Work of a user's machine"),
    .distribution(
      "max_fee", .weiPerGas, \.maxFee,
      "What users of this class pay for layer 2 gas at most; 0 wei for whatever it costs."
    ).titled("Most that users pay for gas"),
    .duration(
      "begins", \.begins, "When users begin to send this class, from the start of the run."
    ).titled("Begin"),
    .duration(
      "ends", \.ends,
      "When users cease to send this class, from the start of the run; 0 s for never."
    ).titled("End"),
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
    case .attack: "attack"
    }
  }
}
