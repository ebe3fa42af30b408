extension Oracle {
  /// That nobody acts in time on a wrong claim.
  static let watchers = Oracle(
    name: "watchers",
    statement: """
      Of n watchers that are out for a share u of the time, longer than a window, none acts with probability u^n; \
      where a share c of that is common to all, with u c + (1 - u c) (u (1 - c) / (1 - u c))^n. A proof that a share \
      s of proposers leaves out misses b blocks with probability s^b. Arbitrum's 45,818 blocks are 549,816 s, and \
      549,816 / (1 - m) s in the mean where a share m of slots is missed
      """,
    source: "binomial and geometric distributions; nitro-contracts, config of Arbitrum One",
    detects: 0.3,
    cases: [
      watched(
        "n = 1", 0.3,
        "{count: 1, unavailability: 0.3, common_share: 0, repair: 10 d, detection: 0 s}"),
      watched(
        "n = 3", 0.027,
        "{count: 3, unavailability: 0.3, common_share: 0, repair: 10 d, detection: 0 s}"),
      watched(
        "n = 3, half in common", 0.15 + 0.85 * (0.15 / 0.85) * (0.15 / 0.85) * (0.15 / 0.85),
        "{count: 3, unavailability: 0.3, common_share: 0.5, repair: 10 d, detection: 0 s}"),
      .mean(
        "9 blocks of censors", unit: "1", [Double](repeating: 0.9, count: 9).reduce(1, *),
        in: contested(
          wrong, "settlement.censorship: {share: 0.9, target: challenge}",
          "bridge.challenge_blocks: 10", "watchers: {detection: 0 s}")
      ) { $0["dispute_wrong_effective_share"] },
      .exact("window without missed slots", unit: "s", 549_816) { read(window(missed: 0).run()) },
      .mean("window, 1 % of slots missed", unit: "s", 549_816 / 0.99, in: window(missed: 0.01)) {
        read($0)
      },
    ])

  private static func watched(_ name: String, _ expected: Double, _ watchers: String) -> Case {
    .mean(
      name, unit: "1", expected,
      in: contested(
        wrong, "settlement.slot: 1 min", "bridge.challenge_blocks: 20", "watchers: \(watchers)")
    ) { $0["dispute_wrong_effective_share"] }
  }

  /// Each claim is wrong, and falls alone.
  private static let wrong = """
    horizon: 600 h
    dispute: {form: single_round, chains: no}
    adversary: {plan: none, wrong_share: 1}
    """

  private static func window(missed: Double) -> WorldProbe {
    contested(
      "bridge.challenge_blocks: 45818", "settlement.missed_slots: \(missed)",
      "adversary.plan: none")
  }

  private static func read(_ values: WorldProbe.Values) -> Double {
    values["finality_final_s_mean"] - values["finality_asserted_s_mean"]
  }
}
