import Ledger
import Rollup

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Oracle {
  /// What users pay for data, how that follows what data costs, and what is left of it.
  static let dataFees = Oracle(
    name: "data-fees",
    statement: """
      30 bytes that are not zero, 1 gwei and the scalars of op-geth's test cost 3.71e12 wei by Bedrock with an \
      overhead of 50, 960,900 by Ecotone; Fjord charges 100 B at least and 126.3874 B for 202 B of FastLZ. Base fee \
      20 gwei and blob base fee 5 gwei are 21 gwei for gas and 0.675 gwei for data gas on Starknet, where 16 words, \
      of them 14 of 7 contracts, take 6,392 gas of calldata. Of reports of U units that cost c each, ArbOS has a \
      surplus S and a price c + p with S' = S + U p, p' = p - (S'/E + p) U / (E/i + U): from S = 0 it is U p (x^n - \
      y^n) / (x - y), x and y the roots of z^2 - (2 - k - k U/E) z + 1 - k, k = U / (E/i + U). Scalars that are set \
      by what the last hour cost recover its 1 + margin. A load of F / (r - v) pays for F, with r from a transaction \
      and v for it. OP Mainnet earned 16 and paid 14 million USD in the first quarter of 2024, and 38.551 and 22.353 \
      ETH a day in the 30 days to 2023-09-20; Arbitrum One had 39.1 thousand ETH of fees from 2023-03 to 2024-03, \
      27.2 of which were for data, and earned 311.82 and paid 200.33 ETH in 2022-09. 100.01 USD last for 10 USD/h \
      until 36,003.6 s, and the next slot
      """,
    source: """
      ethereum-optimism/op-geth, rollup_cost_test.go; OP Stack specification, Fjord; OffchainLabs/nitro, \
      arbos/l1pricing/l1pricing.go; matter-labs/zksync-era, fee_model.rs and gas_adjuster/mod.rs; \
      starkware-libs/sequencer, l1_gas_price_provider.rs, utils.rs and gas_usage.rs; break-even analysis; Messari, \
      State of Optimism Q1 2024, as reported on 2024-05-18; Arbitrum DAO, Annual Report 2024, p. 7; \
      ethereum-optimism/op-analytics at f66cdb0b and 65d6b868; Etherscan, gas price
      """,
    detects: 0.05, cases: vectors + worlds + publishedMonths)

  private static let vectors: [Case] = [
    vector("Bedrock", 3_710_000_000_000, .bedrock, 30, overhead: 50, 7_000_000_000_000_000),
    vector("Ecotone", 960_900, .ecotone, 30, testPrice),
    vector("Fjord, the least", 3_203_000, .fjord, 31, testPrice),
    vector("Fjord, 202 B", 4_048_188, .fjord, 202, testPrice),
    vector(
      "Era", 801_008_000_100, .era, 100,
      eraPrice(baseFee: 1_000_000_000, blobBaseFee: 10_000_000) { $0.batchBytes = 99_999 }),
    vector(
      "Era with its settings of 2024-10", 18_597_750_000, .era, 1,
      eraPrice(baseFee: 10_000_000_000, blobBaseFee: 1_000_000) {
        $0.batchBytes = 500_000
        ($0.baseFeeFactor, $0.blobFeeFactor) = (1.06, 1.5)
        ($0.priorityFee, $0.leastGasPrice) = (1_000_000_000, 45_250_000)
      }),
    starknet("Starknet, gas", 21_000_000_000, .calldata),
    starknet("Starknet, data gas", 675_000_000, .blobs),
    .exact("Starknet, 16 words in calldata", unit: "gas", 6392) {
      Double(StarknetDataPrice.gas(words: 16, contracts: 7, in: .calldata))
    },
    surplus(after: 10), surplus(after: 100), surplus(after: 400),
  ]

  private static let worlds: [Case] = [
    .exact("recovery with a margin of 0.2", unit: "1", 1.2) {
      adjusted.run()["profit_data_recovery"].rounded(to: 2)
    },
    .mean("costs over income at break-even", unit: "1", 1, in: breakEven) {
      1 - $0["profit_margin"]
    },
    incomeOverCosts("OP Mainnet 2024-Q1", 0.57...2.29, in: january),
    incomeOverCosts("Arbitrum One 2023-03 to 2024-03", 0.72...2.87, in: arbitrum),
    .exact("until the cash is gone", unit: "s", 36_012) { broke.run()["profit_failed_s"] },
    .exact("working capital then", unit: "USD", 100.03) {
      broke.run()["profit_lowest_usd"].rounded(to: 2)
    },
  ]

  private static let testPrice = DataFeeRate.byte(
    baseFee: 1_000_000_000, scalar: 2, blobBaseFee: 10_000_000, blobScalar: 3)

  private static func eraPrice(
    baseFee: UInt64, blobBaseFee: UInt64, _ change: (inout EraDataPrice) -> Void
  ) -> UInt128 {
    var price = EraDataPrice()
    change(&price)
    return price.price(of: [ObservedFees(baseFee: baseFee, blobBaseFee: blobBaseFee)])
  }

  private static func starknet(
    _ name: String, _ expected: Double, _ carrier: DataCarrier
  ) -> Case {
    .exact(name, unit: "wei", expected) {
      let fees = ObservedFees(baseFee: 20_000_000_000, blobBaseFee: 5_000_000_000)
      return Double(StarknetDataPrice().price(in: carrier, of: [fees]))
    }
  }

  private static func vector(
    _ name: String, _ expected: Double, _ rule: DataFees.Policy.Rule, _ bytes: UInt64,
    overhead: UInt64 = 0, _ price: UInt128
  ) -> Case {
    .exact(name, unit: "wei", expected) {
      DataFeeRate(rule: rule, overhead: overhead, price: price).fee(bytes: bytes).asDouble
    }
  }

  // MARK: ArbOS

  /// Batches of 100 kB that cost 15 gwei a unit, at first paid with twice that; in 1e-6 ETH.
  private static func surplus(after count: Int) -> Case {
    let (units, cost) = (1_600_000.0, 15e9)
    let equilibration = 160e6
    let share = units / (equilibration / 10 + units)
    let trace = 2 - share - share * units / equilibration
    let root = (trace * trace - 4 * (1 - share)).squareRoot()
    let (x, y) = ((trace + root) / 2, (trace - root) / 2)
    let expected = units * cost * (pow(x, Double(count)) - pow(y, Double(count))) / (x - y)
    return .exact(
      "surplus after \(count) reports", unit: "ETH", (expected / 1e12).rounded() / 1e6
    ) {
      var policy = DataFees.Policy.baseCase
      policy.reward = 0
      policy.unitPrice = UInt64(2 * cost)
      var price = UnitPrice(policy)
      for number in 1...Int64(count) {
        price.collect(Wei(gas: UInt64(units), price: price.price), units: UInt64(units))
        _ = price.report(Wei(Int128(units * cost)), posted: 60 * number, now: 60 * number)
      }
      return (price.surplus.asDouble / 1e12).rounded() / 1e6
    }
  }

  // MARK: Worlds

  private static let adjusted = WorldProbe(
    WorldProbe.quiet,
    """
    warmup: 20 h
    horizon: 120 h
    sequencer: {sealing: interval, block_interval: 10 s}
    workload.arrivals.deterministic.rate: 0.05 /s
    poster: {carrier: calldata, max_age: 5 min}
    data_fees: {rule: ecotone, zero_bytes: 0, adjust_interval: 1 h, margin: 0.2}
    """)

  /// A transaction a batch: it brings 63,000 gwei and costs 22,600; 36.36 USD/h are earned with 360 of them.
  private static let breakEven = WorldProbe(
    WorldProbe.quiet,
    """
    warmup: 1 h
    horizon: 51 h
    prices.eth: 2500 USD
    settlement.calldata_floor: no
    workload.arrivals.poisson.rate: 0.1 /s
    poster: {carrier: calldata, max_bytes: 100 B}
    proposer: {interval: 100 h}
    sequence: post_and_assert
    fees.l2_gas_price: 3 gwei
    operator.nodes: 36.36 USD/h
    """)

  /// January 2024: 11,133,869 transactions of users at a mean price of 26.44 gwei on Ethereum.
  ///
  /// Daily counts have 12,473,069. They count the deposit by which the system tells each block of its origin, 43,200 a
  /// day in blocks of 2 s, which nobody sends, pays for or posts.
  private static let january = WorldProbe(
    """
    system: optimism-bedrock-2023
    settlement: {chain: ethereum-merge, fee_rule: constant, base_fee: 26.44 gwei}
    warmup: 1 h
    horizon: 7 h
    workload.arrivals.poisson.rate: 4.157 /s
    data_fees: {rule: bedrock, zero_bytes: 0.3}
    """)

  /// Calldata at 35.3 gwei, the mean of those months on Ethereum, and a reward of 2 gwei a unit.
  private static let arbitrum = WorldProbe(
    """
    system: arbitrum-nitro-2022
    settlement: {chain: ethereum-merge, fee_rule: constant, base_fee: 35.3 gwei}
    warmup: 1 h
    horizon: 7 h
    workload.arrivals.poisson.rate: 10 /s
    data_fees: {rule: arbos, unit_price: 15 gwei, reward: 2 gwei}
    """)

  private static let broke = WorldProbe(
    WorldProbe.quiet,
    """
    warmup: 0 s
    horizon: 20 h
    phases: aligned
    prices.eth: 2500 USD
    workload.arrivals.deterministic.rate: 0.06 /h
    operator: {nodes: 10 USD/h, cash: 100.01 USD}
    """)
}
