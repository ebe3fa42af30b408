import CGSL

/// Two-sided limits around a mean.
public struct ConfidenceInterval: Equatable, Sendable {
  /// The lower limit.
  public let low: Double
  /// The upper limit.
  public let high: Double

  /// The confidences that can be asked for: nearer to 1, a quantile is not finite, or a guess, once a
  /// dozen looks share what may go wrong.
  public static let confidences = 0.5...0.999_999_999_9

  /// Limits that were found otherwise.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Student's interval for the mean of independent observations.
  ///
  /// Mean ± t(1 − (1 − confidence)/2; n − 1) · s/√n, with the quantile from GSL. Exact for normal
  /// observations; for others it holds approximately and improves with n.
  ///
  /// - Returns: nil for fewer than two observations, which say nothing about their spread.
  public init?(meanOf tally: Tally, confidence: Double) {
    guard let deviation = tally.standardDeviation else { return nil }
    let quantile = gsl_cdf_tdist_Pinv((1 + confidence) / 2, Double(tally.count - 1))
    let halfWidth = quantile * deviation / Double(tally.count).squareRoot()
    low = tally.mean - halfWidth
    high = tally.mean + halfWidth
  }
}
