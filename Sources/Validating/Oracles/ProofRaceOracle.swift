extension Oracle {
  /// Several prove the same batch, and the first counts.
  static let proofRace = Oracle(
    name: "proof-race",
    statement: """
      k race with exponential times of mean m: the first is there after m/k; where the others stop then, \
      all together have worked m and wasted 1 - 1/k of it; where none stops, k m, and as much more than \
      what the first needed
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

  private static func race(of racers: Int, givesUp: String) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet, WorldProbe.proofsApart,
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
