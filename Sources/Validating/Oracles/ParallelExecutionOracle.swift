extension Oracle {
  /// How fast blocks are executed on lanes, without conflicts, with one hot key, with a serial share, and by Block-STM.
  static let parallelExecution = Oracle(
    name: "parallel-execution",
    statement: """
      n equal transactions without conflicts are n/⌈n/k⌉ times as fast on k lanes; those that all write one key are \
      not faster; with a serial share s it is 1/(s + (1-s)/k); a share h on one hot key is a chain of h of the work. \
      A serial machine of v gas/s executes v gas/s. Block-STM on 32 threads: 20 and 17 times as fast on transfers, \
      8 to 9 times where they are contended. Interference of 0.02 is chosen by the first, for 10,000 accounts; that \
      contended means 100 is assumed
      """,
    source: """
      counting; Amdahl 1967; Gelashvili et al., arXiv 2203.06871, abstract: 110k and 170k tx/s, 20 and 17 times \
      sequential, and 50k and 80k contended; Aptos white paper, figure of Block-STM: 16 and 8 times
      """,
    detects: 0.05,
    cases: [
      speedUp("40 on 8 lanes, declared", 8, of: 40, "mode: declared"),
      speedUp("40 on 8 lanes, optimistic", 8, of: 40, "mode: optimistic"),
      speedUp("20 on 8 lanes", 20.0 / 3, of: 20, "mode: declared"),
      speedUp("serial", 1, of: 40, "mode: serial"),
      speedUp("one hot key, declared", 1, of: 40, "mode: declared, classes.transfer.hot_share: 1"),
      speedUp(
        "one hot key, optimistic", 1, of: 40, "mode: optimistic, classes.transfer.hot_share: 1"),
      speedUp(
        "Amdahl, a tenth serial", 1 / (0.1 + 0.9 / 8), of: 40, "mode: declared, serial_share: 0.1"),
      speedUp(
        "Amdahl, a half serial", 1 / (0.5 + 0.5 / 8), of: 40, "mode: optimistic, serial_share: 0.5"),
      .mean(
        "chain of a quarter on one hot key", unit: "1", 0.25,
        in: block(of: 100, "mode: declared, classes.transfer.hot_share: 0.25")
      ) { $0["execution_critical_path_share"] },
      .mean("gas of a serial machine", unit: "gas/s", 210_000, in: saturated) {
        $0["throughput_executed_gas_per_s"]
      },
      .range(
        "Block-STM, 10,000 accounts", unit: "1", 17...20, in: transfers(between: 10_000)
      ) { $0["execution_speedup"] },
      .range("Block-STM, 100 accounts", unit: "1", 8...9, in: transfers(between: 100)) {
        $0["execution_speedup"]
      },
    ])

  private static func speedUp(
    _ name: String, _ expected: Double, of count: Int, _ execution: String
  ) -> Case {
    .mean(name, unit: "1", expected.rounded(to: 9), in: block(of: count, execution)) {
      $0["execution_speedup"].rounded(to: 9)
    }
  }

  /// Blocks of so many equal transactions, each of 10 ms, which touch nothing together that they are not told to.
  private static func block(of count: Int, _ execution: String) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet,
      """
      warmup: 10 s
      horizon: 110 s
      fidelity: individual
      workload.arrivals.deterministic.rate: \(Double(count) / 2) /s
      sequencer: {sealing: interval, block_interval: 2 s}
      proposer.interval: 10 s
      poster.max_age: 10 s
      execution: {lanes: 8, lane_speed: 2.1 Mgas/s, keys: 1e12, zipf_exponent: 0, validation_share: 0}
      """, "execution: {\(execution)}")
  }

  /// Twice as many transactions as a serial machine executes.
  private static let saturated = WorldProbe(
    WorldProbe.quiet,
    """
    warmup: 20 s
    horizon: 120 s
    workload.arrivals.deterministic.rate: 20 /s
    sequencer: {sealing: interval, block_interval: 2 s}
    proposer.interval: 10 s
    poster.max_age: 10 s
    execution: {mode: serial, lane_speed: 0.21 Mgas/s}
    """)

  /// Block-STM's experiment: blocks of 10,000 transfers, each between two of so many accounts, on 32 threads.
  private static func transfers(between accounts: Int) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet,
      """
      warmup: 2 s
      horizon: 8 s
      fidelity: individual
      workload.arrivals.deterministic.rate: 5000 /s
      sequencer: {sealing: interval, block_interval: 2 s, block_gas: 1 Ggas}
      proposer.interval: 2 s
      poster: {max_age: 2 s, max_bytes: 10 MB}
      execution: {mode: optimistic, lanes: 32, lane_speed: 1 Ggas/s, interference: 0.02}
      execution.keys: \(accounts)
      execution.zipf_exponent: 0
      execution.classes.transfer: {reads: 0, writes: 2}
      """)
  }
}
