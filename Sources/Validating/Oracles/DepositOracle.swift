extension Oracle {
  /// How long deposits take.
  static let depositDelay = Oracle(
    name: "deposit-delay",
    statement: """
      half a slot for the block and n blocks of 12 s on top: n = 20 in arbitrum-nitro (240 s), 12 in \
      Arbitrum Classic; with missed slots and other users in optimism-bedrock minutes, at most 12 h
      """,
    source: "Nitro, delayed_sequencer.go; Arbitrum Classic docs; OP Stack, sequencing window",
    detects: 0.001,
    cases: [
      .mean(
        "arbitrum-nitro, 20 blocks", unit: "s", 6 + 240,
        in: WorldProbe("system: arbitrum-nitro", WorldProbe.quiet, deposits)
      ) { $0["deposit_credit_s_mean"] },
      .mean(
        "12 blocks", unit: "s", 6 + 144,
        in: WorldProbe(WorldProbe.quiet, deposits, "deposits.confirmations: 12")
      ) { $0["deposit_credit_s_mean"] },
      .range(
        "optimism-bedrock: minutes, at most 12 h", unit: "s", 60...43_200,
        differs: .init(
          54...56, because: "the preset has the 4 confirmations of the base case, an assumption"),
        in: WorldProbe("system: optimism-bedrock", deposits)
      ) { $0["deposit_credit_s_mean"] },
    ])

  private static let deposits = """
    warmup: 10 min
    horizon: 130 min
    workload.arrivals.poisson.rate: 0.01 /s
    deposits.rate: 0.05 /s
    """
}
