extension Oracle {
  /// How long deposits take.
  static let depositDelay = Oracle(
    name: "deposit-delay",
    statement: """
      half a slot for the block and n blocks of 12 s on top: 20 that Nitro waits for without merge \
      finality (240 s), 12 in Arbitrum Classic; with missed slots and other users in optimism-bedrock minutes, at most 12 h
      """,
    source: "Nitro, delayed_sequencer.go; Arbitrum Classic docs; OP Stack, sequencing window",
    detects: 0.001,
    cases: [
      .mean(
        "20 blocks", unit: "s", 6 + 240,
        in: WorldProbe(WorldProbe.quiet, deposits, "deposits.confirmations: 20")
      ) { $0["deposit_credit_s_mean"] },
      .mean(
        "12 blocks", unit: "s", 6 + 144,
        in: WorldProbe(WorldProbe.quiet, deposits, "deposits.confirmations: 12")
      ) { $0["deposit_credit_s_mean"] },
      .range(
        "optimism-bedrock: minutes, at most 12 h", unit: "s", 60...43_200,
        differs: .init(
          54...56, because: "4 confirmations, op-node's default, are less than one minute"),
        in: WorldProbe("system: optimism-bedrock", deposits)
      ) { $0["deposit_credit_s_mean"] },
    ])

  /// How long they take where the rollup waits for the safe head.
  static let safeDeposits = Oracle(
    name: "deposit-safe",
    statement: """
      arbitrum-nitro, whose deposits wait for the safe head, which is the justified checkpoint: half a slot \
      for the block and (64 - i) slots from slot i > 0 of its epoch, 32 from slot 0, on average 570 s
      """,
    source: "Nitro, delayed_sequencer.go; consensus-specs: process_justification_and_finalization",
    detects: 0.01,
    cases: [
      .mean(
        "mean", unit: "s", 6 + 570,
        in: WorldProbe(
          "system: arbitrum-nitro", WorldProbe.quiet, deposits, "settlement.finality: epochs")
      ) { $0["deposit_credit_s_mean"] }
    ])

  private static let deposits = """
    warmup: 10 min
    horizon: 130 min
    workload.arrivals.poisson.rate: 0.01 /s
    deposits.rate: 0.05 /s
    """
}
