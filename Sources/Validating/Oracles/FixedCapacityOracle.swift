import EventKernel
import Queues
import Settlement
import Worlds

extension Oracle {
  /// A queue that slots of fixed capacity empty: Poisson arrivals, bulk service.
  static let fixedCapacitySlots = Oracle(
    name: "fixed-capacity-slots",
    statement: """
      X' = max(X - b, 0) + A, A Poisson(m): E[X] = m/(2(b - m)) + (m - b + 1)/2 \
      + sum over k = 1 … b - 1 of 1/(1 - z_k), z_k = e^(2 pi i k/b) e^((m/b)(z_k - 1))
      """,
    source: "Bailey 1954: bulk service, by the zeros of z^b = e^(m(z - 1)) in the unit disc",
    cases: [
      .mean(
        "mean before a block, m = 5, b = 6", unit: "1",
        SlotQueue(arrivalsPerSlot: 5, capacity: 6, slot: 12).expectedWaiting
      ) {
        simulatedMeanWaiting(arrivals: 5, capacity: 6, seed: $0, replication: $1)
      }
    ])

  /// The mean over 8,000 slots after 1,000 that are not counted.
  private static func simulatedMeanWaiting(
    arrivals: Double, capacity: UInt64, seed: UInt64, replication: UInt64
  ) -> Double {
    var policy = Scenario.baseCase.settlement.quiet
    policy.gasLimit = capacity * policy.calldata.transactionGas
    policy.transactionGasLimit = policy.gasLimit
    // The target is the limit, so that the base fee cannot rise above what is bid.
    policy.executionFee.elasticity = 1
    var simulation = ChainProbe.simulation(
      policy, warmUp: 1000, seed: seed, replication: replication
    ) { Array(repeating: policy.halfSlot, count: $1.poisson(mean: arrivals)) }
    simulation.run(through: .distantFuture) { $0.slots == 9000 }
    return simulation.model.waiting.mean
  }
}
