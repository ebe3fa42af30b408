import Randomness

extension World: Splittable {
  /// A copy in the same state: each part is copied, and what no part has is a value.
  ///
  /// What a run never changes, as the scenario, is shared with the original.
  public func copy(drawing draws: Draws) -> World { World(copying: self, draws) }

  private init(copying other: borrowing World, _ draws: Draws) {
    scenario = other.scenario
    measured = other.measured
    topology = other.topology
    settlement = other.settlement.copy(drawing: draws)
    journeys = other.journeys.map { $0.copy(drawing: draws) }
    services = other.services.map { $0.copy(drawing: draws) }
    neighbours = other.neighbours.copy(drawing: draws)
    market = other.market
    neighbourInclusions = other.neighbourInclusions
    feePath = other.feePath
    ledger = other.ledger
    summaries = other.summaries
    isMeasuring = other.isMeasuring
    isCoolingDown = other.isCoolingDown
  }
}
