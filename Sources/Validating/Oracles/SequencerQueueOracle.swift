import Queues

extension Oracle {
  /// The wait for a block when blocks take a fixed number of transactions.
  static let fullBlocks = Oracle(
    name: "full-blocks",
    statement: """
      blocks of at most b = 6 transactions every 2 s, m = 5 arrive in between: wait \
      (E[X] - m/2)/rate, E[X] as in fixed-capacity-slots
      """,
    source: "Bailey 1954, and Little's law over an interval of blocks", detects: 0.025,
    cases: [
      .mean(
        "mean wait", unit: "s",
        (SlotQueue(arrivalsPerSlot: 5, capacity: 6, slot: 2).expectedWaiting - 2.5) / 2.5,
        in: WorldProbe(
          WorldProbe.quiet,
          """
          warmup: 30 min
          horizon: 270 min
          workload.arrivals.poisson.rate: 2.5 /s
          sequencer: {sealing: interval, block_interval: 2 s, block_transactions: 6}
          """)
      ) { $0["finality_soft_s_mean"] }
    ])
}
