import Ledger
import Rollup
import Statistics

// The one table of measures. Adding a measure is one entry here: column, documentation and schema
// follow from it.

extension Measure {
  static let finality: [Measure] = Stage.allCases.flatMap { stage in
    statistics.map { name, text, read in
      Measure(
        .finality, "\(stage.rawValue)_s_\(name)", unit: "s", rests: parts(before: stage),
        "Time from submission until \(meaning(of: stage)), \(text) over transactions."
      ) { read($0.record[stage].latencies) }
    }
  }

  private typealias Statistic = @Sendable (LatencyHistogram) -> Double?

  private static let statistics: [(String, String, Statistic)] = [
    ("mean", "mean", { $0.meanSeconds }),
    ("p50", "median", { $0.quantileSeconds(0.5) }),
    ("p95", "95th percentile", { $0.quantileSeconds(0.95) }),
    ("p99", "99th percentile", { $0.quantileSeconds(0.99) }),
    ("max", "largest", { $0.maximumSeconds }),
  ]

  private static func parts(before stage: Stage) -> Set<Part> {
    switch stage {
    case .soft: .through(.sequencer)
    case .posted: .through(.poster)
    case .included, .settled: .through(.neighbours)
    case .proven: .through(.prover)
    case .final, .withdrawable: .through(.bridge)
    }
  }

  private static func meaning(of stage: Stage) -> String {
    switch stage {
    case .soft: "the sequencer has put the transaction into a block"
    case .posted: "its data has been handed to the settlement chain"
    case .included: "its data is in a settlement block"
    case .settled: "that settlement block is final"
    case .proven: "a verified proof, or an assertion, that covers it is in a settlement block"
    case .final: "it can be neither disputed nor re-organised away"
    case .withdrawable: "a withdrawal in it can be paid"
    }
  }

  static let throughput: [Measure] = [
    .init(
      .throughput, "offered_tx_per_s", unit: "1/s", rests: [.workload],
      "Transactions that users submit per second.",
      knownMean: \.workload.arrivals.meanIfRandom
    ) { Double($0.offered) / $0.windowSeconds },
    .init(
      .throughput, "accepted_tx_per_s", unit: "1/s", rests: .through(.sequencer),
      "Transactions per second that find room in the mempool, and could in a block and a batch."
    ) { Double($0.offered - $0.dropped) / $0.windowSeconds },
    .init(
      .throughput, "executed_tx_per_s", unit: "1/s", rests: .through(.sequencer),
      "Transactions per second put into the blocks of the measured window."
    ) { $0.perSecondExecuted(Double($0.record.executed.transactions)) },
    .init(
      .throughput, "posted_tx_per_s", unit: "1/s", rests: .through(.poster),
      "Transactions per second whose data is handed over, from the first measured one to the last."
    ) { $0.record[.posted].transactions.perSecond },
    .init(
      .throughput, "final_tx_per_s", unit: "1/s", rests: .through(.bridge),
      "Transactions per second that become final: those of claims that take effect, by when these "
        + "stand in settlement blocks, from the first measured one to the last, in whole cycles of "
        + "saturated provers."
    ) { $0.record[.proven].transactions.perSecond },
    .init(
      .throughput, "offered_gas_per_s", unit: "gas/s", rests: [.workload],
      "Layer 2 gas submitted per second."
    ) { Double($0.offeredGas) / $0.windowSeconds },
    .init(
      .throughput, "accepted_gas_per_s", unit: "gas/s", rests: .through(.sequencer),
      "Layer 2 gas per second that finds room in the mempool."
    ) { Double($0.offeredGas - $0.droppedGas) / $0.windowSeconds },
    .init(
      .throughput, "executed_gas_per_s", unit: "gas/s", rests: .through(.sequencer),
      "Layer 2 gas per second put into the blocks of the measured window."
    ) { $0.perSecondExecuted(Double($0.record.executed.gas)) },
    .init(
      .throughput, "posted_gas_per_s", unit: "gas/s", rests: .through(.poster),
      "Layer 2 gas per second handed over, from the first measured transaction to the last."
    ) { $0.record[.posted].gas.perSecond },
    .init(
      .throughput, "final_gas_per_s", unit: "gas/s", rests: .through(.bridge),
      "Layer 2 gas per second that becomes final, counted like transactions."
    ) { $0.record[.proven].gas.perSecond },
    .init(
      .throughput, "claimed_tx_per_s", unit: "1/s", rests: .through(.sequencer),
      "What a headline would claim: execution capacity on the smallest transaction of the mix."
    ) { $0.scenario.claimedCapacity },
    .init(
      .throughput, "capacity_execution_tx_per_s", unit: "1/s", rests: .through(.sequencer),
      "Transactions of the mix per second that fit into layer 2 blocks."
    ) { $0.scenario.executionCapacity },
    .init(
      .throughput, "capacity_data_tx_per_s", unit: "1/s", rests: .through(.settlement),
      "Transactions of the mix per second whose data fits into the settlement chain if nobody else "
        + "uses it."
    ) { $0.scenario.dataCapacity },
    .init(
      .throughput, "capacity_proving_tx_per_s", unit: "1/s", rests: .through(.prover),
      "Transactions of the mix per second that the provers can prove at the batch size of the run."
    ) { $0.provingCapacity },
    .init(
      .throughput, "bottleneck_tx_per_s", unit: "1/s", rests: .through(.prover),
      "The least of the capacities for execution, data and proving, as far as each applies."
    ) { summary in
      if summary.isValidity, summary.provingCapacity == nil { return nil }
      return [
        summary.scenario.executionCapacity, summary.scenario.dataCapacity, summary.provingCapacity,
      ].compactMap(\.self).min()
    },
    .init(
      .throughput, "dropped_share", unit: "1", rests: .through(.sequencer),
      "Share of submitted transactions that found the mempool full, or that no block or batch has room "
        + "for."
    ) { Double($0.dropped) / Double($0.offered) },
  ]

  static let cost: [Measure] =
    [
      costs("data", "publishing its data", rests: .through(.neighbours)) {
        $0.spentPerTransaction(.data)
      },
      costs("state", "asserting the state", rests: .through(.proposer)) {
        $0.isValidity ? nil : $0.spentPerTransaction(.state)
      },
      costs(
        "proof", "verifying the proof that covers it on the settlement chain",
        rests: .through(.prover)
      ) {
        $0.isValidity ? $0.spentPerTransaction(.proof) : nil
      },
      costs(
        "prover", "the machines that prove it, rented while they work",
        rests: .through(.prover).union([.prices])
      ) {
        $0.isValidity ? $0.spentPerTransaction(.prover) : nil
      },
      costs("total", "all of the above", rests: .through(.prover).union([.prices])) { summary in
        let purposes: [Purpose] = summary.isValidity ? [.data, .proof, .prover] : [.data, .state]
        return purposes.reduce(0) { sum, purpose in
          sum.flatMap { sum in summary.spentPerTransaction(purpose).map { sum + $0 } }
        }
      },
    ].flatMap(\.self)

  private static func costs(
    _ part: String, _ text: String, rests parts: Set<Part>,
    wei: @escaping @Sendable (RunSummary) -> Double?
  ) -> [Measure] {
    [
      .init(
        .cost, "\(part)_wei_per_tx_mean", unit: "wei", rests: parts,
        "What the operator pays per transaction for \(text).", value: wei),
      .init(
        .cost, "\(part)_usd_per_tx_mean", unit: "USD", rests: parts.union([.prices]),
        "The same in US dollars at prices.eth."
      ) { summary in wei(summary).map { $0 * 1e-18 * summary.scenario.usdPerEther } },
    ]
  }

  static let fee: [Measure] = [
    .init(
      .fee, "l2_wei_per_tx_mean", unit: "wei", rests: [.workload, .fees],
      "What users pay for layer 2 gas per transaction."
    ) { $0.perPosted($0.record.posted.feePaid.asDouble) },
    .init(
      .fee, "base_wei_per_gas_mean", unit: "wei/gas", rests: .through(.neighbours),
      "Base fee of the settlement chain, mean over the slots of the measured window."
    ) { $0.record.market.baseFee.meanIfAny },
    .init(
      .fee, "blob_wei_per_gas_mean", unit: "wei/gas", rests: .through(.neighbours),
      "Blob base fee of the settlement chain, mean over the slots of the measured window."
    ) { $0.hasBlobs ? $0.record.market.blobBaseFee.meanIfAny : nil },
    .init(
      .fee, "missed_slots_share", unit: "1", rests: [.settlement],
      "Share of the slots of the measured window that have no block.",
      knownMean: \.settlement.meanMissedSlots
    ) { share(Double($0.record.market.missedSlots), of: Double($0.record.market.slots)) },
  ]

  static let bytes: [Measure] = [
    .init(
      .bytes, "raw_per_tx", unit: "B", rests: [.workload],
      "Bytes of a transaction before compression."
    ) {
      $0.perPosted(Double($0.record.posted.rawBytes))
    },
    .init(
      .bytes, "posted_per_tx", unit: "B", rests: .through(.poster),
      "Bytes published per transaction."
    ) {
      $0.perPosted(Double($0.record.posted.publishedBytes))
    },
    .init(
      .bytes, "blob_per_tx", unit: "B", rests: .through(.poster),
      "Blob bytes paid for per transaction, padding included; 0 with calldata."
    ) { $0.perPosted(Double($0.record.posted.blobs) * Scenario.bytesPaidPerBlob) },
  ]

  static let batch: [Measure] = [
    .init(.batch, "size_tx_mean", unit: "1", rests: .through(.poster), "Transactions in a batch.") {
      $0.record.batchSize.meanIfAny
    },
    .init(
      .batch, "size_bytes_mean", unit: "B", rests: .through(.poster),
      "Bytes that a batch publishes."
    ) {
      $0.record.batchBytes.meanIfAny
    },
    .init(.batch, "blobs_mean", unit: "1", rests: .through(.poster), "Blobs that a batch takes.") {
      $0.record.batchBlobs.meanIfAny
    },
    .init(
      .batch, "interval_s_mean", unit: "s", rests: .through(.poster),
      "Time from one batch to the next."
    ) {
      $0.record.batchInterval.meanIfAny
    },
    .init(
      .batch, "wait_s_mean", unit: "s", rests: .through(.poster),
      "Time from a transaction's block to the closing of its batch, mean over transactions."
    ) { summary in
      summary.record.batchSize.meanIfAny.map { summary.record.batchWaitSum.mean / $0 }
    },
    .init(
      .batch, "closed_count", unit: "1", rests: .through(.poster),
      "Batches closed in the measured window."
    ) {
      Double($0.record.batchSize.count)
    },
  ]

  static let prover: [Measure] = [
    .init(
      .prover, "utilisation", unit: "1", rests: .through(.prover),
      "Share of the provers that work, mean over the measured window."
    ) { $0.isValidity ? $0.record.proverUtilisation(of: $0.scenario.prover.provers) : nil },
    .init(
      .prover, "queue_s_mean", unit: "s", rests: .through(.prover),
      "Time that a batch waits for a prover."
    ) { $0.isValidity ? $0.record.proverQueue.meanIfAny : nil },
    .init(
      .prover, "verified_batches_per_s", unit: "1/s", rests: .through(.prover),
      "Batches per second whose proof is verified, from the first to the last, in whole cycles of "
        + "saturated provers."
    ) { $0.isValidity ? $0.record.verifiedBatches.perSecond : nil },
  ]
}
