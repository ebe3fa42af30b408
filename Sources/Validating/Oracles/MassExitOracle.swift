extension Oracle {
  /// A crowd leaves as fast as blocks have room for it.
  static let massExit = Oracle(
    name: "mass-exit",
    statement: """
      n users who leave at once by g gas each, beside others who take a share s of blocks of L gas and are not \
      outbid, take ⌈n / ⌊(1 - s) L / g⌋⌉ blocks; where a contract takes c in a block, ⌈n / c⌉
      """,
    source: "EIP-1559; StarkEx, MAX_FORCED_ACTIONS_REQS_PER_BLOCK",
    cases: [
      crowd(others: 0, kilogas: 500), crowd(others: 0.5, kilogas: 500),
      crowd(others: 0.8, kilogas: 1000),
      .exact("10 in a block", unit: "s", 999 * 12) { run(others: 0, kilogas: 500, perBlock: 10) },
    ])

  private static func crowd(others: Double, kilogas: Int) -> Case {
    let perBlock = ((1 - others) * 36_000 / Double(kilogas)).rounded(.down)
    let blocks = (10_000 / perBlock).rounded(.up)
    return .exact("s = \(others), \(kilogas) kgas", unit: "s", (blocks - 1) * 12) {
      run(others: others, kilogas: kilogas)
    }
  }

  /// Time from the first exit to the last [s].
  private static func run(others: Double, kilogas: Int, perBlock: Int = 0) -> Double {
    WorldProbe(
      WorldProbe.quietChain, WorldProbe.quietRollup,
      """
      phases: aligned
      warmup: 0 s
      horizon: 1 h
      workload.arrivals.deterministic.rate: 2 /h
      sequence: post_and_assert
      settlement.gas_limit: 36 Mgas
      settlement.demand.level: \(others * 2)
      settlement.demand.volatility: 0
      settlement.demand.elasticity: 0
      exits:
        {users: 10000, rule: forced, gas: \(kilogas) kgas, per_block: \(perBlock), at: 0 s,
        hesitation: 0 s, balance: 1000 USD, tip_share: 0, patience: 1 d}
      """
    ).run()["exit_run_s"]
  }
}
