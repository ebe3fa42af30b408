import Randomness

extension World: Splittable {
  /// A copy in the same state: each part is copied, and what no part has is a value.
  ///
  /// What a run never changes, as the scenario, is shared with the original.
  public func copy(drawing draws: Draws) -> World {
    // By the initialiser of all properties, which makes none of their first values.
    World(
      scenario: scenario, measured: measured, topology: topology,
      settlement: settlement.copy(drawing: draws),
      journeys: journeys.map { $0.copy(drawing: draws) },
      services: services.map { $0.copy(drawing: draws) },
      sharedBlobs: sharedBlobs,
      neighbours: neighbours.copy(drawing: draws),
      market: market, neighbourInclusions: neighbourInclusions, feePath: feePath, ledger: ledger,
      finished: finished, isMeasuring: isMeasuring, isCoolingDown: isCoolingDown)
  }
}
