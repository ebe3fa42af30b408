import Ledger

extension Oracle {
  /// Where the price of layer 2 gas comes to rest among users who pay so much and no more.
  static let gasMarket = Oracle(
    name: "gas-market",
    statement: """
      a full block of elasticity 6 and denominator 250 raises the price by 2 %, an empty one lowers it by 0.4 %, down \
      to 249 wei; three quarters of a block on half of it raise Starknet's by a 96th, and one below its floor rises by \
      a 333rd, up to there. Users offer more than p with (m/p)^2: the price comes to rest where those who pay it use \
      the target, at m sqrt(demand/target), and the others are priced out
      """,
    source: """
      EIP-1559; OP specs, exec-engine.md; Nitro, arbos/l2pricing; starkware-libs/sequencer, fee_market tests; supply \
      and demand
      """,
    detects: 0.02,
    cases: [
      .exact("a full block on OP", unit: "wei/gas", 1_020_000_000) {
        next(after: 1_000_000_000, used: 30_000_000)
      },
      .exact("an empty block on OP", unit: "wei/gas", 996_000_000) {
        next(after: 1_000_000_000, used: 0)
      },
      .exact("OP without users", unit: "wei/gas", 249) {
        var fee = 1_000_000_000.0
        for _ in 0..<10_000 { fee = next(after: UInt64(fee), used: 0) ?? .nan }
        return fee
      },
      .exact("three quarters of a block on Starknet", unit: "fri/gas", 30_312_500_000) {
        nextOnStarknet(used: 3_000_000_000)
      },
      .exact("a quarter of a block on Starknet", unit: "fri/gas", 29_687_500_000) {
        nextOnStarknet(used: 1_000_000_000)
      },
      .exact("half of the floor on Starknet", unit: "fri/gas", 10_030_030_030) {
        nextOnStarknet(after: 10_000_000_000, used: 0, floor: 20_000_000_000)
      },
      .exact("a little below the floor on Starknet", unit: "fri/gas", 10_000_000_000) {
        nextOnStarknet(after: 9_971_000_000, used: 0, floor: 10_000_000_000)
      },
    ]
      + [(2.0, "EIP-1559", eip1559), (2.0, "Starknet", starknet), (4.0, "ArbOS", arbos)]
      .flatMap { excess, name, rule in
        let world = market(demand: excess, rule)
        return [
          Case.mean(
            "price where demand is \(excess.shortest) targets, \(name)", unit: "wei/gas",
            1e8 * excess.squareRoot(), in: world
          ) { $0["fee_l2_wei_per_gas_mean"] },
          Case.mean(
            "share priced out at \(excess.shortest) targets, \(name)", unit: "1", 1 - 1 / excess,
            in: world
          ) { $0["throughput_priced_out_share"] },
        ]
      })

  private static func next(after fee: UInt64, used: UInt64) -> Double? {
    BaseFee.next(after: fee, used: used, target: 30_000_000 / 6, denominator: 250).map {
      Double($0)
    }
  }

  private static func nextOnStarknet(
    after price: UInt64 = 30_000_000_000, used: UInt64, floor: UInt64 = 3_000_000_000
  ) -> Double? {
    BaseFee.nextOnStarknet(
      after: price, used: used, target: 2_000_000_000, denominator: 48, floor: floor
    ).map { Double($0) }
  }

  private static let eip1559 = "{rule: eip1559, block_target: 2.1 Mgas, denominator: 250}"
  private static let starknet = "{rule: starknet, block_target: 2.1 Mgas, denominator: 48}"
  private static let arbos =
    "{rule: arbos, backlog_tolerance: 0 s, gas_targets.1.target: 1.05 Mgas/s, gas_targets.1.window: 102 s}"

  /// Users who ask for so many times the target of 100 transactions a block, each for its own price or not at all.
  private static func market(demand: Double, _ rule: String) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet,
      """
      warmup: 30 min
      horizon: 60 min
      fidelity: individual
      workload.arrivals.poisson.rate: \((50 * demand).shortest) /s
      workload.classes.transfer.max_fee: {pareto: {shape: 2, scale: 0.1 gwei}}
      sequencer: {sealing: interval, block_interval: 2 s, block_gas: 30 Mgas}
      fees: \(rule)
      fees.l2_gas_price: 0.1 gwei
      fees.patience: 0 s
      """)
  }
}
