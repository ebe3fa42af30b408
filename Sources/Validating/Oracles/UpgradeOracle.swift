#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Oracle {
  /// How often keys are lost, and who leaves before what is done with them takes effect.
  static let upgrades = Oracle(
    name: "upgrades",
    statement: """
      A key that is compromised after 3 h in the mean and replaced after 1 h is so for q = 1/4 of the time; m of n are at \
      once for the binomial share; where a share b of compromises hits groups, each group is hit for b / (b + 3) of the \
      time and one key by itself for (1 - b) / (4 - b), which is convolved. Who notices after an exponential time of mean \
      1/a and needs w to leave is out before a delay d with 1 - exp(-a (d - w)), nobody if d <= w, so nobody where a \
      claim can be disputed for 7 d and d is shorter; a council that notices so cancels with 1 - exp(-a d), and a vote \
      with the probability of its quorum. Queued at 100 s, in the slot of 108 s, an upgrade of a delay of 1 h is due \
      at 3,708 s and takes effect in the next slot; one nanosecond decides between who cancels it and who does not
      """,
    source: """
      Ross, Introduction to Probability Models (alternating renewal processes); Fleming 1975 (beta factor); competing \
      exponentials; L2BEAT, exit window; OpenZeppelin, TimelockController
      """,
    detects: 0.3,
    cases: keys + escapes + vetoes + byHand)

  // MARK: Keys

  private static let keys: [Case] = [
    lost("2 of 3 keys", signers: 3, threshold: 2),
    lost("3 of 5 keys", signers: 5, threshold: 3),
    lost("2 of 3, b = 0.5 of all", signers: 3, threshold: 2, common: 0.5, group: 3),
    lost("3 of 4, b = 0.3 of pairs", signers: 4, threshold: 3, common: 0.3, group: 2),
    lost("2 of 3 of a council", signers: 3, threshold: 2, of: "council"),
  ]

  private static func lost(
    _ name: String, signers: Int, threshold: Int, common: Double = 0, group: Int = 1,
    of set: String = "keys"
  ) -> Case {
    let world = WorldProbe(
      WorldProbe.quiet,
      """
      settlement.slot: 5 min
      warmup: 20 h
      horizon: 820 h
      workload.arrivals.poisson.rate: 0.001 /s
      upgrades.attack: compromise
      upgrades.\(set):
        {signers: \(signers), threshold: \(threshold), compromises_per_year: 2920,
        repair: 1 h, common_share: \(common), common_group: \(group)}
      """)
    let expected = lostShare(signers, threshold, common: common, group: group)
    return .mean(name, unit: "1", expected, in: world) { $0["upgrade_\(set)_lost_share"] }
  }

  /// The probability that so many of some keys are compromised, in groups that are hit together.
  private static func lostShare(
    _ signers: Int, _ threshold: Int, common: Double, group: Int
  ) -> Double {
    let alone = (1 - common) / (4 - common)
    let hit = common / (common + 3)
    // Of how many keys are compromised, group by group.
    var law = [1.0]
    for first in stride(from: 0, to: signers, by: group) {
      let size = min(group, signers - first)
      var own = [1.0]
      for _ in 0..<size { own = convolve(own, [1 - alone, alone]) }
      own = own.map { $0 * (1 - hit) }
      own[size] += hit
      law = convolve(law, own)
    }
    return law[threshold...].reduce(0, +)
  }

  private static func convolve(_ first: [Double], _ second: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: first.count + second.count - 1)
    for (i, a) in first.enumerated() {
      for (j, b) in second.enumerated() { sum[i + j] += a * b }
    }
    return sum
  }

  // MARK: Users

  private static let escapes: [Case] = [
    race("d = 3 d, w = 1 d", delay: 3, wait: 1), race("d = 10 d, w = 7 d", delay: 10, wait: 7),
    race("d = 3 d, w = 0", delay: 3, wait: 0),
    .exact("d = w = 7 d", unit: "1", 0) { forced(delay: 7, wait: 7).run()["upgrade_saved_share"] },
    .exact("7 d after 3 d", unit: "1", 0) {
      forced(delay: 3, wait: 7).run()["upgrade_saved_share"]
    },
    .exact("dispute of 7 d after 3 d", unit: "1", 0) {
      bridge(delay: 3).run()["upgrade_saved_share"]
    },
    .exact("dispute of 7 d, council at once", unit: "1", 0) {
      bridge(delay: 30, "attack: council").run()["upgrade_saved_share"]
    },
    // A batch and a claim take minutes, which are left out of the expected number.
    .mean(
      "dispute of 7 d before 10 d", unit: "1", 1 - exp(-1.5), in: bridge(delay: 10)
    ) { $0["upgrade_saved_share"] },
  ]

  private static func race(_ name: String, delay: Double, wait: Double) -> Case {
    .mean(
      name, unit: "1", 1 - exp(-(delay - wait) / 2), in: forced(delay: delay, wait: wait)
    ) { $0["upgrade_saved_share"] }
  }

  /// Users who notice after two days in the mean, and are let out by force so many days after they ask.
  private static func forced(delay: Double, wait: Double) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet, attacked(delay: delay),
      """
      workload.arrivals.deterministic.rate: 2 /h
      exits: {rule: forced, service: \(wait) d}
      """)
  }

  /// Users who withdraw as ever, where claims can be disputed for a week.
  private static func bridge(delay: Double, _ more: String = "attack: signers") -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet, attacked(delay: delay),
      """
      sequencer: {sealing: interval, block_interval: 1 s}
      workload.arrivals.poisson.rate: 0.02 /s
      poster.max_age: 60 s
      proposer.interval: 5 min
      bridge.challenge_window: 7 d
      exits: {rule: withdrawal}
      upgrades: {council: {signers: 3, threshold: 2}, \(more)}
      """)
  }

  private static func attacked(delay: Double) -> String {
    """
    settlement.slot: 1 min
    sequence: post_and_assert
    warmup: 0 s
    horizon: 1 h
    exits:
      {users: 1000, trigger: upgrade, hesitation: {exponential: {mean: 2 d}}, balance: 1000 USD, tip_share: 0,
      patience: 60 d}
    upgrades: {attack: signers, attack_at: 10 min, delay: \(delay) d}
    """
  }

  // MARK: Who cancels

  private static let vetoes: [Case] = [
    .mean("council, 1 h, a = 1/(2 h)", unit: "1", exp(-0.5)) {
      taken(
        """
        council: {signers: 3, threshold: 2, vetoes: yes, overrides: no}, detection: {exponential: {mean: 2 h}}
        """, seed: $0, replication: $1)
    },
    .mean("vote, quorum of a half", unit: "1", 0.5) {
      taken(
        """
        vote: {vetoes: yes, period: 30 min, quorum: 0.1, turnout: {uniform: {low: 0, high: 0.2}}}, detection: 10 min
        """, seed: $0, replication: $1)
    },
    .exact("vote that ends too late", unit: "1", 1) {
      alone("vote: {vetoes: yes, period: 50 min, quorum: 0.05, turnout: 0.1}, detection: 10 min")
        .run()["upgrade_taken_share"]
    },
  ]

  /// The share of 12 attacks that take effect.
  private static func taken(_ upgrades: String, seed: UInt64, replication: UInt64) -> Double {
    let world = alone(upgrades)
    let sum = (0..<12 as Range<UInt64>).reduce(0) {
      $0 + world.run(seed: seed, replication: 12 * replication + $1)["upgrade_taken_share"]
    }
    return sum / 12
  }

  // MARK: By hand

  private static let byHand: [Case] = [
    .exact("from announcement to effect", unit: "s", 3612) {
      alone("gas: 200000 gas").run()["upgrade_notice_s"]
    },
    .exact("300 blocks", unit: "s", 3612) {
      alone("delay_blocks: 300").run()["upgrade_notice_s"]
    },
    .exact("without a delay", unit: "s", 0) {
      alone("delay: 0 s").run()["upgrade_notice_s"]
    },
    .exact("cancelled a nanosecond before", unit: "1", 0) { noticed("3599.999999999 s") },
    .exact("noticed a nanosecond after", unit: "1", 1) { noticed("3600.000000001 s") },
  ]

  private static func noticed(_ time: String) -> Double {
    alone(
      "council: {signers: 3, threshold: 2, vetoes: yes, overrides: no}, detection: \(time)"
    ).run()["upgrade_taken_share"]
  }

  /// An attack at 100 s, with a delay of an hour, of which nobody is followed.
  private static func alone(_ upgrades: String) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet,
      """
      warmup: 0 s
      horizon: 1 h
      phases: aligned
      workload.arrivals.deterministic.rate: 2 /h
      upgrades: {attack: signers, attack_at: 100 s, delay: 1 h}
      """, "upgrades: {\(upgrades)}")
  }
}
