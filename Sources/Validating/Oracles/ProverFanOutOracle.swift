extension Oracle {
  /// A group of batches waits for its slowest proof.
  static let proverFanOut = Oracle(
    name: "prover-fan-out",
    statement: """
      n proofs side by side, exponential with rate mu, are all there after H_n/mu, \
      H_n = 1 + 1/2 + … + 1/n; the batches of a group come within 8 ms, which 1/mu = 1 h dwarfs
      """,
    source: "maximum of n exponentials (Rényi 1953)", detects: 0.08,
    cases: [
      .mean("n = 8", unit: "1", (1...8).reduce(0) { $0 + 1 / Double($1) }) { seed, replication in
        // A hundred groups, each in a world of its own.
        let sum = (0..<100).reduce(0.0) {
          $0
            + groupOfEight.run(seed: seed, replication: replication * 100 + $1)[
              "finality_proven_s_mean"]
        }
        // The proof waits 36 s in the mean for a block, whenever it comes.
        return (sum / 100 - 36) / 3600
      }
    ])

  private static let groupOfEight = WorldProbe(
    WorldProbe.quiet, WorldProbe.proverAlone,
    """
    phases: aligned
    warmup: 0 s
    horizon: 8 ms
    workload.arrivals.deterministic.rate: 1001 /s
    poster.max_bytes: 100 B
    prover:
      provers: 8
      proof_time: {exponential: {mean: 1 h}}
      aggregated_batches: 8
      aggregation_max_wait: 30 d
    settlement: {blocks: exponential, slot: 36 s}
    """)
}
