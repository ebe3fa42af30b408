extension Oracle {
  /// Loads that were measured, on presets as they are.
  static let publishedLoads = Oracle(
    name: "published-loads",
    statement: """
      Starknet executed 127.5 tx/s over a day and 857 tx/s at a peak of 2024-10-29, so neither fills the \
      sequencer of the preset; batches of zksync-era have 3,895 transactions at 10 /s, to 5 %
      """,
    source: "Starknet, stress test of 2024-10-29; Chaliasos et al. 2024",
    cases: [
      .range("starknet, 127.5 tx/s", unit: "1/s", 126...129, in: starknet(127.5)) {
        $0["throughput_executed_tx_per_s"]
      },
      .range("starknet, 857 tx/s", unit: "1/s", 850...864, in: starknet(857)) {
        $0["throughput_executed_tx_per_s"]
      },
      .range(
        "zksync-era, transactions of a batch", unit: "1", 3895 * 0.95...3895 * 1.05,
        in: WorldProbe(
          "system: zksync-era", "{warmup: 20 min, horizon: 80 min, prover.provers: 32}")
      ) { $0["batch_size_tx_mean"] },
    ])

  private static func starknet(_ rate: Double) -> WorldProbe {
    WorldProbe(
      "system: starknet",
      """
      warmup: 1 min
      horizon: 3 min
      workload.arrivals.poisson.rate: \(rate) /s
      prover.provers: 10000
      prover.proof_time: 20 min
      poster.max_age: 10 min
      """)
  }
}
