import Declarations
import EventKernel
import Settlement
import Worlds

extension Oracle {
  /// How long a transaction waits for a block when it arrives at any time.
  static let inclusionDelay = Oracle(
    name: "inclusion-delay",
    statement: "a uniform arrival waits s(1/2 + m/(1 - m)), slot s = 12 s, missed with m",
    source: "renewal argument: half a slot and a geometric number of missed ones",
    cases: [0, 0.01, 0.02].map { missed in
      let slot = Scenario.baseCase.settlement.slot.seconds
      let expected = slot * (0.5 + missed / (1 - missed))
      return .mean("mean at m = \(missed.shortest)", unit: "s", expected) {
        meanInclusionDelay(missed: missed, seed: $0, replication: $1)
      }
    })

  /// The mean over one transaction in each of 8,000 slots [s].
  private static func meanInclusionDelay(
    missed: Double, seed: UInt64, replication: UInt64
  ) -> Double {
    let count = 8000
    var policy = Scenario.baseCase.settlement.quiet
    policy.missedSlots = missed
    let slot = Double(policy.slot.nanoseconds)
    var simulation = ChainProbe.simulation(policy, seed: seed, replication: replication) {
      $0 < count ? [SimDuration(nanoseconds: Int64(slot * $1.uniform()))] : []
    }
    // Every submission counts, and the chain may not hold one for ever.
    simulation.run(through: .distantFuture) {
      $0.inclusion.count == count || $0.slots == 2 * count
    }
    return simulation.model.inclusion.count == count ? simulation.model.inclusion.mean : .nan
  }
}
