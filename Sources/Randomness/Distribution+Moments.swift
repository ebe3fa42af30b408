import CGSL

/// The analytic moments.
extension Distribution {
  /// The expected value; infinite where it does not exist (Pareto with a shape up to 1).
  public var mean: Double {
    switch self {
    case .constant(let value): value
    case .uniform(let low, let high): (low + high) / 2
    case .triangular(let low, let mode, let high): (low + mode + high) / 3
    case .exponential(let mean): mean
    case .gamma(let shape, let scale): shape * scale
    case .lognormal(let mu, let sigma): exp(mu + sigma * sigma / 2)
    case .weibull(let shape, let scale): scale * exp(logGamma(1 + 1 / shape))
    case .pareto(let shape, let scale): shape > 1 ? shape * scale / (shape - 1) : .infinity
    case .beta(let alpha, let beta, let low, let high):
      low + (high - low) * (alpha / (alpha + beta))
    case .hyperexponential(let values), .discrete(let values): values.mean { $0 }
    case .mixture(let parts): parts.mean(of: \.mean)
    case .truncated(let truncation): truncation.moments.mean
    case .empirical(let observations): observations.values.mean { $0 }
    }
  }

  /// The expected squared distance from the mean; infinite where it does not exist (Pareto with a
  /// shape up to 2).
  public var variance: Double {
    switch self {
    case .constant: 0
    case .uniform(let low, let high): (high - low) * (high - low) / 12
    case .triangular(let low, let mode, let high):
      ((high - low) * (high - low) - (mode - low) * (high - mode)) / 18
    case .exponential(let mean): mean * mean
    case .gamma(let shape, let scale): shape * scale * scale
    case .lognormal(_, let sigma): expm1(sigma * sigma) * mean * mean
    case .weibull(let shape, _):
      // Γ(1 + 2/k) / Γ(1 + 1/k)² − 1, without the difference.
      expm1(logGamma(1 + 2 / shape) - 2 * logGamma(1 + 1 / shape)) * mean * mean
    case .pareto(let shape, _):
      shape > 2 ? mean * mean / (shape * (shape - 2)) : .infinity
    case .beta(let alpha, let beta, let low, let high):
      (high - low) * (high - low) * (alpha / (alpha + beta)) * (beta / (alpha + beta))
        / (alpha + beta + 1)
    case .hyperexponential(let means):
      Distribution.mixture(
        Weighted(means.elements.map { .exponential(mean: $0) }, weights: means.weights)
      ).variance
    case .mixture(let parts): Self.variance(parts, about: mean)
    case .truncated(let truncation): truncation.moments.variance
    case .discrete(let values): Self.variance(values, about: mean)
    case .empirical(let observations): Self.variance(observations.values, about: mean)
    }
  }

  /// The mean of the third power: exact for a constant, an exponential, a gamma and a lognormal variable,
  /// else that of a gamma variable with the same mean and variance.
  public var meanCube: Double {
    if case .lognormal(let mu, let sigma) = self { return exp(3 * mu + 4.5 * sigma * sigma) }
    guard mean > 0 else { return 0 }
    let square = variance / (mean * mean)
    return mean * mean * mean * (1 + square) * (1 + 2 * square)
  }

  /// Whether the mean is finite, without computing that of what is bounded.
  public var hasFiniteMean: Bool {
    switch self {
    case .truncated: true
    case .mixture(let parts): parts.allSatisfy(\.hasFiniteMean)
    default: mean.isFinite
    }
  }

  private static func variance(_ values: Weighted<Double>, about mean: Double) -> Double {
    values.mean { ($0 - mean) * ($0 - mean) }
  }

  /// The mean of the variances and the variance of the means.
  private static func variance(_ parts: Weighted<Distribution>, about mean: Double) -> Double {
    guard mean.isFinite else { return .infinity }
    return parts.mean { $0.variance + ($0.mean - mean) * ($0.mean - mean) }
  }
}
