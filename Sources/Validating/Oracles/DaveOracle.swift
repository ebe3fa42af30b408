import Foundation

extension Oracle {
  /// How long claims that are demoted in rounds are disputed, and what that costs beside edges.
  ///
  /// With N claims beside each other, of which one is right, the paper's tables 1, 2 and 4 state rounds and days of the
  /// strategy that delays most. What the sides pay in its table 3 is estimated there; here it is measured.
  static let dave = Oracle(
    name: "dave",
    statement: """
      Dave, groups of G, out after K = 21 demotions, a week of censors: 21 rounds of two claims, 29, 36 and 40 of 2^4, \
      2^8 and 2^12 with G = 4, 45 with G = 2; with rounds of 18 h 21.75, 27 and 30 days, 2 to 5 weeks. Who is right plays \
      at most (G - 1) R matches, so that what he pays grows as the logarithm of what rivals lose. Edges: N rivals part \
      from the truth at Σ 2^r (1 - (1 - 2^-r)^N) places in d rounds, so that what he pays grows nearly as what they \
      lose if stakes are given, and as its square root if they are set to what he pays
      """,
    source: """
      Nehab, Coutinho de Paula, Teixeira, arXiv 2411.05463, tables 1, 2 and 4, section 6.2; nodes of a binary tree that \
      N random leaves lie under
      """,
    detects: 0.03,
    cases: [
      rounds("2 claims", 21, demotions(claims: 2)),
      rounds("2^4 claims", 29, demotions(claims: 16)),
      rounds("2^8 claims", 36, claims256),
      rounds("2^12 claims", 40, demotions(claims: 4096)),
      rounds("2^4 claims, groups of 2", 45, demotions(claims: 16, ways: 2)),
      rounds("2^4 claims, all wait", 29, demotions(claims: 16, slow)),
      .exact("days, 2^8 claims, 8 h of grace", unit: "d", 27) {
        (demotions(claims: 256, "dispute.clock: 9 h").run()["dispute_s_mean"] / 86_400)
          .rounded(to: 2)
      },
      periods("2^4", demotions(claims: 16)), periods("2^8", claims256),
      periods("2^12", demotions(claims: 4096)),
      .range("matches, 2^8 claims", unit: "1", 36...3 * 36, in: claims256) {
        $0["dispute_matches_mean"]
      },
      .range("growth of what is paid, demotions", unit: "1", 0...0.1) { seed, replication in
        growth(seed, replication) { demotions(claims: $0 + 1) }
      },
      .range("growth of what is paid, edges", unit: "1", 0.85...1) { seed, replication in
        growth(seed, replication) { edges(rivals: $0) }
      },
      .range("the same, stakes as high as what is paid", unit: "1", 0.45...0.5) {
        seed, replication in
        growthAtBestStake(seed, replication)
      },
      .mean("places, 64 rivals", unit: "1", places(rivals: 64), in: edges(rivals: 64)) {
        // Each rival opens, divides 20 times, and is answered by a last step.
        $0["dispute_moves_mean"] - 64 * 22
      },
    ])

  /// Rounds of an hour: how many there are does not depend on it.
  private static func demotions(
    claims: Int, ways: Int = 4, _ more: String = "adversary.pace: prompt"
  ) -> WorldProbe {
    contested(
      """
      dispute:
        {form: demotions, rounds: 9, ways: \(ways), max_demotions: 21, clock: 1800 s, bond: 3 ETH, reward: 1}
      adversary.stakes: \(claims - 1)
      watchers: {detection: 0 s, response: 0 s}
      """, more)
  }

  private static let claims256 = demotions(claims: 256)

  private static let slow = """
    adversary: {pace: last_moment, margin: 60 s}
    watchers: {detection: 1 d, response: 1 d, margin: 60 s}
    """

  private static func rounds(_ name: String, _ expected: Double, _ world: WorldProbe) -> Case {
    .exact("rounds, \(name)", unit: "1", expected) {
      (world.run()["dispute_s_mean"] / 3600).rounded(to: 0)
    }
  }

  /// A round is 18 h, a period of challenges a week: 8 h of grace for each side and 2 h of work.
  private static func periods(_ claims: String, _ world: WorldProbe) -> Case {
    .range("weeks, \(claims) claims", unit: "1", 2...5, in: world) {
      $0["dispute_s_mean"] / 3600 * 18 / (7 * 24)
    }
  }

  private static func edges(rivals: Int) -> WorldProbe {
    contested(
      """
      dispute:
        {form: edges, rounds: 20, moves_per_round: 2, clock_blocks: 7200, bond: 3 ETH, reward: 1}
      adversary.stakes: \(rivals)
      watchers: {detection: 0 s, response: 0 s}
      """)
  }

  /// The mean number of places in 20 rounds that so many random paths come to.
  private static func places(rivals: Double) -> Double {
    (0..<20).reduce(0) { sum, round in
      let all = pow(2, Double(round))
      return sum + all * (1 - pow(1 - 1 / all, rivals))
    }
  }

  /// The power of what rivals lose with which what defenders pay grows, from 15 rivals to 255.
  private static func growth(
    _ seed: UInt64, _ replication: UInt64, _ world: (Int) -> WorldProbe
  ) -> Double {
    let (few, many) = (
      world(15).run(seed: seed, replication: replication),
      world(255).run(seed: seed, replication: replication)
    )
    return log(many["dispute_defender_gas_wei"] / few["dispute_defender_gas_wei"])
      / log(many["dispute_attacker_lost_wei"] / few["dispute_attacker_lost_wei"])
  }

  /// The same of stake and gas together, where the stake is what the gas comes to: the least sum for a given budget of
  /// rivals if the gas is in proportion to them.
  private static func growthAtBestStake(_ seed: UInt64, _ replication: UInt64) -> Double {
    let (few, many) = (15.0, 255.0)
    let gas = [few, many].map { rivals in
      edges(rivals: Int(rivals)).run(seed: seed, replication: replication)[
        "dispute_defender_gas_wei"]
    }
    return log(gas[1] / gas[0]) / log(many * gas[1] / (few * gas[0]))
  }
}
