extension Oracle {
  /// What data costs on the chain, by its bytes.
  static let calldataGas = Oracle(
    name: "calldata-gas",
    statement: """
      21000 + 16 per byte, 4 per zero byte; with a floor 21000 + 40 and 10 where data is all there is
      """,
    source: "EIP-2028 and EIP-7623",
    cases: [
      ("ethereum-dencun", 0, 181_000.0), ("ethereum-dencun", 1, 61_000),
      ("ethereum-pectra", 0, 421_000), ("ethereum-pectra", 1, 121_000),
    ].map { chain, zeros, expected in
      .exact("\(chain), 10,000 B, zero: \(zeros == 1)", unit: "gas", expected) {
        WorldProbe(
          "settlement: \(chain)", WorldProbe.quiet,
          """
          phases: aligned
          warmup: 0 s
          horizon: 5 s
          workload.arrivals.deterministic.rate: 1 /s
          workload.classes.transfer.bytes: 10 kB
          poster: {carrier: calldata, max_bytes: 10 kB, zero_bytes: \(zeros)}
          settlement.base_fee: 1 wei
          """
        ).run()["cost_data_wei_per_tx_mean"]
      }
    })
}
