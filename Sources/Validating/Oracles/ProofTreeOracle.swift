extension Oracle {
  /// The chunks of a batch are proved side by side and joined in a tree.
  static let proofTree = Oracle(
    name: "proof-tree",
    statement: """
      n = k^d chunks side by side, exponential with mean m, and joins of c: a batch is proved after \
      m H_n + c d, H_n = 1 + 1/2 + … + 1/n; a share f of attempts fails: provers work \
      (n m + j c)/(1 - f) for it, j = (n - 1)/(k - 1)
      """,
    source: "maximum of n exponentials (Rényi 1953); geometric attempts", detects: 0.04,
    cases: [(16, 2, 4.0, 15.0), (16, 4, 2, 5), (64, 4, 3, 21)].map { chunks, arity, depth, joins in
      let harmonic = (1...chunks).reduce(0) { $0 + 1 / Double($1) }
      return .mean(
        "n = \(chunks), k = \(arity)", unit: "s", 600 * harmonic + 60 * depth,
        in: batches(chunks: chunks, arity: arity, failures: 0)
      ) { $0["finality_proven_s_mean"] - slot }
    } + [
      .mean(
        "time of provers, n = 16, k = 4, f = 0.1", unit: "s", (16 * 600 + 5 * 60) / 0.9,
        in: batches(chunks: 16, arity: 4, failures: 0.1)
      ) { $0["prover_machine_s_per_batch"] }
    ])

  private static let slot = 180.0

  private static func batches(chunks: Int, arity: Int, failures: Double) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet, WorldProbe.proofsApart,
      """
      horizon: 1000 h
      workload.classes.transfer.prover_work: \(chunks)
      prover:
        provers: 10000
        chunk_work: 1
        proof_time: {exponential: {mean: 600 s}}
        recursion_arity: \(arity)
        recursion_time: 60 s
        failures: \(failures)
      settlement.slot: \(slot) s
      """)
  }
}
