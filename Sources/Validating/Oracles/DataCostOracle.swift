extension Oracle {
  /// What the data of OP Mainnet cost in 2024, before blobs and after.
  static let publishedDataCost = Oracle(
    name: "published-data-cost",
    statement: """
      data of a user's transaction of OP Mainnet in 2024: 1.76e14 wei in calldata, to 13 March, mean of 73 days, and \
      1.27e11 wei in blobs, all that was paid to the end of November but on 20 June, to 5 %; at its mean load and gas price of both times, of which 15 % are tips, and blobs below \
      their target; experiment history has each month
      """,
    source:
      "OP Mainnet by day, Optimistic_Rollup_Analysis (CC BY 4.0); Etherscan, mean gas price of each day",
    cases: [
      .range(
        "optimism-bedrock-2023, in calldata", unit: "wei", around(1.76e14),
        differs: .init(7.2e13...7.8e13, because: reason),
        in: world("optimism-bedrock-2023", rate: "4.15", baseFee: "33.7")
      ) { $0["cost_data_wei_per_tx_mean"] },
      .range(
        "optimism-bedrock, in blobs", unit: "wei", around(1.27e11),
        differs: .init(6.2e10...6.8e10, because: reason),
        in: world("optimism-bedrock", rate: "7.73", baseFee: "13.6")
      ) { $0["cost_data_wei_per_tx_mean"] },
      .range(
        "in blobs, with the bytes of the time before", unit: "wei", around(1.27e11),
        in: world("optimism-bedrock", rate: "7.73", baseFee: "13.6", "poster.compression: 1.19")
      ) { $0["cost_data_wei_per_tx_mean"] },
    ])

  private static let reason =
    "a transaction of the base mix leaves 136 B, where the median day in calldata paid for 270 B"

  private static func around(_ published: Double) -> ClosedRange<Double> {
    0.95 * published...1.05 * published
  }

  private static func world(
    _ system: String, rate: String, baseFee: String, _ other: String = "{}"
  ) -> WorldProbe {
    WorldProbe(
      "{system: \(system), settlement: ethereum-dencun, warmup: 1 h, horizon: 5 h}",
      """
      workload.arrivals.poisson.rate: \(rate) /s
      settlement.base_fee: \(baseFee) gwei
      settlement.demand: {reference_fee: \(baseFee) gwei, volatility: 0}
      settlement.blob_base_fee: 1 wei
      settlement.blob_demand: {level: 0.6, saturation: 1, volatility: 0}
      bridge: {challenge_window: 1 min, prove_delay: 1 min}
      """, other)
  }
}
