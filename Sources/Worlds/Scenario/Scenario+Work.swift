extension Scenario {
  /// Roughly how many events a run has: to start long runs first and to foresee how long a sweep
  /// takes, for nothing else.
  public var estimatedWork: Double {
    let blocks =
      sequencer.sealing == .perTransaction ? 0 : 1 / max(sequencer.blockInterval.seconds, 1e-3)
    let slots = 1 / max(settlement.slot.seconds, 1e-3)
    // An arrival is no event, but its draws take a third of one's time.
    let arrivals = workload.arrivals.rate / 3
    return horizon.seconds * (blocks + slots + arrivals + deposits.rate)
  }
}
