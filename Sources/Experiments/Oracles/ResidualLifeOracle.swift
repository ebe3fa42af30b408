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
          WorldProbe.quiet, onePerBatch, "settlement: {blocks: exponential, slot: 13 s}")
      ) { $0["finality_included_s_mean"] },
      .mean("slots, 12 s", unit: "s", 6, in: WorldProbe(WorldProbe.quiet, onePerBatch)) {
        $0["finality_included_s_mean"]
      },
    ])

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
          WorldProbe.quiet, onePerBatch, "settlement.censorship: {share: \(share), target: data}")
      ) { $0["finality_included_s_mean"] }
    })

  /// How much of the time a chain with outages makes blocks.
  static let outageAvailability = Oracle(
    name: "outage-availability",
    statement: "availability = up/(up + down): outages with these mean times between and of them",
    source: "alternating renewal processes (Ross, Introduction to Probability Models)",
    detects: 0.04,
    cases: [(3, 1), (9, 1)].map { up, down in
      let world = WorldProbe(
        WorldProbe.quiet,
        """
        warmup: 1 h
        horizon: 401 h
        workload.arrivals.poisson.rate: 0.001 /s
        settlement: {slot: 60 s, outages: {interval: \(up) h, duration: \(down) h}}
        """)
      let expected = Double(up) / Double(up + down)
      return .mean("up \(up) h, down \(down) h", unit: "1", expected, in: world) {
        1 - $0["fee_missed_slots_share"]
      }
    })

  /// A batch for each transaction, handed over when it is submitted, at a random time.
  ///
  /// Calldata of many fits into a block, of blobs only six.
  private static let onePerBatch = """
    warmup: 1 h
    horizon: 13 h
    workload.arrivals.poisson.rate: 0.1 /s
    poster: {carrier: calldata, max_bytes: 100 B}
    """
}
