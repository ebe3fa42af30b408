extension Oracle {
  /// The wait of batches for a pool of provers.
  static let proverPool = Oracle(
    name: "prover-pool",
    statement: """
      batches at lambda = 0.02/s, four provers of exponential 120 s: Wq = C/(4 mu - lambda) with \
      Erlang's C; each works lambda/(4 mu) of the time
      """,
    source: "Erlang 1917: M/M/c", detects: 0.15,
    cases: [
      .mean("wait for one of four", unit: "s", 21.52824, in: fourProvers) {
        $0["prover_queue_s_mean"]
      },
      .mean("use of four", unit: "1", 0.02 * 120 / 4, in: fourProvers) { $0["prover_utilisation"] },
    ])

  private static let fourProvers = WorldProbe(
    WorldProbe.quiet, WorldProbe.proverAlone, batches,
    "prover: {provers: 4, proof_time: {exponential: {mean: 120 s}}}")

  private static let batches = """
    warmup: 10 h
    horizon: 90 h
    workload.arrivals.poisson.rate: 0.02 /s
    poster.max_bytes: 100 B
    settlement.slot: 120 s
    """

  /// A group of batches waits for its slowest proof.
  static let fanOut = Oracle(
    name: "fan-out",
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
