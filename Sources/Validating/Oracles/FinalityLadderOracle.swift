extension Oracle {
  /// Stages of finality of the preset systems beside what their operators publish.
  static let finalityLadder = Oracle(
    name: "finality-ladder",
    statement: """
      the median over transactions, from submission, lies in the published range; a rough figure is a \
      range of half its last digit; presets as they are, mean over 10 replications
      """,
    source: """
      OP Stack, Arbitrum, ZKsync, Hermez and Polygon docs; zkSync FAQ of 2020; StarkNet in 2022: Flipside and \
      StarkEx docs
      """,
    cases: [
      .range("optimism-fault-proofs, block", unit: "s", 0...2, in: optimism) {
        $0["finality_soft_s_p50"]
      },
      .range(
        "optimism-fault-proofs, data in a block: 5 to 10 min", unit: "s", 300...600, in: optimism
      ) {
        $0["finality_included_s_p50"]
      },
      .range(
        "optimism-fault-proofs, that block final: 20 to 30 min", unit: "s", 1200...1800,
        in: optimism
      ) { $0["finality_settled_s_p50"] },
      .range("optimism-fault-proofs, withdrawal: 7 d", unit: "d", 6.95...7.05, in: optimism) {
        $0["finality_withdrawable_s_p50"] / 86_400
      },
      .range("optimism-bedrock, withdrawal: 7 d", unit: "d", 6.95...7.05, in: bedrock) {
        $0["finality_withdrawable_s_p50"] / 86_400
      },
      .range("arbitrum-nitro, block", unit: "s", 0...0.25, in: arbitrum) {
        $0["finality_soft_s_p50"]
      },
      .range(
        "arbitrum-nitro-2024, withdrawal: 6.4 d and 1 h", unit: "d", 6.35...6.45 + 1.0 / 24,
        in: WorldProbe("system: arbitrum-nitro-2024", twentyMinutes)
      ) { $0["finality_withdrawable_s_p50"] / 86_400 },
      .range(
        "starknet-2022, proof: 1 to 3 h", unit: "s", 3600...10_800,
        in: WorldProbe("{system: starknet-2022, poster.max_bytes: 1000 MB}", twentyMinutes)
      ) { $0["finality_proven_s_p50"] },
      .range(
        "zksync-era-2023, execution: 24 h", unit: "s", 84_600...88_200,
        in: WorldProbe("system: zksync-era-2023", twentyMinutes)
      ) { $0["finality_withdrawable_s_p50"] },
      .range(
        "zksync-era, execution: 3 h", unit: "s", 9000...12_600,
        in: WorldProbe("system: zksync-era", twentyMinutes)
      ) { $0["finality_withdrawable_s_p50"] },
      .range(
        "starkex-dydx, proof: 2 to 16 h", unit: "s", 7200...57_600,
        in: WorldProbe("system: starkex-dydx", twentyMinutes)
      ) { $0["finality_proven_s_p50"] },
      .range(
        "hermez-1, batch: 45 s to 30 min", unit: "s", 45...1800,
        in: WorldProbe("system: hermez-1", twentyMinutes)
      ) { $0["finality_proven_s_p50"] },
      .range(
        "polygon-zkevm, proof: 30 min", unit: "s", 1500...2100,
        differs: .init(
          720...840, because: "defaults of the node, a proof each 413 s; mainnet's were not found"),
        in: WorldProbe("system: polygon-zkevm", twentyMinutes)
      ) { $0["finality_proven_s_p50"] },
      .range(
        "zksync-lite, proof: 10 min", unit: "s", 300...900,
        in: WorldProbe("system: zksync-lite", twentyMinutes)
      ) { $0["finality_proven_s_p50"] },
      .range(
        "zksync-lite, withdrawal: at most 7 h", unit: "s", 0...25_200,
        in: WorldProbe("system: zksync-lite", twentyMinutes)
      ) { $0["finality_withdrawable_s_p95"] },
    ])

  /// At the load of OP Mainnet in 2024, some 430,000 transactions a day.
  private static let optimism = WorldProbe(
    "system: optimism-fault-proofs", "workload.arrivals.poisson.rate: 5 /s",
    "{warmup: 10 min, horizon: 130 min}")
  private static let bedrock = WorldProbe("system: optimism-bedrock", twentyMinutes)
  private static let arbitrum = WorldProbe("system: arbitrum-nitro", twentyMinutes)
  private static let twentyMinutes = "{warmup: 10 min, horizon: 30 min}"
}
