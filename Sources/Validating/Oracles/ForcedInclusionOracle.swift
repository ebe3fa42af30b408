import Rollup

extension Oracle {
  /// How long users are delayed whom the operator leaves out.
  static let forcedInclusion = Oracle(
    name: "forced-inclusion",
    statement: """
      A message takes its inclusion by the settlement chain, the rollup's delay, the inclusion of what forces it and \
      the next block. Sent 8 s before a slot, with a delay of 300 blocks: 8 + 3,600 + 12 s where a transaction forces \
      it, 8 + 3,600 where it is derived or served at the last moment. Sent at any time, where a share m of slots is \
      missed: 12 (1/2 + m/(1 - m)) + 300 · 12/(1 - m), and 12/(1 - m) more for what forces. Where a share c of \
      proposers leaves it out, 12 (1/2 + c/(1 - c)). Nitro's delay buffer of 6,000 blocks leaves three messages two \
      days apart 5,760, 389 and 150 blocks; the last is half an hour
      """,
    source: """
      nitro-contracts, SequencerInbox.forceInclusion and DelayBuffer.sol; OP Stack specification, derivation \
      (sequencing window)
      """,
    detects: 0.15,
    cases: [
      .exact("forced by a transaction", unit: "s", 3620) { alone("rule: transaction") },
      .exact("derived", unit: "s", 3608) { alone("rule: derivation") },
      .exact("served at the last moment", unit: "s", 3608) { alone("rule: request") },
      .exact("served after 780 s", unit: "s", 788) { alone("rule: transaction, inbox: serves") },
      .exact("three messages and a delay buffer", unit: "s", (5761 + 390 + 151) * 4 + 8) {
        WorldProbe(
          WorldProbe.quiet,
          """
          warmup: 0 s
          horizon: 150 h
          workload.arrivals.deterministic.rate: 0.5 /d
          censorship.share: 1
          forced: {rule: transaction, patience: 100 s, delay_blocks: 5760, buffer_blocks: 6000}
          """
        ).run()["censorship_message_s_mean"]
      },
      .mean(
        "derived, 10 % of slots missed", unit: "s", 12 * (0.5 + 1.0 / 9) + 300 * 12 / 0.9,
        in: any("rule: derivation", missed: 0.1)
      ) { $0["censorship_message_s_mean"] },
      .mean(
        "forced, 10 % of slots missed", unit: "s",
        12 * (0.5 + 1.0 / 9) + 301 * 12 / 0.9, in: any("rule: transaction", missed: 0.1)
      ) { $0["censorship_message_s_mean"] },
      .mean(
        "included beside 90 % of censors", unit: "s", 12 * (0.5 + 9),
        in: any(
          "rule: derivation", missed: 0,
          "settlement.censorship: {share: 0.9, target: forced}")
      ) { $0["censorship_inclusion_s_mean"] },
    ])

  /// One user at a known time.
  private static func alone(_ rule: String) -> Double? {
    WorldProbe(
      WorldProbe.quiet,
      """
      warmup: 0 s
      horizon: 5400 s
      phases: aligned
      workload.arrivals.deterministic.rate: 1 /h
      censorship.share: 1
      forced: {patience: 100 s, delay_blocks: 300, service: 780 s, \(rule)}
      """
    ).run()["censorship_message_s_mean"]
  }

  /// Users at any time, so few that each is forced by himself.
  private static func any(
    _ rule: String, missed: Double, _ more: String = "settlement.censorship.share: 0"
  ) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet, "settlement.missed_slots: \(missed)",
      """
      warmup: 0 s
      horizon: 200 h
      workload.arrivals.poisson.rate: 0.2 /h
      censorship.share: 1
      forced: {patience: {uniform: {low: 0 s, high: 1200 s}}, delay_blocks: 300, \(rule)}
      """, more)
  }
}
