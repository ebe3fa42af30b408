extension Scenario {
  /// Roughly how many events a run has: to start long runs first and to foresee how long a sweep
  /// takes, for nothing else.
  public var estimatedWork: Double {
    let slots = 1 / max(settlement.slot.seconds, 1e-3)
    return horizon.seconds * (rollups.reduce(0) { $0 + $1.estimatedEvents } + slots)
  }

  /// In how many parts a run tells how far it is: one for each tenth of a second or so, a hundred at most.
  var progressParts: Int64 { Int64(min(max(estimatedWork / 1e6, 1), 100)) }
}

extension RollupScenario {
  /// Roughly how many events a second has.
  fileprivate var estimatedEvents: Double {
    let blocks =
      sequencer.sealing == .perTransaction ? 0 : 1 / max(sequencer.blockInterval.seconds, 1e-3)
    // An arrival is no event, but its draws take a third of one's time.
    let arrivals = workload.arrivals.rate / 3
    return blocks + arrivals + deposits.rate
  }
}
