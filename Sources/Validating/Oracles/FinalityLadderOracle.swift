extension Oracle {
  /// Stages of finality of the preset systems beside what their operators publish.
  static let finalityLadder = Oracle(
    name: "finality-ladder",
    statement: """
      the median over transactions, from submission, lies in the published range; a rough figure is a \
      range of half its last digit; presets as they are, mean over 10 replications
      """,
    source: "OP Stack, Arbitrum and ZKsync docs; StarkNet in 2022: Flipside and StarkEx docs",
    cases: [
      .range("optimism-bedrock, block", unit: "s", 0...2, in: optimism) {
        $0["finality_soft_s_p50"]
      },
      .range(
        "optimism-bedrock, data in a block: 5 to 10 min", unit: "s", 300...600,
        differs: .init(
          220...250,
          because: """
            the preset closes a batch at the age of 450 s, the middle of the range, and the median \
            transaction waits for half of that
            """), in: optimism
      ) { $0["finality_included_s_p50"] },
      .range(
        "optimism-bedrock, that block final: 20 to 30 min", unit: "s", 1200...1800,
        differs: .init(
          1150...1199,
          because: "16 min pass from the block to its finality, and less than 4 before it, as above"
        ),
        in: optimism
      ) { $0["finality_settled_s_p50"] },
      .range(
        "optimism-bedrock, withdrawal: 7 d", unit: "d", 6.95...7.05, in: optimism
      ) { $0["finality_withdrawable_s_p50"] / 86_400 },
      .range("arbitrum-nitro, block", unit: "s", 0...0.25, in: arbitrum) {
        $0["finality_soft_s_p50"]
      },
      .range(
        "arbitrum-nitro, withdrawal: 6.4 d and 1 h", unit: "d", 6.35...6.45 + 1.0 / 24, in: arbitrum
      ) { $0["finality_withdrawable_s_p50"] / 86_400 },
      .range(
        "starknet with an update every 2 h as in 2022, proof: 1 to 3 h", unit: "s", 3600...10_800,
        in: WorldProbe(
          "{system: starknet, poster.max_age: 2 h, poster.max_bytes: 1000 MB}", twentyMinutes)
      ) { $0["finality_proven_s_p50"] },
      .range(
        "zksync-era in 2023, execution: 24 h", unit: "s", 84_600...88_200,
        differs: .init(89_000...91_000, because: delayAlone),
        in: WorldProbe("{system: zksync-era, bridge.execution_delay: 86400 s}", twentyMinutes)
      ) { $0["finality_withdrawable_s_p50"] },
      .range(
        "zksync-era, execution: 3 h", unit: "s", 9000...12_600,
        differs: .init(14_000...15_000, because: delayAlone),
        in: WorldProbe("system: zksync-era", twentyMinutes)
      ) { $0["finality_withdrawable_s_p50"] },
    ])

  private static let delayAlone = """
    the published figure equals the execution delay; a batch of minutes and a proof of an hour, of \
    which the same source speaks, come before it
    """

  private static let optimism = WorldProbe(
    "system: optimism-bedrock", "{warmup: 10 min, horizon: 130 min}")
  private static let arbitrum = WorldProbe("system: arbitrum-nitro", twentyMinutes)
  private static let twentyMinutes = "{warmup: 10 min, horizon: 30 min}"
}
