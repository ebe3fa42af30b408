import CGSL

/// Distributions by other parameters than their own.
///
/// What no distribution has, such as a negative cv, becomes a parameter with a `defect`.
extension Distribution {
  /// The lognormal with this mean and coefficient of variation; a negative one stays a defect.
  public static func lognormal(mean: Double, cv: Double) -> Distribution {
    let variance = log1p(cv * cv)
    let sigma = variance.squareRoot()
    return .lognormal(mu: log(mean) - variance / 2, sigma: cv < 0 ? -sigma : sigma)
  }

  /// The lognormal with this median, whose logarithm has standard deviation `sigma`.
  public static func lognormal(median: Double, sigma: Double) -> Distribution {
    .lognormal(mu: log(median), sigma: sigma)
  }

  /// The median of a lognormal; nil for other distributions.
  public var lognormalMedian: Double? {
    if case .lognormal(let mu, _) = self { exp(mu) } else { nil }
  }

  /// The gamma with this mean and coefficient of variation; a negative one stays a defect.
  public static func gamma(mean: Double, cv: Double) -> Distribution {
    .gamma(shape: 1 / (cv * abs(cv)), scale: mean * cv * abs(cv))
  }

  /// The Weibull with this mean and a coefficient of variation from 0.001 to 1000.
  ///
  /// The shape k solves 1 + cv² = Γ(1 + 2/k) / Γ(1 + 1/k)², whose right side falls with k, by
  /// bisection to the last bit.
  public static func weibull(mean: Double, cv: Double) -> Distribution {
    guard cv >= 0.001, cv <= 1000 else { return .weibull(shape: .nan, scale: mean) }
    func excess(_ shape: Double) -> Double {
      logGamma(1 + 2 / shape) - 2 * logGamma(1 + 1 / shape) - log1p(cv * cv)
    }
    var (low, high) = (0.05, 2000.0)
    while case let middle = low + (high - low) / 2, low < middle, middle < high {
      if excess(middle) > 0 { low = middle } else { high = middle }
    }
    return .weibull(shape: low, scale: mean / exp(logGamma(1 + 1 / low)))
  }

  /// The Pareto with this mean and a coefficient of variation from 0.001 to 1000; its shape is above 2.
  public static func pareto(mean: Double, cv: Double) -> Distribution {
    guard cv >= 0.001, cv <= 1000 else { return .pareto(shape: .nan, scale: mean) }
    let excess = (1 + 1 / (cv * cv)).squareRoot()
    return .pareto(shape: 1 + excess, scale: mean * excess / (1 + excess))
  }

  /// The beta on [low, high] with this mean and coefficient of variation.
  public static func beta(mean: Double, cv: Double, low: Double, high: Double) -> Distribution {
    let centre = (mean - low) / (high - low)
    let spread = cv * mean / (high - low)
    let total = cv > 0 ? centre * (1 - centre) / (spread * spread) - 1 : .nan
    return .beta(alpha: centre * total, beta: (1 - centre) * total, low: low, high: high)
  }

  /// The mixture of two exponentials with this mean and a coefficient of variation of 1 or more, in
  /// which both contribute half of the mean.
  ///
  /// Source: Whitt, "Approximating a point process by a renewal process", Operations Research 30
  /// (1982), section 3.1, "balanced means".
  public static func hyperexponential(mean: Double, cv: Double) -> Distribution {
    let square = cv * abs(cv)
    let often = (1 + ((square - 1) / (square + 1)).squareRoot()) / 2
    let rarely = 1 / (square + 1) / (2 * often)
    return .hyperexponential(
      Weighted([mean / (2 * often), mean / (2 * rarely)], weights: [often, rarely]))
  }

  /// A distribution under the condition that it lies in [low, high].
  public static func truncated(_ base: Distribution, low: Double, high: Double) -> Distribution {
    .truncated(Truncation(base, low: low, high: high))
  }
}
