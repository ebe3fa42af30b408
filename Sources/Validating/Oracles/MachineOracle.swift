extension Oracle {
  /// How often machines are there, and what is left behind when they are not.
  static let machines = Oracle(
    name: "machines",
    statement: """
      A machine is there for MTBF / (MTBF + MTTR) of the time, here 3/4; one of n that fail by themselves with \
      probability 1 - (1/4)^n; a bug that is there a tenth of the time takes all down at once where they run one \
      implementation, 0.9 (1 - (1/4)^2), and each by itself where they run two, 1 - (1 - 0.9 · 3/4)^2. After an outage \
      of d = 600 s, 20 arrive and 50 fit each second: backlog lambda d, gone after lambda d / (mu - lambda), mean extra \
      delay of those who meet it d/2. Arbitrum One had 284 confirmed and not posted on 2022-01-09: 1.18 a second for \
      240 s, and readers who execute 60 of 95 a second for 15 minutes were 525 s behind where OP said minutes, on \
      2023-04-26; of four implementations with a bug a quarter of the time more than two agree on \
      invalid blocks with 4 (1/4)^3 3/4 + (1/4)^4; re-orgs of geometric depth m, at a share p of blocks, take back p m q^c of what is confirmed \
      c blocks behind the tip, q = 1 - 1/m
      """,
    source: """
      Ross, Introduction to Probability Models (alternating renewal processes); fluid limit of a queue; Offchain Labs, \
      Today's Arbitrum sequencer downtime; OP Labs, 4/26 Transaction Delays Post-Mortem; memoryless depth
      """,
    detects: 0.2,
    cases: [
      failing("one machine", 0.75, "sequencers: 1"),
      failing("one of two", 1 - 1.0 / 16, "sequencers: 2"),
      failing("one of three", 1 - 1.0 / 64, "sequencers: 3"),
      failing(
        "two with one implementation", 0.9 * 15 / 16,
        "sequencers: 2, implementations: 1, bug_interval: 9 h, bug_repair: {exponential: {mean: 1 h}}"
      ),
      failing(
        "two with two implementations", 1 - 0.325 * 0.325,
        "sequencers: 2, implementations: 2, bug_interval: 9 h, bug_repair: {exponential: {mean: 1 h}}"
      ),
      .mean(
        "a bug in all of three", unit: "1", 0.1,
        in: WorldProbe(
          WorldProbe.quiet, long,
          "nodes: {sequencers: 3, implementations: 1, bug_interval: 9 h, bug_repair: {exponential: {mean: 1 h}}}"
        )
      ) { $0["availability_supermajority_bug_share"] },
      .mean("largest backlog", unit: "1", 12_000, in: outage) {
        $0["availability_backlog_count_max"] + 50
      },
      .mean("time to clear it", unit: "s", 400, in: outage) { $0["availability_clear_s_mean"] },
      .mean("mean extra delay", unit: "s", 300, in: outage) { values in
        // What is offered in an hour, of which 20 a second meet it for 1,000 s; half a block is usual.
        (values["finality_soft_s_mean"] - 0.5) * 3600 / 1000
      },
      .mean(
        "not posted, Arbitrum 2022-01-09", unit: "1", 1.18 * 240,
        in: WorldProbe(
          """
          system: arbitrum-classic
          settlement: ethereum-pow
          workload.arrivals.poisson.rate: 1.18 /s
          warmup: 0 s
          horizon: 1 h
          phases: aligned
          poster: {policy: interval, interval: 240 s}
          nodes.outage: {hits: all, at: 1920 s, duration: 600 s}
          """)
      ) { $0["availability_unposted_count_mean"] },
      .mean("most that readers are behind, OP 2023-04-26", unit: "s", 525, in: surge) {
        $0["finality_soft_s_max"]
      },
      reorganised(0, 0.003), reorganised(2, 0.003 * 4 / 9),
      disagreeing("invalid, one implementation", unit: "1", 0.25, 1) { $0["invalid_share"] },
      disagreeing("time that invalid ones stand", unit: "s", 3600, 1) { $0["invalid_s_mean"] },
      disagreeing("invalid, more than two of four", unit: "1", 13.0 / 256, 4) {
        $0["availability_supermajority_bug_share"]
      },
    ])

  /// A committee of four whose implementations have bugs a quarter of the time, in which those that have one agree.
  private static func disagreeing(
    _ name: String, unit: String, _ expected: Double, _ implementations: Int,
    read: @escaping @Sendable (WorldProbe.Values) -> Double
  ) -> Case {
    .mean(
      name, unit: unit, expected,
      in: WorldProbe(
        WorldProbe.quiet,
        """
        warmup: 10 h
        horizon: 410 h
        settlement.slot: 1 min
        workload.arrivals.deterministic.rate: 0.01 /s
        sequencer: {sealing: interval, block_interval: 1 min}
        sequencer.set: {kind: bft, members: 4}
        nodes: {sequencers: 4, implementations: \(implementations), bug_interval: 3 h, \
        bug_repair: {exponential: {mean: 1 h}}, bug_effect: disagrees}
        """), read: read)
  }

  /// Readers of a rollup who execute 60 a second, while 8 a second become 95 for a quarter of an hour.
  private static let surge = WorldProbe(
    WorldProbe.quiet,
    """
    warmup: 0 s
    horizon: 2 h
    workload.arrivals.poisson.rate: 95 /s
    workload.mix: {transfer: 8, token_transfer: 87}
    workload.classes.token_transfer: {gas: 21000 gas, bytes: 100 B, begins: 30 min, ends: 45 min}
    sequencer: {sealing: interval, block_interval: 1 s, block_transactions: 60}
    """)

  /// The share of confirmations that is given up where blocks are built so far behind the tip.
  private static func reorganised(_ confirmations: Int, _ expected: Double) -> Case {
    .mean(
      "given up in re-orgs, c = \(confirmations)", unit: "1", expected,
      in: WorldProbe(
        WorldProbe.quiet,
        """
        warmup: 1 h
        horizon: 251 h
        workload.arrivals.deterministic.rate: 0.1 /s
        sequencer: {sealing: interval, block_interval: 10 s}
        poster.max_age: 5 min
        settlement: {finality: epochs, reorgs: {probability: 0.001, depth: 3}}
        origins: {follow: yes, confirmations: \(confirmations)}
        """)
    ) { $0["origin_lost_share"] }
  }

  private static let long = """
    warmup: 10 h
    horizon: 210 h
    settlement.slot: 2 min
    workload.arrivals.poisson.rate: 0.001 /s
    """

  private static func failing(_ name: String, _ expected: Double, _ nodes: String) -> Case {
    .mean(
      name, unit: "1", expected,
      in: WorldProbe(
        WorldProbe.quiet, long,
        "nodes: {up: 3 h, repair: {exponential: {mean: 1 h}}, \(nodes)}")
    ) { $0["availability_sequencer_share"] }
  }

  /// Ten minutes without a sequencer.
  private static let outage = WorldProbe(
    WorldProbe.quiet,
    """
    warmup: 0 s
    horizon: 1 h
    workload.arrivals.poisson.rate: 20 /s
    sequencer: {sealing: interval, block_interval: 1 s, block_transactions: 50}
    nodes.outage: {hits: sequencer, at: 1200 s, duration: 600 s}
    """)
}
