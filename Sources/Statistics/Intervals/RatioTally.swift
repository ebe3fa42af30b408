import CGSL

/// Pairs of observations whose means are divided by each other, in one pass.
public struct RatioTally: Sendable {
  /// The number of pairs.
  public private(set) var count = 0
  private var numerator = 0.0
  private var denominator = 0.0
  private var numeratorSquares = 0.0
  private var denominatorSquares = 0.0
  private var products = 0.0

  /// A tally without pairs.
  public init() {}

  /// Adds the two observations of one replication.
  public mutating func record(_ above: Double, over below: Double) {
    count += 1
    let (up, down) = (above - numerator, below - denominator)
    numerator += up / Double(count)
    denominator += down / Double(count)
    numeratorSquares += up * (above - numerator)
    denominatorSquares += down * (below - denominator)
    products += up * (below - denominator)
  }

  /// The ratio of the means; nil without pairs, or with a mean of 0 below the line.
  public var ratio: Double? { count > 0 && denominator != 0 ? numerator / denominator : nil }

  /// Fieller's interval for the ratio of two expectations.
  ///
  /// Fieller (1954, Journal of the Royal Statistical Society B 16, 175–185): it holds those r for which
  /// Student's test does not refuse that the mean of x − ry is 0. Exact for pairs from a bivariate normal
  /// distribution, whatever their correlation.
  ///
  /// - Returns: nil for fewer than two pairs, and where the mean below the line does not differ from 0
  ///   at this confidence: no bounded interval is right then.
  public func interval(confidence: Double) -> ConfidenceInterval? {
    guard count > 1 else { return nil }
    let quantile = gsl_cdf_tdist_Pinv((1 + confidence) / 2, Double(count - 1))
    let scale = quantile * quantile / (Double(count) * Double(count - 1))
    // (x − ry)² = scale · (Sxx − 2r Sxy + r² Syy) is a quadratic equation in r.
    let a = denominator * denominator - scale * denominatorSquares
    let b = numerator * denominator - scale * products
    let c = numerator * numerator - scale * numeratorSquares
    guard a > 0 else { return nil }
    let root = max(b * b - a * c, 0).squareRoot()
    return ConfidenceInterval(low: (b - root) / a, high: (b + root) / a)
  }
}
