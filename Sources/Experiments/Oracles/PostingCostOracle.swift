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

  /// F = 10 is what one blob transaction is charged.
  private static func costRate(_ values: WorldProbe.Values) -> Double {
    let batch = blobTransactionWei(gas: 0)
    return 20
      * (10 * values["cost_data_wei_per_tx_mean"] / batch
        + 0.001 * values["finality_posted_s_mean"])
  }

  /// When blobs are cheaper than calldata, delay included.
  static let blobsOrCalldata = Oracle(
    name: "blobs-or-calldata",
    statement: """
      a blob of cost F every sqrt(2F/(aR)) against calldata at once, c per transaction: cost rates \
      are as sqrt(2FaR) to cR, so blobs win from R* = 2Fa/c^2 on; F = 80 c, a = c/8 per s, R* = 20/s
      """,
    source: "economic order quantity; Crapis, Felten, Mamageishvili 2023: high rates prefer blobs",
    detects: 0.01,
    cases: [(5, 16, 2.0), (20, 8, 1.0), (80, 4, 0.5)].map { rate, period, expected in
      let gas: UInt64 = 80 * oneTransactionGas - 21_000
      let blobs = blobPosting(rate: rate, gas: gas, period: period)
      let calldata = WorldProbe(
        WorldProbe.quiet,
        """
        warmup: 0 s
        horizon: 10 s
        workload.arrivals.poisson.rate: \(rate) /s
        poster: {carrier: calldata, max_bytes: 100 B}
        """)
      return .mean("blobs over calldata at \(rate)/s", unit: "1", expected) { seed, replication in
        let blobs = blobs.run(seed: seed, replication: replication)
        let calldata = calldata.run(seed: seed, replication: replication)
        let delayWei = Double(oneTransactionGas) * 1e9 / 8
        func cost(_ values: WorldProbe.Values) -> Double {
          values["cost_data_wei_per_tx_mean"] + delayWei * values["finality_posted_s_mean"]
        }
        return cost(blobs) / cost(calldata)
      }
    })

  /// A settlement transaction with 100 B that are not zero.
  private static let oneTransactionGas: UInt64 = 21_000 + 16 * 100

  /// What a transaction with one blob is charged at 1 gwei, and 1 wei per blob gas.
  private static func blobTransactionWei(gas: UInt64) -> Double {
    Double(21_000 + gas) * 1e9 + 131_072
  }

  /// A world that posts a blob every period.
  ///
  /// Blocks come every 2 s, and a batch closes that long before a period after its first block. At all
  /// these rates nearly every block has transactions, so a batch comes every period. It fits into a blob.
  private static func blobPosting(
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
