extension Oracle {
  /// How long censoring proposers keep a batch off the chain.
  static let censoredInclusion = Oracle(
    name: "censored-inclusion",
    statement: """
      a share c of proposers leaves data out: c/(1 - c) of them in a row in the mean, so a batch \
      waits 12 s (1/2 + c/(1 - c))
      """,
    source: "independent proposers: a geometric law", detects: 0.07,
    cases: [(0.5, 18.0), (0.9, 114.0)].map { share, expected in
      .mean(
        "mean at c = \(share)", unit: "s", expected,
        in: WorldProbe(
          WorldProbe.quiet, WorldProbe.onePerBatch,
          "settlement.censorship: {share: \(share), target: data}")
      ) { $0["finality_included_s_mean"] }
    })
}
