extension Oracle {
  /// Several prove the same batch, and the first counts.
  static let proofRace = Oracle(
    name: "proof-race",
    statement: """
      k race with exponential times of mean m: the first is there after m/k; where the others stop then, \
      all together have worked m and wasted 1 - 1/k of it; where none stops, k m, and as much more than \
      what the first needed; where all have to agree, the last is there after m (1 + 1/2 + … + 1/k)
      """,
    source: "minimum of exponentials; model.md, proof of efficiency", detects: 0.1,
    cases: [2, 4].flatMap { racers -> [Case] in
      let (stopped, whole) = (
        race(of: racers, givesUp: "proved"), race(of: racers, givesUp: "never")
      )
      let share = 1 / Double(racers)
      return [
        .mean("first of \(racers)", unit: "s", 3600 * share, in: stopped) {
          // Its data is in a block before it, or else the proof waits for that: (D - T)+ in the mean.
          $0["finality_proven_s_mean"] - slot - slot * slot / (slot + 3600 * share)
        },
        .mean(
          "last of \(racers), which have to agree", unit: "s", 3600 * harmonic(racers),
          in: race(of: racers, givesUp: "proved", "prover.needs: all")
        ) { $0["finality_proven_s_mean"] - slot - slot * dataIsLater(than: racers) },
        .mean("work of \(racers) that stop", unit: "s", 3600, in: stopped) {
          $0["prover_machine_s_per_batch"]
        },
        .mean("work of \(racers) that do not stop", unit: "s", 3600 / share, in: whole) {
          $0["prover_machine_s_per_batch"]
        },
        .mean("use of \(racers) that do not stop", unit: "s", 3600 * share, in: whole) {
          $0["prover_machine_s_per_batch"] * (1 - $0["prover_waste_share"])
        },
      ]
    })

  private static let slot = 360.0

  /// How long after its proof the data of a batch is in a block, in slots: the Laplace transform of the last of k.
  private static func dataIsLater(than racers: Int) -> Double {
    (1...racers).reduce(1) { $0 * Double($1) / (Double($1) + 3600 / slot) }
  }

  private static func harmonic(_ count: Int) -> Double {
    (1...count).reduce(0) { $0 + 1 / Double($1) }
  }

  private static func race(
    of racers: Int, givesUp: String, _ others: String = "prover.needs: first"
  ) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet, WorldProbe.proofsApart, others,
      """
      horizon: 2000 h
      prover:
        provers: 1000
        proof_time: {exponential: {mean: 1 h}}
        racers: \(racers)
        gives_up: \(givesUp)
      settlement.slot: \(slot) s
      """)
  }
}
