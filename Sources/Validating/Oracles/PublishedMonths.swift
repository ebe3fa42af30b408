import Declarations
import EventKernel
import Settlement
import Worlds

extension Oracle {
  /// What operators earned and paid in a month, by OP Labs's figures.
  ///
  /// Months in calldata, when most of what was earned were fees for data, whose rules are simulated. OP Mainnet in
  /// 2024-05 (16,198,897 transactions of users, 474.73 ETH earned and 2.656 paid) is none of them: what it earned, 179
  /// times what it paid, is the price of layer 2 gas, which a scenario says; what its data cost is a matter of
  /// `published-data-cost`.
  /// Source: ethereum-optimism/op-analytics, `demos/devcon2024/processed/all_chains_data_monthly.csv` at f66cdb0b;
  /// `l2_economics/csv_inputs/op_chain_gas_economics_dune_query_2453515_dt2023_09_21_180day.csv` at 65d6b868.
  static let publishedMonths: [Case] = [
    incomeOverCosts("OP Mainnet, 30 days to 2023-09-20", 0.86...3.45, in: optimism),
    .range(
      "fees for data over its cost, OP Mainnet 2023-09-19, within a factor of 2", unit: "1",
      0.52...2.08, in: optimism
    ) {
      $0["profit_data_recovery"]
    },
    incomeOverCosts("Arbitrum One 2022-09", 0.78...3.11, in: arbitrum),
  ]

  /// What an operator earned in a period over what he paid; within a factor of two of what is published.
  static func incomeOverCosts(
    _ period: String, _ range: ClosedRange<Double>, in world: WorldProbe
  ) -> Case {
    .range(
      "income over costs, \(period), within a factor of 2", unit: "1", range, in: world
    ) { 1 / (1 - $0["profit_margin"]) }
  }

  /// Mean price of gas of each day from 2023-08-22 to 2023-09-20 [gwei].
  ///
  /// Source: Etherscan, average gas price, read to a hundredth.
  private static let dailyPrices = [
    36.04, 26.63, 23.91, 27.73, 16.16, 16.16, 32.09, 37.97, 26.99, 26.02,
    21.95, 15.38, 15.19, 19.99, 21.91, 23.36, 22.79, 21.68, 14.21, 13.22,
    26.63, 19.96, 23.83, 22.54, 20.74, 13.80, 12.18, 20.75, 16.49, 18.47,
  ]

  /// 339,260 transactions of users a day, whose batches and claims paid 18.35 gwei for gas in the mean.
  ///
  /// An hour stands for each day, since nothing that is asked for takes longer: claims come by the hour in both. In it
  /// others' demand brings the base fee to the price of the day, by the steps of EIP-1559; prices are scaled so that
  /// their mean and the batcher's tip of 1 gwei are what was paid. Scalar and overhead are those of the base case.
  /// Assumed are the mix of transactions, of 73,300 gas where users used some 420,000, the price of layer 2 gas, of
  /// which the preset has a range, and zero bytes. Windows of the bridge are short, so that runs end soon.
  private static let optimism = WorldProbe(
    [
      """
      system: optimism-bedrock-2023
      warmup: 1 h
      horizon: 31 h
      workload.arrivals.poisson.rate: 3.927 /s
      settlement: {chain: ethereum-merge, base_fee: 28.65 gwei}
      settlement.demand: {reference_fee: 17.35 gwei, volatility: 0}
      bridge: {challenge_window: 1 min, prove_delay: 1 min}
      data_fees: {rule: bedrock, zero_bytes: 0.3}
      """
    ],
    changing: { follow(dailyPrices, of: .hours(1), in: &$0) })

  /// Mean price of gas of each day of 2022-09 [gwei].
  ///
  /// Source: Etherscan, average gas price, read to a hundredth.
  private static let daysOfSeptember = [
    23.61, 17.10, 10.16, 11.43, 14.62, 19.27, 24.17, 27.02, 25.47, 15.15,
    13.28, 21.39, 23.61, 17.08, 23.10, 13.92, 8.87, 11.78, 14.41, 15.55,
    18.64, 14.20, 13.06, 9.08, 10.96, 16.54, 22.61, 19.76, 18.79, 18.85,
  ]

  /// 5,703,764 transactions, at a mean price of 17.12 gwei on Ethereum.
  ///
  /// The whole month, in cohorts, since the price of a unit answers to the units that have passed. Assumed are the mix, the
  /// price of a unit at the start, which is that of calldata, the default of the reward, and the chain after the merge,
  /// which came on the 15th.
  private static let arbitrum = WorldProbe(
    [
      """
      system: arbitrum-nitro-2022
      fidelity: cohort
      settlement: {chain: ethereum-merge, base_fee: 23.61 gwei}
      settlement.demand: {reference_fee: 17.12 gwei, volatility: 0}
      warmup: 1 h
      horizon: 721 h
      workload.arrivals.poisson.rate: 2.2 /s
      data_fees: {rule: arbos, unit_price: 17.12 gwei, reward: 10 wei}
      """
    ], changing: { follow(daysOfSeptember, of: .days(1), in: &$0) })

  /// Has others want so much that the base fee is the price of each day, by the steps of EIP-1559.
  ///
  /// - Parameters:
  ///   - prices: of the days, of which the mean is the reference fee.
  ///   - length: of a day.
  private static func follow(
    _ prices: [Double], of length: SimDuration, in scenario: inout Scenario
  ) {
    let mean = prices.reduce(0, +) / Double(prices.count)
    precondition(
      scenario.settlement.demand.elasticity == 0.5,
      "the root of a price is that of another elasticity")
    scenario.settlement.demand.trace = DemandTrace(
      name: "days",
      steps: prices.enumerated().map { day, price in
        DemandTrace.Step(
          time: .hours(1) + .seconds(Int64(day) * length.wholeSeconds),
          factor: (price / mean).squareRoot())
      })
  }
}
