import EventKernel
import Randomness

/// How a rollup posts, or the rollups of a group on average.
public struct NeighbourPolicy: Hashable, Sendable {
  /// Rollups in the group.
  public var count: Int
  /// Mean data of each after compression [B/s].
  public var dataRate: Double
  /// Coefficient of variation of the rate from batch to batch.
  public var rateVariation: Double
  /// Blobs of one settlement transaction.
  public var blobsPerTransaction: UInt64
  /// Age at which a batch is posted whatever it costs.
  public var maxAge: SimDuration
  /// Blob base fee above which a batch that is not that old waits [wei per blob gas].
  public var priceLimit: UInt64
  /// Coefficient of variation, from rollup to rollup, of data rate, greatest age and price limit.
  public var variety: Double
  /// Most paid for gas [wei per gas].
  public var feeCap: UInt64
  /// Tip [wei per gas].
  public var tip: UInt64
  /// Most paid for blobs [wei per blob gas].
  public var blobFeeCap: UInt64
  /// Data that one of its blobs holds [B].
  public var bytesPerBlob: UInt64 = 126_976
  /// Gas that one of its settlement transactions executes: none where its inbox has no code.
  public var gas: UInt64 = 0

  /// A group that posts like this.
  public init(
    count: Int, dataRate: Double, rateVariation: Double, blobsPerTransaction: UInt64,
    maxAge: SimDuration, priceLimit: UInt64, variety: Double, feeCap: UInt64, tip: UInt64,
    blobFeeCap: UInt64
  ) {
    self.count = count
    self.dataRate = dataRate
    self.rateVariation = rateVariation
    self.blobsPerTransaction = blobsPerTransaction
    self.maxAge = maxAge
    self.priceLimit = priceLimit
    self.variety = variety
    self.feeCap = feeCap
    self.tip = tip
    self.blobFeeCap = blobFeeCap
  }
}

extension NeighbourPolicy {
  /// The policy of one rollup of the group: independent gamma factors of mean 1 and of the group's
  /// variety on data rate, greatest age and price limit.
  func varied(_ stream: inout RandomStream) -> NeighbourPolicy {
    guard variety > 0 else { return self }
    let factor = Distribution.gamma(mean: 1, cv: variety)
    var policy = self
    policy.dataRate *= factor.sample(&stream)
    policy.maxAge = max(
      SimDuration(seconds: maxAge.seconds * factor.sample(&stream)) ?? maxAge, .seconds(1))
    policy.priceLimit = UInt64(min(Double(priceLimit) * factor.sample(&stream), 1e18))
    return policy
  }
}
