import Declarations
import Statistics

/// What a rollup sees of the settlement chain in a run.
public struct SettlementRecord: Sendable {
  /// What the fee markets did.
  public let market: MarketRecord
  /// How its own transactions were included.
  public let own: InclusionRecord
  /// How those of light rollups were.
  public let neighbours: InclusionRecord

  /// Puts the records together.
  public init(market: MarketRecord, own: InclusionRecord, neighbours: InclusionRecord) {
    self.market = market
    self.own = own
    self.neighbours = neighbours
  }
}

extension SettlementRecord {
  /// The measures of the settlement chain and of what a rollup does there.
  public static let measures = fees + inclusion + markets + demand

  private static let fees: [PartMeasure<SettlementPolicy, SettlementRecord>] = [
    .init(
      .fee, "base_wei_per_gas_mean", title: "Base fee of the settlement chain, mean",
      unit: "wei/gas",
      "Base fee of the settlement chain, mean over the slots of the measured window."
    ) { $1.market.baseFee.meanIfAny },
    .init(
      .fee, "blob_wei_per_gas_mean", title: "Blob base fee, mean", unit: "wei/gas",
      "Blob base fee of the settlement chain, mean over the slots of the measured window."
    ) { $0.hasBlobs ? $1.market.blobBaseFee.meanIfAny : nil },
    .init(
      .fee, "missed_slots_share", title: "Share of slots without a block", unit: "1",
      rests: .parts(["settlement"]),
      "Share of the slots of the measured window that have no block.",
      knownMean: \.meanMissedSlots
    ) { share(Double($1.market.missedSlots), of: Double($1.market.slots)) },
  ]

  private static let inclusion: [PartMeasure<SettlementPolicy, SettlementRecord>] = [
    .init(
      .inclusion, "delay_s_mean", title: "Time until inclusion, mean", unit: "s",
      "Time from the handing over of a settlement transaction to the block that includes it."
    ) { $1.own.delays.meanSeconds },
    .init(
      .inclusion, "delay_s_p95", title: "Time until inclusion, 95th percentile", unit: "s",
      "The same, 95th percentile over settlement transactions."
    ) { $1.own.delays.quantileSeconds(0.95) },
    .init(
      .inclusion, "delay_s_max", title: "Time until inclusion, largest", unit: "s",
      "The same, largest over settlement transactions."
    ) { $1.own.delays.maximumSeconds },
    .init(
      .inclusion, "replacements_mean", unit: "1",
      "How often a settlement transaction is replaced by one that bids more."
    ) { share(Double($1.own.replacements), of: $1.own.transactions) },
    .init(
      .inclusion, "reorganised_count", unit: "1",
      "Settlement transactions that re-orgs drop in the whole run, those of neighbours included."
    ) { Double($1.market.reorganised) },
  ]

  private static let markets: [PartMeasure<SettlementPolicy, SettlementRecord>] = [
    .init(
      .market, "base_wei_per_gas_max", title: "Base fee of the settlement chain, largest",
      unit: "wei/gas",
      "Base fee of the settlement chain, largest in the measured window."
    ) { $1.market.slots > 0 ? $1.market.baseFee.maximum : nil },
    .init(
      .market, "base_wei_per_gas_sd", title: "Base fee of the settlement chain, standard deviation",
      unit: "wei/gas",
      "Base fee of the settlement chain, standard deviation over the slots of the measured window."
    ) { $1.market.baseFee.standardDeviation },
    .init(
      .market, "blob_wei_per_gas_max", title: "Blob base fee, largest", unit: "wei/gas",
      "Blob base fee of the settlement chain, largest in the measured window."
    ) { $0.hasBlobs && $1.market.slots > 0 ? $1.market.blobBaseFee.maximum : nil },
    .init(
      .market, "blob_wei_per_gas_sd", title: "Blob base fee, standard deviation", unit: "wei/gas",
      "Blob base fee of the settlement chain, standard deviation over the slots of the measured "
        + "window."
    ) { $0.hasBlobs ? $1.market.blobBaseFee.standardDeviation : nil },
    .init(
      .market, "blob_use_share", unit: "1",
      "Blobs in blocks over the target of those blocks; 1 where the fee stands still."
    ) { share(Double($1.market.blobs), of: Double($1.market.blobTargets)) },
    .init(
      .market, "blob_own_share", title: "Own share of blobs", unit: "1",
      "Share of the blobs in blocks that are the rollup's own."
    ) { share(Double($1.own.blobsInWindow), of: Double($1.market.blobs)) }.summing(["own blobs"]),
    .init(
      .market, "blob_neighbour_share", title: "Neighbours' share of blobs", unit: "1",
      "Share of the blobs in blocks that are the neighbours'."
    ) { share(Double($1.market.neighbourBlobs), of: Double($1.market.blobs)) }
    .summing(["neighbours' blobs"]),
    .init(
      .market, "blob_own_wei_per_blob_mean", unit: "wei",
      "Blob fee that the rollup pays for a blob."
    ) { share($1.own.blobFees.asDouble, of: Double($1.own.blobs)) },
    .init(
      .market, "blob_neighbour_wei_per_blob_mean", unit: "wei",
      "Blob fee that neighbours pay for a blob, over the whole run."
    ) { share($1.neighbours.blobFees.asDouble, of: Double($1.neighbours.blobs)) },
    .init(
      .market, "neighbour_delay_s_mean", title: "Time until a neighbour's inclusion, mean",
      unit: "s",
      "Time from the handing over of a neighbour's settlement transaction to the block that includes "
        + "it, over the whole run."
    ) { $1.neighbours.delays.meanSeconds },
  ]

  private static let demand: [PartMeasure<SettlementPolicy, SettlementRecord>] = [
    .init(
      .demand, "gas_log_mean", title: "Log deviation of others' demand for gas", unit: "1",
      rests: .journey(through: "settlement"),
      "Deviation of the logarithm of others' demand for gas from its level, mean over the slots of the "
        + "measured window.", knownMean: \.demand.meanDeviation
    ) { $1.market.gasDeviation.meanIfAny },
    .init(
      .demand, "blob_log_mean", title: "Log deviation of others' demand for blobs", unit: "1",
      rests: .journey(through: "settlement"),
      "Deviation of the logarithm of others' demand for blobs from its level, mean over the slots of "
        + "the measured window.",
      knownMean: \.meanBlobDeviation
    ) { $0.hasBlobs ? $1.market.blobDeviation.meanIfAny : nil },
  ]
}
