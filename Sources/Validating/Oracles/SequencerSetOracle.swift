import Foundation
import Rollup

extension Oracle {
  /// How long sets of sequencers take, what they miss, pay and waste.
  static let sequencerSets = Oracle(
    name: "sequencer-set",
    statement: """
      Tendermint decides after three messages; where these take no time and checking a block an exponential one, the \
      2f + 1st of 3f + 1 decides: m Σ 1/i for i from f + 1 to 3f. Two proposers in a row of f silent ones are drawn with (f/n)². \
      Terms missed in a row: p/(1 - p). f + 1 who say two things make two blocks, f of them none. n bidders with uniform values pay (n - 1)/(n + 1), at the first \
      price and at the second. Of k who post k - 1 do it for nothing where nobody gives up, (k - 1)(1 - e^(-d/m)) where \
      they hear of the first after d
      """,
    source: """
      Buchman, Kwon, Milosevic, arXiv 1807.04938; order statistics of exponentials; Vickrey 1961; Riley and Samuelson \
      1981; Schwartz and Baylina, ethresear.ch 11988
      """,
    detects: 0.1,
    cases: [
      .mean(
        "three messages of 0.1 s", unit: "s", 0.3, in: committee("bft: {delay: 0.1 s}")
      ) { $0["sequencer_decision_s_mean"].rounded(to: 9) },
      checks(members: 4), checks(members: 7),
      .mean(
        "two timeouts in a row, 2 of 7", unit: "1", 4.0 / 49,
        in: committee(
          "members: 7",
          """
          bft: {delay: 0 s, faulty: 2, proposers: drawn, timeout_propose: 1 s, timeout_precommit: 1 s, \
          timeout_propose_delta: 0 s, timeout_precommit_delta: 0 s}
          """)
      ) {
        // Rounds are geometric: of those after the first a share f/n is followed by another.
        let rounds = $0["sequencer_rounds_mean"]
        return ((rounds - 1) / rounds) * ((rounds - 1) / rounds)
      },
      conflicts("f faulty", faulty: 1, 0), conflicts("f + 1 faulty: found", faulty: 2, 1),
      .mean(
        "missed terms in a row, p = 0.2", unit: "1", 0.25,
        in: set("kind: stake_weighted", "fault: 0.2, term: 20 s, timeout: 20 s")
      ) { $0["sequencer_missed_in_row_mean"] },
      revenue("first", bidders: 3), revenue("second", bidders: 3), revenue("second", bidders: 6),
      waste("1000 d", 4), waste("5 s", 4 * (1 - exp(-0.5))),
    ])

  /// A rollup with a transaction a second and blocks each two, for two hours.
  private static func set(_ texts: String...) -> WorldProbe { probe(texts) }

  /// The same of a committee.
  private static func committee(_ texts: String...) -> WorldProbe { probe(["kind: bft"] + texts) }

  private static func probe(_ texts: [String]) -> WorldProbe {
    let still = """
      warmup: 10 min
      horizon: 130 min
      workload.arrivals.poisson.rate: 1 /s
      sequencer.sealing: interval
      poster.max_age: 1 min
      """
    return WorldProbe(
      [WorldProbe.quiet, WorldProbe.proverAlone, still]
        + texts.map { "sequencer.set: {\($0)}" })
  }

  /// Whether two members who do what they should decide different blocks, from the first block on: who says two things has
  /// no seat for long.
  private static func conflicts(_ name: String, faulty: Int, _ expected: Double) -> Case {
    .exact("conflicting blocks, \(name)", unit: "1", expected) {
      let run = WorldProbe([
        WorldProbe.quiet, WorldProbe.proverAlone,
        """
        warmup: 0 s
        horizon: 10 min
        sequencer.sealing: interval
        sequencer.set: {kind: bft, members: 4, bft: {faulty: \(faulty), conduct: equivocating}}
        """,
      ]).run()
      return min(1, run["sequencer_conflicts"])
    }
  }

  /// Nothing but checking a block takes time.
  private static func checks(members: Int) -> Case {
    let size = CommitteeSize(members: members)
    let sum = (members - size.quorum + 1...members - 1).reduce(0.0) { $0 + 1 / Double($1) }
    return .mean(
      "\(size.quorum) of \(members) have checked", unit: "s", 0.5 * sum,
      in: committee(
        "members: \(members)",
        "bft: {delay: 0 s, validation: {exponential: {mean: 0.5 s}}, timeout_propose: 1 h}")
    ) { $0["sequencer_decision_s_mean"] }
  }

  /// What a slot of a block is sold for.
  private static func revenue(_ price: String, bidders: Int) -> Case {
    .mean(
      "price of \(bidders) bidders, \(price)", unit: "ETH",
      Double(bidders - 1) / Double(bidders + 1),
      in: set(
        "kind: auction, members: \(bidders)",
        """
        auction: {price: \(price), value: {uniform: {low: 0 ETH, high: 1 ETH}}, reserve: 0 ETH, slot_blocks: 5, \
        deadline_blocks: 5}
        """)
    ) { $0["sequencer_price_wei_mean"] / 1e18 }
  }

  /// How many of five post for nothing.
  private static func waste(_ notice: String, _ expected: Double) -> Case {
    .mean(
      "wasted posts of 5, notice \(notice)", unit: "1", expected,
      in: set(
        "kind: race, members: 5", "race: {delay: {exponential: {mean: 10 s}}, notice: \(notice)}")
    ) { $0["sequencer_wasted_posts_mean"] }
  }
}
