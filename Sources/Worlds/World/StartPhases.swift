import EventKernel
import Randomness

/// The phases at which a replication meets what recurs.
///
/// A window of fixed length cuts periodic cycles somewhere. If all replications cut them at the same
/// place, their mean is off by that cut, and no number of replications shows it. With a uniform
/// phase for each cycle a mean over the window is, on average, the mean over all time.
struct StartPhases {
  /// The share of its limits of age and size at which the first batch is closed.
  let firstBatch: Double
  /// When the first claim is due.
  let claim: SimDuration
  /// The number of the first slot within its epoch.
  let slot: Int

  init(_ scenario: Scenario, seed: UInt64, replication: UInt64) {
    switch scenario.phases {
    case .aligned:
      firstBatch = 1
      claim = scenario.proposer.interval
      slot = 0
    case .random:
      var stream = RandomStream(seed: seed, replication: replication, name: "phases")
      firstBatch = stream.uniform()
      claim = scenario.proposer.interval.scaled(by: stream.uniform())
      slot = Int(stream.uniform() * Double(scenario.settlement.slotsPerEpoch))
    }
  }
}

extension SimDuration {
  /// A part of the length.
  fileprivate func scaled(by share: Double) -> SimDuration {
    SimDuration(nanoseconds: Int64(Double(nanoseconds) * share))
  }
}
