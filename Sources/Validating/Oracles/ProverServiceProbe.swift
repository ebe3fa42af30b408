import Declarations
import Queues
import Rollup

extension WorldProbe {
  /// A world of two rollups, `first` and `last`, whose batches come to one prover service, `service`, as
  /// Poisson streams.
  ///
  /// A batch is a transaction, asks for its proof at once, and stays with the rollup until that is there.
  /// The service is idle when the warm-up of 200 s begins. With proofs of a second or so and at most half
  /// of the provers' time its relaxation time is below 15 s, so nothing is left of that.
  ///
  /// - Parameters:
  ///   - classes: the batches of each rollup, those of the higher priority first.
  ///   - count: proofs to a claim. The service knows nothing of claims; a run takes half the time with 20.
  ///   - slot: time from block to block [s].
  ///   - window: length of the measured window [s].
  static func service(
    _ classes: [PriorityQueue.Class], provers: Int = 1, order: ProverPool.Order,
    aggregated count: Int = 20, slot: Int = 60, window: Int
  ) -> WorldProbe {
    WorldProbe(
      quietChain,
      """
      warmup: 200 s
      horizon: \(200 + window) s
      settlement.slot: \(slot) s
      services.service: {provers: \(provers), order: \(order.rawValue)}
      \(rollup("first", classes[0], priority: 1, aggregated: count))
      \(rollup("last", classes[1], priority: 0, aggregated: count))
      """)
  }

  private static func rollup(
    _ name: String, _ batches: PriorityQueue.Class, priority: Int, aggregated count: Int
  ) -> String {
    let settings = """
      \(quietRollup)
      sequence: data_with_proof
      workload.arrivals.poisson.rate: \(batches.arrivalRate.shortest) /s
      poster.carrier: calldata
      poster.max_bytes: 100 B
      prover.service: service
      prover.priority: \(priority)
      prover.witness_time: 0 s
      prover.proof_time: \(batches.service.text(unit: "s"))
      prover.aggregated_batches: \(count)
      prover.aggregation_time: 0 s
      """
    return "rollups.\(name):" + settings.split(separator: "\n").map { "\n  \($0)" }.joined()
  }
}
