extension Oracle {
  /// What it costs to post every so often: fees against delay.
  static let postingCost = Oracle(
    name: "posting-cost",
    statement: """
      a batch of cost F every t, a delay of cost a per transaction and second: rate F/t + a R t/2, \
      least at t = sqrt(2F/(aR)); F = 10, a = 0.001, R = 20/s: 0.632456 at 31.62 s
      """,
    source: "economic order quantity (Harris 1913)", detects: 0.01,
    cases: [16, 32, 64].map { period in
      let world = blobPosting(rate: 20, gas: 0, period: period)
      let expected = 10 / Double(period) + 0.001 * 20 * Double(period) / 2
      return .mean("cost rate at \(period) s", unit: "1/s", expected, in: world) { costRate($0) }
    } + [
      .exact("cheapest of 8, 16, 24, … 64 s", unit: "s", 32) {
        stride(from: 8, through: 64, by: 8).map { period in
          // Regular arrivals: nothing is left to chance.
          let world = blobPosting(rate: 20, gas: 0, period: period, arrivals: "deterministic")
          return (period: Double(period), cost: costRate(world.run()))
        }.min { $0.cost < $1.cost }?.period
      }
    ])

  /// What a transaction with one blob is charged at 1 gwei, and 1 wei per blob gas: F = 10.
  private static let blobTransactionWei = 21_000 * 1e9 + 131_072

  private static func costRate(_ values: WorldProbe.Values) -> Double {
    let fees = 10 * values["cost_data_wei_per_tx_mean"] / blobTransactionWei
    return 20 * (fees + 0.001 * values["finality_posted_s_mean"])
  }

  /// A world that posts a blob every period.
  ///
  /// Blocks come every 2 s, and a batch closes that long before a period after its first block. At all
  /// these rates nearly every block has transactions, so a batch comes every period. It fits into a blob.
  static func blobPosting(
    rate: Int, gas: UInt64, period: Int, arrivals: String = "poisson"
  ) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet,
      """
      warmup: 128 s
      horizon: 640 s
      workload.arrivals.\(arrivals).rate: \(rate) /s
      workload.classes.transfer.bytes: 50 B
      sequencer: {sealing: interval, block_interval: 2 s}
      poster: {max_bytes: 1 MB, max_age: \(period - 2) s, gas: \(gas) gas}
      """)
  }
}
