import Declarations
import EventKernel

extension SharedBlobs {
  /// What a scenario says about a service that posts data of several rollups together.
  public struct Policy: Hashable, Sendable {
    /// Blobs of one transaction.
    public var blobs: UInt64 = 1
    /// Data that one blob holds [B].
    public var bytesPerBlob: UInt64 = 126_976
    /// Time after which a transaction is posted although it is not full.
    public var maxWait = SimDuration.seconds(600)
    /// Gas that a transaction executes.
    public var gas: UInt64 = 0
    /// Gas that it executes for each batch of which it has a piece.
    public var gasPerBatch: UInt64 = 0
    /// Who pays how much of what it cost.
    public var split = BlobSplit.bytes
    /// Tip that the service bids per gas [wei].
    public var tip: UInt64 = 1_000_000_000
    /// Most that it pays per gas, base fee and tip together [wei].
    public var feeCap: UInt64 = 1_000_000_000_000
    /// Most that it pays per blob gas [wei].
    public var blobFeeCap: UInt64 = 1_000_000_000_000

    /// What holds of a service that says nothing else.
    public init() {}

    /// Data of a full transaction [B].
    var capacity: UInt64 { blobs * bytesPerBlob }

    /// Batches of which a transaction can have pieces that executes no more than a limit; at least one.
    func pieces(within gasLimit: UInt64) -> Int {
      guard gasPerBatch > 0 else { return .max }
      return max(1, Int(clamping: (gasLimit - min(gas, gasLimit)) / gasPerBatch))
    }
  }
}

extension SharedBlobs.Policy {
  /// What a scenario can say about blobs that rollups share.
  public static let parameters: [PartParameter<SharedBlobs.Policy>] = [
    .whole("blobs", .count, \.blobs, "Blobs of one transaction that rollups share."),
    .whole("blob_bytes", .bytes, \.bytesPerBlob, "Data that one blob that rollups share holds."),
    .duration(
      "max_wait", \.maxWait,
      "Time after which a transaction that rollups share is posted although it is not full."
    ).titled("Longest wait for shared blobs"),
    .whole("gas", .gas, \.gas, "Gas that a transaction executes that rollups share."),
    .whole(
      "gas_per_batch", .gas, \.gasPerBatch,
      "Gas that such a transaction executes for each batch of which it has a piece."
    ).titled("Gas of a batch in shared blobs"),
    .word(
      "split", \.split, "How those whose data a transaction has split what it cost."
    ).titled("Split of the cost of shared blobs"),
    .whole(
      "tip", .weiPerGas, \.tip, "Tip that the service bids per settlement gas.", affects: .money
    ).titled("Tip for shared blobs"),
    .whole(
      "fee_cap", .weiPerGas, \.feeCap,
      "Most that the service pays per settlement gas, base fee and tip together."
    ).titled("Fee cap of shared blobs"),
    .whole(
      "blob_fee_cap", .weiPerGas, \.blobFeeCap, "Most that the service pays per blob gas."
    ).titled("Blob fee cap of shared blobs"),
  ]

  /// States what holds of any such service.
  public func check(_ expect: inout Expectations) {
    expect((1...1000).contains(blobs), "blobs", "expected from 1 to 1000 blobs")
    expect(
      BatchPoster.Policy.dataSizes.contains(bytesPerBlob), "blob_bytes",
      "expected from 100 B to 1e9 B")
    expect(maxWait <= .days(30), "max_wait", "expected at most 30 d")
    expect(gas <= 1_000_000_000, "gas", "expected at most 1 Ggas")
    expect(gasPerBatch <= 10_000_000, "gas_per_batch", "expected at most 10 Mgas")
    expect(tip <= 1_000_000_000_000_000, "tip", "expected at most 1e15 wei")
  }
}
