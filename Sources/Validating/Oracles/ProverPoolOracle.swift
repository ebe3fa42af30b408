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
}
