import EventKernel
import Randomness
import Settlement

/// The phases at which a replication meets what recurs.
///
/// A window of fixed length cuts periodic cycles somewhere. If all replications cut them at the same
/// place, their mean is off by that cut, and no number of replications shows it. With a uniform
/// phase for each cycle a mean over the window is, on average, the mean over all time.
///
/// One stream draws, in this order, the phases of a rollup and that of the chain; a rollup with a name
/// has a stream of its own, of whose draws the chain's is not used.
struct StartPhases {
  /// The share of its limits of age and size at which the first batch is closed.
  let firstBatch: Double
  /// The share of its interval at which the first claim is due.
  let claim: Double
  /// The share of its epoch at which the first slot lies.
  let slot: Double

  init(_ phases: Scenario.Phases, _ streams: StreamSource) {
    switch phases {
    case .aligned: (firstBatch, claim, slot) = (1, 1, 0)
    case .random:
      var stream = streams.stream("phases")
      firstBatch = stream.uniform()
      claim = stream.uniform()
      slot = stream.uniform()
    }
  }

  /// When the first claim is due.
  func firstClaim(every interval: SimDuration) -> SimDuration {
    claim == 1 ? interval : SimDuration(nanoseconds: Int64(Double(interval.nanoseconds) * claim))
  }

  /// The number of the first slot within its epoch.
  func firstSlot(of chain: SettlementPolicy) -> Int { Int(slot * Double(chain.slotsPerEpoch)) }
}
