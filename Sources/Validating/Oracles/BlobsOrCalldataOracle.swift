extension Oracle {
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
}
