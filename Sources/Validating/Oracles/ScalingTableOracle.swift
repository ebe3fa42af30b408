extension Oracle {
  /// How much more a rollup carries than its chain: the table that the field quotes.
  static let scalingTable = Oracle(
    name: "scaling-table",
    statement: """
      gain = L1 gas / (16 bytes) * 12/12.5: a batch of 750,000 B of calldata and 500,000 gas fills a \
      block; to one decimal, published cut to whole numbers as 105, 187, 428, 77, 570
      """,
    source: "Buterin 2021, An Incomplete Guide to Rollups",
    cases: applications.map { name, bytes, gas, gain in
      .exact("\(name), \(bytes) B", unit: "1", gain) {
        let gasPerTransaction = fullBlock(of: bytes).run()["cost_data_wei_per_tx_mean"]
        return (gas / gasPerTransaction).rounded(to: 1)
      }
    } + [
      .exact("transfers in a batch", unit: "1", 62_500) {
        fullBlock(of: 12).run()["batch_size_tx_mean"]
      },
      .exact("transfers per second at 13 s, cut off", unit: "1/s", 4807) {
        fullBlock(of: 12).run()["throughput_capacity_data_tx_per_s"].rounded(.down)
      },
    ])

  private static let applications = [
    ("ETH transfer", 12, 21_000.0, 105.0), ("ERC-20 transfer", 16, 50_000, 187.5),
    ("Uniswap trade", 14, 100_000, 428.6), ("private withdrawal, optimistic", 296, 380_000, 77.0),
    ("private withdrawal, ZK", 40, 380_000, 570.0),
  ]

  /// A world whose batches fill blocks, at one wei per gas.
  ///
  /// The 500,000 gas beside data contain the 21,000 of any transaction.
  private static func fullBlock(of bytes: Int) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet,
      """
      phases: aligned
      warmup: 0 s
      horizon: 10 s
      workload.arrivals.deterministic.rate: 10000 /s
      workload.classes.transfer.bytes: \(bytes) B
      poster: {carrier: calldata, max_bytes: 750 kB, calldata_bytes: 750 kB, gas: 479 kgas}
      settlement: {slot: 13 s, gas_limit: 12.5 Mgas, transaction_gas: 12.5 Mgas, base_fee: 1 wei}
      """)
  }
}
