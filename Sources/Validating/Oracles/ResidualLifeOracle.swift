extension Oracle {
  /// How long a batch waits for the next block of its settlement chain.
  static let residualLife = Oracle(
    name: "residual-life",
    statement: """
      E[X^2]/(2 E[X]) until the next block, X between blocks: a whole mean interval of 13 s under \
      proof of work, half of a slot of 12 s
      """,
    source: "renewal theory, the inspection paradox (Feller 1971)", detects: 0.03,
    cases: [
      .mean(
        "exponential, 13 s", unit: "s", 13,
        in: WorldProbe(
          WorldProbe.quiet, WorldProbe.onePerBatch, "settlement: {blocks: exponential, slot: 13 s}")
      ) { $0["finality_included_s_mean"] },
      .mean("slots, 12 s", unit: "s", 6, in: WorldProbe(WorldProbe.quiet, WorldProbe.onePerBatch)) {
        $0["finality_included_s_mean"]
      },
    ])
}
