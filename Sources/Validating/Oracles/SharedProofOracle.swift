extension Oracle {
  /// Rollups that share a proof share its gas.
  static let sharedProof = Oracle(
    name: "shared-proof",
    statement: """
      k rollups of equal work share a proof of G gas and move their states by g each: a claim of n \
      transactions costs (G/k + g)/n gas per transaction; with work 1 and 3 they pay G/4 and 3 G/4
      """,
    source: "fixed cost over k; Starknet docs, SHARP",
    cases: [1, 2, 4].map { count in
      .exact("k = \(count)", unit: "gas", (verification / Double(count) + move) / batch) {
        proofGas("a", of: rollups(work: [Double](repeating: 1, count: count)))
      }
    }
      + [("a", 0.25), ("b", 0.75)].map { name, share in
        .exact("work 1 and 3, \(name)", unit: "gas", (verification * share + move) / batch) {
          proofGas(name, of: rollups(work: [1, 3]))
        }
      })

  private static let verification = 4_000_000.0
  private static let move = 200_000.0
  private static let batch = 100.0

  private static func proofGas(_ name: String, of world: WorldProbe) -> Double {
    world.run()["cost_proof_wei_per_tx_mean", of: name] / 1e9
  }

  /// Rollups that each close a batch of a hundred transactions every hundred seconds, at 1 gwei per gas.
  ///
  /// The run ends after whole proofs, so that none is of fewer claims.
  private static func rollups(work: [Double]) -> WorldProbe {
    let names = ["a", "b", "c", "d"].prefix(work.count)
    let rollups = zip(names, work).map { name, work in
      "\nrollups.\(name):"
        + """
        \(WorldProbe.quietRollup.replacing("prover_work: 1", with: "prover_work: \(work)"))
        sequence: sequence_verify
        workload.arrivals.deterministic.rate: 1 /s
        poster.carrier: calldata
        poster.max_bytes: 10 kB
        prover.service: sharp
        prover.witness_time: 0 s
        prover.proof_time: 10 s
        prover.gas: 200 kgas
        """.split(separator: "\n").map { "\n  \($0)" }.joined()
    }
    return WorldProbe(
      WorldProbe.quietChain,
      """
      phases: aligned
      warmup: 0 s
      horizon: 1000 s
      services.sharp:
        provers: 100
        shared_proof: {claims: \(work.count), max_wait: 1 h, gas: 4 Mgas, tip: 0 gwei}
      """ + rollups.joined())
  }
}
