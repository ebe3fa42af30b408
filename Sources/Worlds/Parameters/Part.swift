/// The parts of a scenario, by the first word of a parameter's path, in the order of the journey.
public enum Part: String, CaseIterable, Sendable {
  /// How claims become final.
  case family
  /// At which phase what recurs begins.
  case phases
  /// The beginning of the measured window.
  case warmup
  /// The end of the measured window.
  case horizon
  /// The end of the run.
  case cooldown
  /// What users send.
  case workload
  /// Who orders it.
  case sequencer
  /// Who publishes its data.
  case poster
  /// The settlement chain.
  case settlement
  /// What the rollup bids there.
  case bid
  /// Who moves funds from there.
  case deposits
  /// The other rollups there.
  case neighbours
  /// Who claims the state of an optimistic rollup.
  case proposer
  /// Who proves the state of a validity rollup.
  case prover
  /// When claims take effect.
  case bridge
  /// Prices that users pay.
  case fees
  /// Prices of the world outside.
  case prices
}

extension Set<Part> {
  /// The parts that a transaction has passed when `last` is done with it.
  static func through(_ last: Part) -> Set<Part> {
    let journey: [Part] = [
      .workload, .sequencer, .poster, .settlement, .bid, .deposits, .neighbours, .proposer, .prover,
      .bridge,
    ]
    guard let end = journey.firstIndex(of: last) else {
      preconditionFailure("\(last) is no part of the journey")
    }
    return Set(journey[...end])
  }
}

extension Parameter {
  /// The part of a scenario that it belongs to.
  public var part: Part {
    guard let part = path.split(separator: ".").first.flatMap({ Part(rawValue: String($0)) }) else {
      preconditionFailure("\(path) belongs to no part")
    }
    return part
  }
}
