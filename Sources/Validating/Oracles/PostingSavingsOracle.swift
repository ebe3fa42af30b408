extension Oracle {
  /// What is published of waiting for low fees, and where the model gives as much.
  static let postingSavings = Oracle(
    name: "posting-savings",
    statement: """
      waiting for low fees saves 8 % of the cost of posting at once with a short queue, and 29 % with one that matters \
      moderately, to a quarter: here where posts have no fixed cost and the logarithm of the base fee reverts in an \
      hour, with a deviation of 0.34, as from day to day in 2022 to 2024, at 0.05 USD/h for each transaction, and with \
      twice that at 0.07 USD/h; neither the fees nor the price of delay behind the figures are published
      """,
    source: "Mamageishvili & Felten 2022, arXiv 2212.10337 (abstract)",
    cases: [
      .range("saved with a short queue", unit: "%", 6...10) { seed, replication in
        saved(volatility: 0.17, price: 0.05, seed, replication)
      },
      .range("saved with a longer one", unit: "%", 21.75...36.25) { seed, replication in
        saved(volatility: 0.34, price: 0.07, seed, replication)
      },
    ])

  /// Percent of the cost of data that the best threshold saves beside posting each batch at once.
  private static func saved(
    volatility: Double, price: Double, _ seed: UInt64, _ replication: UInt64
  ) -> Double {
    func cost(_ policy: String) -> Double {
      WorldProbe(
        """
        settlement: ethereum-merge
        settlement.demand: {reversion: 1 h, volatility: \(volatility)}
        settlement.competition.rule: expected
        settlement.gas_per_transaction: 0 gas
        workload.arrivals.poisson.rate: 0.2 /s
        bid.tip: 0 gwei
        bridge.challenge_window: 1 min
        warmup: 6 h
        horizon: 54 h
        """,
        """
        poster:
          {carrier: calldata, max_bytes: 100 kB, calldata_bytes: 100 kB, gas: 0 gas, overhead_bytes: 0 B,
          max_age: 1 min, deadline: 12 h, policy: \(policy), delay_cost: \(price) USD/h,
          expected_fee: 25.4 gwei, fee_volatility: \(2 * volatility), fee_reversion: 1 h}
        """
      ).run(seed: seed, replication: replication)["cost_data_wei_per_tx_mean"]
    }
    return 100 * (1 - cost("cost_of_delay") / cost("immediate"))
  }
}
