extension Scenario {
  /// Roughly how many events a run has: to start long runs first and to foresee how long a sweep
  /// takes, for nothing else.
  public var estimatedWork: Double {
    // The fees of a slot, and what waits for it, take the time of some events.
    let slots = 3 / max(settlement.slot.seconds, 1e-3)
    let rollups = zip(rollups, fidelities).reduce(0) {
      $0 + $1.0.estimatedEvents($1.1, over: horizon.seconds)
    }
    return horizon.seconds * (rollups + slots)
  }

  /// In how many parts a run tells how far it is: one for each tenth of a second or so, a hundred at most.
  var progressParts: Int64 { Int64(min(max(estimatedWork / 1e6, 1), 100)) }
}

extension RollupScenario {
  /// Roughly how many events a second has in a run of so many seconds.
  fileprivate func estimatedEvents(_ fidelity: Fidelity, over seconds: Double) -> Double {
    let rate = workload.arrivals.rate
    // Stretches of blocks are few beside slots.
    if fidelity == .cohort,
      rate
        <= sequencer.quietRate(
          workload, transactionBytesLimit: rawBytesLimit, transactions: rate * seconds)
    {
      return deposits.rate
    }
    let blocks =
      sequencer.sealing == .perTransaction ? 0 : 1 / max(sequencer.blockInterval.seconds, 1e-3)
    // An arrival is no event, but its draws take a third of one's time.
    // A write to a slot takes half the time of those.
    let writes = publishesDifferences ? rate * workload.mean(of: \.writes) / 6 : 0
    return blocks + rate / 3 + writes + deposits.rate
  }
}
