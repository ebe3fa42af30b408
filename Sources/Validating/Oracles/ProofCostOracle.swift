extension Oracle {
  /// What proofs take and cost, by a published benchmark.
  static let proofCost = Oracle(
    name: "proof-cost",
    statement: """
      ZKsync Era on an L4 at 1.87 USD/h, fit 358 s + 4.21 s per transaction: 400 s for 10, 1200 s and \
      0.62 USD for 200; Polygon zkEVM, 190 s at 8.06 USD/h: 0.43 USD; preset zksync-era: 209.6 gas per \
      transaction at the median batch of 3,895; in whole seconds, to a cent, to a tenth of a gas
      """,
    source: "Chaliasos et al. 2024, as summarised by Sky Mavis",
    cases: [
      .exact("prove time, Era, 10 transactions", unit: "s", 400) {
        era.machineSeconds(transactions: 10).rounded()
      },
      .exact("prove time, Era, 200 transactions", unit: "s", 1200) {
        era.machineSeconds(transactions: 200).rounded()
      },
      .exact("rent of a proof, Era, 200 transactions", unit: "USD", 0.62) {
        era.rent(transactions: 200).rounded(to: 2)
      },
      .exact("rent of a proof, Polygon", unit: "USD", 0.43) {
        polygon.rent(transactions: 27).rounded(to: 2)
      },
      .exact("settlement gas per transaction, preset zksync-era", unit: "gas", 209.6) {
        let values = eraAtMedianBatch.run()
        let wei = values["cost_data_wei_per_tx_mean"] + values["cost_proof_wei_per_tx_mean"]
        return (wei / 1e9).rounded(to: 1)
      },
    ])

  private static let era = ProverMachine(fixed: 358, perTransaction: 4.21, usdPerHour: 1.87)
  private static let polygon = ProverMachine(fixed: 190, perTransaction: 0, usdPerHour: 8.06)

  /// Batches of 3,895 transactions at 1 gwei per gas; a blob costs next to nothing.
  private static let eraAtMedianBatch = WorldProbe(
    """
    system: zksync-era
    phases: aligned
    warmup: 0 s
    horizon: 10 s
    workload.arrivals.deterministic.rate: 1000 /s
    workload.mix: {transfer: 1, token_transfer: 0, swap: 0, mint: 0}
    workload.classes.transfer.bytes: 20 B
    sequencer.sealing: per_transaction
    poster: {compression: 1, overhead_bytes: 0 B, max_bytes: 77900 B}
    settlement: {fee_rule: constant, base_fee: 1 gwei, blob_base_fee: 1 wei}
    settlement.demand.level: 0
    settlement.blob_demand.level: 0
    bid.tip: 0 gwei
    """)
}

/// A machine that makes a proof in a time that is linear in its transactions.
private struct ProverMachine {
  let fixed: Double
  let perTransaction: Double
  let usdPerHour: Double

  /// Rent of one proof [USD], from what a transaction costs.
  func rent(transactions: Int) -> Double {
    let world = WorldProbe(
      WorldProbe.quiet, WorldProbe.proverAlone,
      """
      phases: aligned
      warmup: 0 s
      horizon: 1 s
      workload.arrivals.deterministic.rate: 1000 /s
      poster.max_bytes: \(100 * transactions) B
      prover.provers: 1000
      prover.proof_time: \(fixed) s
      prover.proof_time_per_work: \(perTransaction) s
      prover.rent: \(usdPerHour) USD/h
      """)
    return world.run()["cost_prover_usd_per_tx_mean"] * Double(transactions)
  }

  /// Machine time of one proof [s], from its rent.
  func machineSeconds(transactions: Int) -> Double {
    rent(transactions: transactions) / usdPerHour * 3600
  }
}
