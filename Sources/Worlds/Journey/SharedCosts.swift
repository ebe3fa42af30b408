import Ledger

/// What a transaction of a guest has of the costs of its host, by what the host paid for.
struct SharedCosts {
  /// What is shared, in the order in which it is billed.
  static let purposes: [Purpose] = [.data, .state, .proof, .prover]

  private var data = Wei.zero
  private var state = Wei.zero
  private var proof = Wei.zero
  private var prover = Wei.zero

  subscript(purpose: Purpose) -> Wei {
    get {
      switch purpose {
      case .data: data
      case .state: state
      case .proof: proof
      case .prover: prover
      case .layer2Fees, .neighbourData, .deposit, .dispute, .stake, .fastExit, .ordering,
        .opportunity, .speed, .sequencing, .upgrade, .dataFees, .nodes, .capital, .shares,
        .exchange:
        .zero
      }
    }
    set {
      switch purpose {
      case .data: data = newValue
      case .state: state = newValue
      case .proof: proof = newValue
      case .prover: prover = newValue
      case .layer2Fees, .neighbourData, .deposit, .dispute, .stake, .fastExit, .ordering,
        .opportunity, .speed, .sequencing, .upgrade, .dataFees, .nodes, .capital, .shares,
        .exchange:
        preconditionFailure("a host shares no costs of \(purpose)")
      }
    }
  }
}
