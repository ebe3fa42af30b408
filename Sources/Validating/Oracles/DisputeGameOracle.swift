extension Oracle {
  /// How long disputes take, and what they tie up.
  static let disputeGames = Oracle(
    name: "dispute-games",
    statement: """
      With a clock T for each party, one match ends within 2 T, N in series within 2 N T, all at once within 2 T. Of \
      1 + N claims in a tournament of groups of m one is left after ⌈log_m (1 + N)⌉ rounds, with L levels after that to the L; \
      defenders who keep their clock through r rounds, and have e of it back with each, need (1 + r) T + (r - 1) e. Edges: \
      T + C + (d + 1)(k + 2) for any number of rivals, where defenders are held up for C, and by d blocks at each of \
      k moves. OP: stakes of 0.08 ETH · 750^(d/73), 691.23 ETH on a path of 73; clocks are extended by 72 · 10,800 + \
      10,800 + 86,400 s. BoLD: rivals stake 3600 + 555 + 79 ETH against 555 + 79
      """,
    source: """
      Alvarez et al., arXiv 2404.10491; Nehab et al., arXiv 2212.12439; optimism, FaultDisputeGame.sol; \
      nitro-contracts, EdgeChallengeManager.sol, config of Arbitrum One
      """,
    cases: [
      bound("one match", 2, "form: series"),
      bound("4 in series", 8, "form: series", "stakes: 4"),
      bound("4 at once", 2, "form: parallel", "stakes: 4"),
      bound("tournament, 8 rivals", 8, "form: tournament", "stakes: 8"),
      bound("the same, groups of 3", 4, "form: tournament, ways: 3", "stakes: 8"),
      bound(
        "the same, one clock for all", 5.3,
        "form: tournament, keeps_clocks: yes, match_effort: 8640 s",
        "stakes: 8"),
      bound(
        "2 levels, prompt defenders", 16, "form: tournament, levels: 2", "stakes: 8", isSlow: false),
      .range(
        "edges, all prompt: a whole period", unit: "s", 86_400...86_400 + 2 * 22 * 12,
        in: contested(
          edgesOfADay,
          "watchers: {response: 0 s, detection: 0 s}")
      ) { $0["dispute_s_mean"] },
      edges(rivals: 1), edges(rivals: 8), edges(rivals: 32),
      .exact("OP, stakes on a path", unit: "ETH", 691.23) {
        let values = op.run()
        let coins =
          (values["dispute_attacker_wei_max"] + values["dispute_defender_wei_max"]) / 1e18
        return (coins + 0.08).rounded(to: 2)
      },
      .range("OP, clocks extended", unit: "s", 874_800 - 72 * 36...874_800, in: op) {
        $0["dispute_extension_s_max"]
      },
      .exact("BoLD, stakes of rivals", unit: "1", (4234.0 / 634).rounded(to: 3)) {
        bold.run()["dispute_stake_ratio"].rounded(to: 3)
      },
    ])

  /// Parties wait as long as they can; what is left is a minute for each party and some blocks for each move.
  private static func bound(
    _ name: String, _ periods: Double, _ dispute: String, _ adversary: String = "stakes: 1",
    isSlow: Bool = true
  ) -> Case {
    let expected = periods * 86_400
    return .range(
      name, unit: "s", expected - periods * 300...expected + periods * 300,
      in: contested(
        "dispute: {\(dispute), rounds: 9, clock_blocks: 7200}",
        "adversary: {\(adversary), pace: last_moment, margin: 60 s}",
        "watchers: {response: \(isSlow ? "2 d" : "0 s"), detection: \(isSlow ? "2 d" : "0 s"), margin: 60 s}"
      )
    ) { $0["dispute_s_mean"] }
  }

  private static let edgesOfADay =
    "dispute: {form: edges, rounds: 20, moves_per_round: 2, clock_blocks: 7200, ending: loser}"

  /// Rivals spread their day over 21 moves, defenders are held up by ten minutes at each.
  private static func edges(rivals: Int) -> Case {
    let most = Double(86_400 + 21 * 600 + 2 * 22 * 12)
    return .range(
      "edges, rivals = \(rivals)", unit: "s", 0.95 * most...most,
      in: contested(
        edgesOfADay,
        "adversary: {stakes: \(rivals), response: 4085 s}",
        "watchers: {response: 590 s, detection: 590 s}")
    ) { $0["dispute_s_mean"] }
  }

  private static let op = contested(
    """
    bridge: {challenge_blocks: 0, challenge_window: 302400 s}
    dispute:
      form: parallel
      rounds: 72
      clock: 302400 s
      clock_start: claim
      extension: 10800 s
      split_depth: 30
      last_extension: 97200 s
      ending: clocks
      chains: no
      bond: 0.08 ETH
      bond_growth: 1.0949250728826077
    adversary: {pace: last_moment, margin: 25 s}
    watchers: {response: 10 d, detection: 10 d, margin: 25 s}
    """)

  private static let bold = contested(
    """
    dispute:
      {form: edges, rounds: 68, moves_per_round: 2, levels: 3, clock_blocks: 45818, bond: 3600 ETH,
      level_bond: 555 ETH, level_bond_growth: 0.142342342342, reward: 0, ending: loser}
    adversary: {stakes: 1}
    """)

  /// A claim each hour, of which the first one is contested.
  static func contested(_ texts: String...) -> WorldProbe {
    WorldProbe(
      [
        WorldProbe.quiet,
        """
        workload.arrivals.deterministic.rate: 4 /h
        poster: {carrier: calldata, max_bytes: 100 B}
        phases: aligned
        warmup: 0 s
        horizon: 6 h
        cooldown: 400 d
        proposer.interval: 1 h
        sequence: post_and_assert
        bridge.challenge_blocks: 7200
        adversary.plan: delay_one
        """,
      ] + texts)
  }
}
