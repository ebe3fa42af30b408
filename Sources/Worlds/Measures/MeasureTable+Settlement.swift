import Ledger
import Settlement
import Statistics

// The measures of the settlement chain and of what the rollup does there.

extension Measure {
  /// A share, or nil if there is nothing to be a share of.
  static func share(_ part: Double, of whole: Double) -> Double? { whole > 0 ? part / whole : nil }

  static let inclusion: [Measure] = [
    .init(
      .inclusion, "delay_s_mean", unit: "s", rests: .through(.neighbours),
      "Time from the handing over of a settlement transaction to the block that includes it."
    ) { $0.record.inclusions.delays.meanSeconds },
    .init(
      .inclusion, "delay_s_p95", unit: "s", rests: .through(.neighbours),
      "The same, 95th percentile over settlement transactions."
    ) { $0.record.inclusions.delays.quantileSeconds(0.95) },
    .init(
      .inclusion, "delay_s_max", unit: "s", rests: .through(.neighbours),
      "The same, largest over settlement transactions."
    ) { $0.record.inclusions.delays.maximumSeconds },
    .init(
      .inclusion, "replacements_mean", unit: "1", rests: .through(.neighbours),
      "How often a settlement transaction is replaced by one that bids more."
    ) { share(Double($0.record.inclusions.replacements), of: $0.record.inclusions.transactions) },
    .init(
      .inclusion, "reorganised_count", unit: "1", rests: .through(.neighbours),
      "Settlement transactions that re-orgs drop in the whole run, those of neighbours included."
    ) { Double($0.record.reorganised) },
    .init(
      .inclusion, "wasted_wei_per_tx_mean", unit: "wei", rests: .through(.prover),
      "What the operator pays per transaction for claims that revert because a re-org took their "
        + "data away."
    ) { share($0.record.wasted.asDouble, of: Double($0.record.claimedTransactions)) },
  ]

  static let deposit: [Measure] = [
    .init(
      .deposit, "credit_s_mean", unit: "s", rests: .through(.neighbours),
      "Time from the sending of a deposit to the credit that no re-org undid."
    ) { $0.record.deposits.meanSeconds },
    .init(
      .deposit, "credit_s_p95", unit: "s", rests: .through(.neighbours),
      "The same, 95th percentile over deposits."
    ) { $0.record.deposits.quantileSeconds(0.95) },
    .init(
      .deposit, "credit_s_max", unit: "s", rests: .through(.neighbours),
      "The same, largest over deposits."
    ) { $0.record.deposits.maximumSeconds },
    .init(
      .deposit, "undone_count", unit: "1", rests: .through(.neighbours),
      "Credits of deposits that re-orgs undid in the whole run."
    ) { $0.scenario.deposits.rate > 0 ? Double($0.depositsUndone) : nil },
  ]

  static let demand: [Measure] = [
    .init(
      .demand, "gas_log_mean", unit: "1", rests: .through(.settlement),
      "Deviation of the logarithm of others' demand for gas from its level, mean over the slots of the "
        + "measured window.", knownMean: \.settlement.demand.meanDeviation
    ) { $0.record.market.gasDeviation.meanIfAny },
    .init(
      .demand, "blob_log_mean", unit: "1", rests: .through(.settlement),
      "Deviation of the logarithm of others' demand for blobs from its level, mean over the slots of "
        + "the measured window.",
      knownMean: \.settlement.meanBlobDeviation
    ) { $0.hasBlobs ? $0.record.market.blobDeviation.meanIfAny : nil },
  ]

  static let market: [Measure] = [
    .init(
      .market, "base_wei_per_gas_max", unit: "wei/gas", rests: .through(.neighbours),
      "Base fee of the settlement chain, largest in the measured window."
    ) { $0.record.market.slots > 0 ? $0.record.market.baseFee.maximum : nil },
    .init(
      .market, "base_wei_per_gas_sd", unit: "wei/gas", rests: .through(.neighbours),
      "Base fee of the settlement chain, standard deviation over the slots of the measured window."
    ) { $0.record.market.baseFee.standardDeviation },
    .init(
      .market, "blob_wei_per_gas_max", unit: "wei/gas", rests: .through(.neighbours),
      "Blob base fee of the settlement chain, largest in the measured window."
    ) { $0.hasBlobs && $0.record.market.slots > 0 ? $0.record.market.blobBaseFee.maximum : nil },
    .init(
      .market, "blob_wei_per_gas_sd", unit: "wei/gas", rests: .through(.neighbours),
      "Blob base fee of the settlement chain, standard deviation over the slots of the measured "
        + "window."
    ) { $0.hasBlobs ? $0.record.market.blobBaseFee.standardDeviation : nil },
    .init(
      .market, "blob_use_share", unit: "1", rests: .through(.neighbours),
      "Blobs in blocks over the target of those blocks; 1 where the fee stands still."
    ) { share(Double($0.record.market.blobs), of: Double($0.record.market.blobTargets)) },
    .init(
      .market, "blob_own_share", unit: "1", rests: .through(.neighbours),
      "Share of the blobs in blocks that are the rollup's own."
    ) { share(Double($0.record.market.ownBlobs), of: Double($0.record.market.blobs)) },
    .init(
      .market, "blob_neighbour_share", unit: "1", rests: .through(.neighbours),
      "Share of the blobs in blocks that are the neighbours'."
    ) { share(Double($0.record.market.neighbourBlobs), of: Double($0.record.market.blobs)) },
    .init(
      .market, "blob_own_wei_per_blob_mean", unit: "wei", rests: .through(.neighbours),
      "Blob fee that the rollup pays for a blob."
    ) { share($0.record.inclusions.blobFees.asDouble, of: Double($0.record.inclusions.blobs)) },
    .init(
      .market, "blob_neighbour_wei_per_blob_mean", unit: "wei", rests: .through(.neighbours),
      "Blob fee that neighbours pay for a blob, over the whole run."
    ) { share($0.record.neighbours.blobFees.asDouble, of: Double($0.record.neighbours.blobs)) },
    .init(
      .market, "neighbour_delay_s_mean", unit: "s", rests: .through(.neighbours),
      "Time from the handing over of a neighbour's settlement transaction to the block that includes "
        + "it, over the whole run."
    ) { $0.record.neighbours.delays.meanSeconds },
  ]
}

extension InclusionRecord {
  /// How many settlement transactions there were.
  var transactions: Double { Double(delays.count) }
}

extension RunSummary {
  /// Whether the settlement chain sells blobs.
  var hasBlobs: Bool { scenario.settlement.hasBlobs }
}
