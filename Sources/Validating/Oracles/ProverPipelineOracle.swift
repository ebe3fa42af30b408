extension Oracle {
  /// Delay and throughput of N provers side by side.
  static let proverPipeline = Oracle(
    name: "prover-pipeline",
    statement: """
      N batches that close every 3 s, N provers of 120 s, aggregation of 12 s (none for one), a block \
      of 15 s: delay 3 N + 120 + 12 + 15, to virtual state 3 N + 15, throughput \
      N/max(120, 3 N, 15, 12); in whole seconds and to four decimals
      """,
    source: "Polygon zkEVM docs, order-and-prove",
    cases: [(1, 138.0), (5, 162), (20, 207)].map { count, published in
      .exact("delay, N = \(count)", unit: "s", published) { delay(of: count).rounded() }
    }
      + [(1, 18.0), (5, 30), (20, 75)].map { count, published in
        .exact("to virtual state, N = \(count)", unit: "s", published) {
          delayToVirtualState(of: count).rounded()
        }
      }
      + [(1, 0.0083), (5, 0.0417), (20, 0.1667), (50, 0.3333)].map { count, published in
        .exact("throughput, N = \(count)", unit: "1/s", published) {
          throughput(of: count).rounded(to: 4)
        }
      })

  /// A batch closes 3 s after the one before; the first transaction comes 10 ms after it opens.
  private static let batches = """
    sequence: sequence_verify
    phases: aligned
    warmup: 0 s
    workload.arrivals.deterministic.rate: 100 /s
    workload.classes.transfer.bytes: 10 B
    poster: {carrier: calldata, max_bytes: 3 kB, max_age: 1 h}
    settlement.slot: 15 s
    """

  private static func provers(_ count: Int) -> String {
    """
    prover:
      witness_time: 0 s
      provers: \(count)
      proof_time: 120 s
      aggregated_batches: \(count)
      aggregation_time: \(count == 1 ? 0 : 12) s
      aggregation_max_wait: 1 d
    """
  }

  /// From the opening of the first of N batches to the block with the proof of all.
  ///
  /// A slot begins just when the proof is there, so that it waits for the whole block of the formula.
  private static func delay(of count: Int) -> Double {
    let proofAt = 3 * count + 120 + (count == 1 ? 0 : 12)
    return WorldProbe(
      WorldProbe.quiet, batches, provers(count),
      "{horizon: \(3 * count) s, settlement.first_slot: \(proofAt % 15) s}"
    ).run()["finality_proven_s_max"]
  }

  /// From the opening of a batch as large as N to the block with its data.
  private static func delayToVirtualState(of count: Int) -> Double {
    WorldProbe(
      WorldProbe.quiet, batches, provers(1),
      """
      horizon: \(3 * count) s
      poster.max_bytes: \(3 * count) kB
      settlement.first_slot: \(3 * count % 15) s
      """
    ).run()["finality_included_s_max"]
  }

  /// Verified batches per second when there is always work.
  private static func throughput(of count: Int) -> Double {
    WorldProbe(
      WorldProbe.quiet, batches, provers(count),
      """
      horizon: 1200 s
      workload.arrivals.deterministic.rate: 1 /s
      poster.max_bytes: 30 B
      """
    ).run()["prover_verified_batches_per_s"]
  }
}
