import CGSL

/// A quantile of independent observations, with limits that hold for any distribution.
public struct QuantileEstimate: Equatable, Sendable {
  /// The value below which the share lies, interpolated between observations.
  public let value: Double
  /// The limits; nil for too few observations.
  public let interval: ConfidenceInterval?

  /// Estimates a quantile.
  ///
  /// The value is that of Hyndman & Fan (1996), definition 7: the observation of rank 1 + (n − 1)q.
  /// The limits are two observations (David & Nagaraja 2003, Order Statistics, section 7.1): the number
  /// of observations below the quantile is binomial with n and q, whatever their distribution, so each
  /// limit is the innermost observation that lies beyond the quantile with a probability of at most
  /// (1 − confidence)/2. Of the 95 % quantile that takes 72 observations at 95 % confidence.
  ///
  /// - Parameters:
  ///   - probability: the share, above 0 and below 1.
  ///   - observations: independent ones in any order, at least one.
  ///   - confidence: above 0 and below 1.
  public init(_ probability: Double, of observations: [Double], confidence: Double) {
    precondition(probability > 0 && probability < 1, "a quantile of no share")
    precondition(!observations.isEmpty, "a quantile of nothing")
    let sorted = observations.sorted()
    let rank = Double(sorted.count - 1) * probability
    let below = Int(rank)
    let above = min(below + 1, sorted.count - 1)
    value = sorted[below] + (sorted[above] - sorted[below]) * (rank - Double(below))
    let ranks = Self.ranks(probability, count: sorted.count, confidence: confidence)
    interval = ranks.map { ConfidenceInterval(low: sorted[$0.low], high: sorted[$0.high]) }
  }

  /// The places of the limits among `count` sorted observations.
  private static func ranks(
    _ probability: Double, count: Int, confidence: Double
  ) -> (low: Int, high: Int)? {
    let tail = (1 - confidence) / 2
    // Observation k from 0 lies above the quantile if at most k of all lie below it.
    let low = (0..<count).last {
      gsl_cdf_binomial_P(UInt32($0), probability, UInt32(count)) <= tail
    }
    let high = (0..<count).first {
      gsl_cdf_binomial_Q(UInt32($0), probability, UInt32(count)) <= tail
    }
    guard let low, let high else { return nil }
    return (low, high)
  }
}
