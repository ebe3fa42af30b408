extension Oracle {
  /// How long users wait for what comes at a fixed interval.
  static let periodicWaits = Oracle(
    name: "periodic-waits",
    statement: """
      what comes every T is T/2 away in the mean: blocks of 2 s; batches of 60 s (58 s from a first \
      block, which is 2 s after the last one); claims of 60 s, and one interval of 13 s of proof of \
      work for their block
      """,
    source: "uniform phase: wait uniform on (0, T)", detects: 0.025,
    cases: [
      .mean("block every 2 s", unit: "s", 1, in: blocksOfTwoSeconds) { $0["finality_soft_s_mean"] },
      .mean("batch every 60 s", unit: "s", 30, in: blocksOfTwoSeconds) {
        $0["finality_posted_s_mean"]
      },
      .mean("claim every 60 s", unit: "s", 30 + 13, in: claimsOfOneMinute) {
        $0["finality_asserted_s_mean"] - $0["finality_included_s_mean"]
      },
    ])

  /// Twenty transactions in a block: one without any has a probability of 2e-9.
  private static let blocksOfTwoSeconds = WorldProbe(
    WorldProbe.quiet,
    """
    warmup: 10 min
    horizon: 30 min
    workload.arrivals.poisson.rate: 10 /s
    sequencer: {sealing: interval, block_interval: 2 s}
    poster: {max_bytes: 1 MB, max_age: 58 s}
    """)

  private static let claimsOfOneMinute = WorldProbe(
    WorldProbe.quiet,
    """
    warmup: 10 min
    horizon: 310 min
    workload.arrivals.poisson.rate: 0.1 /s
    poster: {carrier: calldata, max_bytes: 100 B}
    proposer.interval: 60 s
    settlement: {blocks: exponential, slot: 13 s}
    """)
}
