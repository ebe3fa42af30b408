import Declarations
import Ledger

// What a rollup pays by kind of fee, beside what it pays by purpose.

extension JourneyMeasures {
  /// For each kind its sum over the purposes and, where there are several, what each purpose has of it.
  ///
  /// The kinds of a purpose sum to the cost of the purpose, and all kinds with `cost_prover` to
  /// `cost_total`: what provers cost is no fee.
  static let fees: [JourneyMeasure] = FeeKind.allCases.filter { $0 != .dataLayer }
    .flatMap { kind in
      let all = JourneyMeasure(
        .cost, "\(kind.rawValue)_wei_per_tx_mean", title: "\(kind.title) per transaction",
        unit: "wei", rests: .journey(through: "prover"),
        "What the operator pays per transaction in \(kind.meaning)."
      ) { subject, summary in
        kind.purposes.filter(subject.pays).reduce(0) { sum, purpose in
          sum.flatMap { sum in
            summary.spentPerTransaction(purpose, in: kind).map { sum + $0 }
          }
        }
      }.summing(kind.purposes.map(kind.portion))
      guard kind.purposes.count > 1 else { return [all] }
      return [all] + kind.purposes.map { measure(of: kind, for: $0) }
    }

  /// What a chain asks that keeps the data beside the host.
  static let dataLayerFee: [JourneyMeasure] = [
    JourneyMeasure(
      .data, "layer_fee_wei_per_tx_mean", title: "Fees of the data layer per transaction",
      unit: "wei", rests: .journey(through: "poster", also: ["prices"]),
      "What the operator pays per transaction to the chain that keeps its data."
    ) { $1.spentPerTransaction(.data, in: .dataLayer) }
    .applies { $0.rollup.data.mode == .external }
    .summing([FeeKind.dataLayer.portion(for: .data)])
  ]

  private static func measure(of kind: FeeKind, for purpose: Purpose) -> JourneyMeasure {
    let (name, meaning) =
      switch purpose {
      case .data: ("data", "publishing its data")
      case .state: ("state", "asserting the state")
      default: ("proof", "verifying the proof that covers it")
      }
    return JourneyMeasure(
      .cost, "\(kind.rawValue)_\(name)_wei_per_tx_mean",
      title: "\(kind.title) of \(name) per transaction", unit: "wei",
      rests: .journey(through: "prover"), "The same for \(meaning) alone."
    ) { subject, summary in
      subject.pays(for: purpose) ? summary.spentPerTransaction(purpose, in: kind) : nil
    }.summing([kind.portion(for: purpose)])
  }

  /// The amounts of which the cost of a purpose is the sum: a fee of each kind, or rent that is no fee.
  static func portions(of purpose: Purpose) -> [String] {
    let fees = FeeKind.allCases.filter { $0.purposes.contains(purpose) }
    return fees.isEmpty ? ["\(purpose)"] : fees.map { $0.portion(for: purpose) }
  }
}

extension FeeKind {
  /// What is paid for in this kind of fee: `data`, `state` and `proof`, as far as each can.
  fileprivate var purposes: [Purpose] {
    switch self {
    case .execution, .tip, .host: [.data, .state, .proof]
    case .calldata, .blob, .dataLayer: [.data]
    }
  }

  /// What a bill calls the amount of a kind for a purpose.
  fileprivate func portion(for purpose: Purpose) -> String { "\(rawValue) of \(purpose)" }

  fileprivate var title: String {
    switch self {
    case .execution: "Execution fees"
    case .calldata: "Calldata fees"
    case .tip: "Tips"
    case .blob: "Blob fees"
    case .host: "Fees of the host"
    case .dataLayer: "Fees of the data layer"
    }
  }

  fileprivate var meaning: String {
    switch self {
    case .execution: "base fees of the gas that calldata does not take (EIP-1559)"
    case .calldata: "base fees of the gas of calldata (EIP-2028, EIP-7623)"
    case .tip: "tips to the proposers of settlement blocks (EIP-1559)"
    case .blob: "blob fees (EIP-4844)"
    case .dataLayer: "what a chain asks that keeps the data beside the host"
    case .host: "what its host asks, where that is a rollup"
    }
  }
}
