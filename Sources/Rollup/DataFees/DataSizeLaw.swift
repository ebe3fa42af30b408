import Randomness

/// The law of how much data many transactions count for, given their bytes: mean and variance of the size of one, and
/// how it goes with its bytes.
///
/// What counts is the excess, by which a transaction is larger than the least that any counts for. That of n
/// transactions with B bytes together is a gamma variable whose mean is that of n and what B brings beyond theirs, by
/// linear regression; its variance is what the regression leaves. So mean, variance and covariance with bytes are those
/// of single draws. By a rule that is linear in bytes only what each transaction is rounded by is left, and where it is not
/// rounded nothing: then the sum is exact, and nothing is drawn.
///
/// Left out is the skewness that bytes do not bring, as in `SumLaw`. By Fjord's rule, where few transactions exceed the
/// least, that is most: of 100 transactions of the mix of the base case, of which one in four does, the two
/// distribution functions differ by some 0.02, and by the less the more there are. So few that their bytes could bring
/// the mean below nothing do not follow them: what they exceed the least by is drawn from its own law.
struct DataSizeLaw {
  /// The mean excess of one.
  private(set) var excess = 0.0
  private var variance = 0.0
  /// The mean bytes of one [B].
  private var bytes = 0.0
  private var bytesVariance = 0.0
  private var covariance = 0.0

  /// The law of transactions whose bytes have a distribution, each rounded to whole bytes.
  init(_ distribution: Distribution, _ rule: DataSizeRule) {
    let least = rule.least
    let points = distribution.points.map { value, weight in
      let bytes = UInt64(UInt32(rounding: value))
      return (
        bytes: Double(bytes), excess: Double(rule.size(bytes: bytes) - least), weight: weight
      )
    }
    for point in points {
      bytes += point.weight * point.bytes
      excess += point.weight * point.excess
    }
    for point in points { spread(point.weight, point.bytes - bytes, point.excess - excess) }
  }

  /// The law of transactions of several classes.
  init(mixing laws: [(law: DataSizeLaw, weight: Double)]) {
    let total = laws.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return }
    for (law, weight) in laws {
      bytes += weight / total * law.bytes
      excess += weight / total * law.excess
    }
    for (law, weight) in laws {
      spread(weight / total, law.bytes - bytes, law.excess - excess)
      bytesVariance += weight / total * law.bytesVariance
      covariance += weight / total * law.covariance
      variance += weight / total * law.variance
    }
  }

  /// Adds to variances what deviates from the means with a probability.
  private mutating func spread(_ weight: Double, _ bytes: Double, _ excess: Double) {
    bytesVariance += weight * bytes * bytes
    covariance += weight * bytes * excess
    variance += weight * excess * excess
  }

  /// The law of the sum of what transactions exceed the least by, whatever their bytes are.
  var sum: SumLaw { SumLaw(mean: excess, variance: variance) }

  /// What a byte brings on average.
  private var slope: Double { bytesVariance > 0 ? covariance / bytesVariance : 0 }

  /// What `count` transactions exceed the least by, together.
  ///
  /// - Parameter all: their bytes together.
  func draw(_ count: Int, bytes all: UInt64, _ stream: inout RandomStream) -> Double {
    let left = variance - slope * covariance
    guard followsBytes(count) else { return sum.sum(of: count, &stream) }
    let mean = Double(count) * excess + slope * (Double(all) - Double(count) * bytes)
    guard mean > 0, left > 1e-9 * variance else { return max(mean, 0) }
    return stream.gamma(
      shape: mean / (Double(count) * left) * mean, scale: Double(count) * left / mean)
  }

  /// Whether so many have too many bytes for these to bring their mean below nothing, but with a probability of some
  /// 3e-5.
  private func followsBytes(_ count: Int) -> Bool {
    slope * bytes <= 1.001 * excess || Double(count) * excess * excess >= 16 * slope * covariance
  }
}
