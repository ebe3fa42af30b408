import Declarations
import EventKernel

extension NeighbourPolicy {
  /// The groups that every scenario knows, in the order of their rollups.
  public static let sizes = ["large", "medium", "small"]

  /// What a scenario can say about a group of light rollups.
  public static let parameters: [PartParameter<NeighbourPolicy>] =
    [
      .whole(
        "count", .count, \.count,
        "Other rollups of this group that post blobs to the settlement chain."
      ).titled("Rollups")
    ]
    + [
      .number(
        "data_rate", .bytesPerSecond, \.dataRate, "Mean data of each after compression."
      ).titled("Data of each after compression"),
      .number(
        "rate_cv", .number, \.rateVariation,
        "Coefficient of variation of that rate from batch to batch."
      ).titled("Coefficient of variation of the data of each"),
      .whole(
        "blobs_per_transaction", .count, \.blobsPerTransaction,
        "Blobs at which each posts a batch."),
      .duration("max_age", \.maxAge, "Age at which each posts a batch whatever it costs."),
      .whole(
        "price_limit", .weiPerGas, \.priceLimit,
        "Blob base fee above which a batch that is not that old waits."
      ).titled("Blob base fee above which a batch waits"),
      .number(
        "variety", .number, \.variety,
        "Coefficient of variation of data rate, max_age and price_limit from rollup to rollup."
      ).titled("Coefficient of variation between rollups"),
      .whole("fee_cap", .weiPerGas, \.feeCap, "Most that each pays per gas."),
      .whole("tip", .weiPerGas, \.tip, "Tip that each bids."),
      .whole("blob_fee_cap", .weiPerGas, \.blobFeeCap, "Most that each pays per blob gas."),
      .whole("blob_bytes", .bytes, \.bytesPerBlob, "Data that one blob of each holds."),
      .whole(
        "gas", .gas, \.gas, "Gas that each settlement transaction executes beside its data."
      ).titled("Gas of a settlement transaction beside its data"),
    ].used { $0.count > 0 }

  /// States what holds of any group.
  public func check(_ expect: inout Expectations) {
    guard count > 0 else { return }
    expect(count <= 1000, "count", "expected at most 1000 rollups")
    expect((1...1e6).contains(dataRate), "data_rate", "expected from 1 B/s to 1 MB/s")
    expect(
      rateVariation == 0 || (0.001...2).contains(rateVariation), "rate_cv",
      "expected 0, or from 0.001 to 2")
    expect(
      variety == 0 || (0.001...2).contains(variety), "variety", "expected 0, or from 0.001 to 2")
    expect(
      (.seconds(1)...SimDuration.days(30)).contains(maxAge), "max_age",
      "expected from 1 s to 30 d")
    expect(tip <= 1_000_000_000_000_000, "tip", "expected at most 1e15 wei")
    expect(
      BatchPoster.Policy.dataSizes.contains(bytesPerBlob), "blob_bytes",
      "expected from 100 B to 1e9 B")
  }
}
