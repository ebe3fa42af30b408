import CGSL

/// Distribution functions, by GSL where it has them.
extension Distribution {
  /// The probability of a value of at most `x`.
  public func cumulative(_ x: Double) -> Double {
    precondition(GSLErrors.areOff)
    if let atom { return x >= atom ? 1 : 0 }
    return switch self {
    case .constant: .nan
    case .uniform(let low, let high): gsl_cdf_flat_P(x, low, high)
    case .triangular(let low, let mode, let high):
      Self.triangle(x, low: low, mode: mode, high: high).below
    case .exponential(let mean): gsl_cdf_exponential_P(x, mean)
    case .gamma(let shape, let scale): gsl_cdf_gamma_P(x, shape, scale)
    case .lognormal(let mu, let sigma): x > 0 ? gsl_cdf_lognormal_P(x, mu, sigma) : 0
    case .weibull(let shape, let scale): x > 0 ? gsl_cdf_weibull_P(x, scale, shape) : 0
    case .pareto(let shape, let scale): gsl_cdf_pareto_P(x, shape, scale)
    case .beta(let alpha, let beta, let low, let high):
      gsl_cdf_beta_P((x - low) / (high - low), alpha, beta)
    case .hyperexponential(let means): means.mean { gsl_cdf_exponential_P(x, $0) }
    case .mixture(let parts): parts.mean { $0.cumulative(x) }
    case .truncated(let truncation): truncation.cumulative(x)
    case .discrete(let values): values.mean { $0 <= x ? 1 : 0 }
    case .empirical(let observations): observations.values.mean { $0 <= x ? 1 : 0 }
    }
  }

  /// The probability of a value above `x`, to full precision where it is small.
  public func survival(_ x: Double) -> Double {
    precondition(GSLErrors.areOff)
    if let atom { return x >= atom ? 0 : 1 }
    return switch self {
    case .constant: .nan
    case .uniform(let low, let high): gsl_cdf_flat_Q(x, low, high)
    case .triangular(let low, let mode, let high):
      Self.triangle(x, low: low, mode: mode, high: high).above
    case .exponential(let mean): gsl_cdf_exponential_Q(x, mean)
    case .gamma(let shape, let scale): gsl_cdf_gamma_Q(x, shape, scale)
    case .lognormal(let mu, let sigma): x > 0 ? gsl_cdf_lognormal_Q(x, mu, sigma) : 1
    case .weibull(let shape, let scale): x > 0 ? gsl_cdf_weibull_Q(x, scale, shape) : 1
    case .pareto(let shape, let scale): gsl_cdf_pareto_Q(x, shape, scale)
    case .beta(let alpha, let beta, let low, let high):
      gsl_cdf_beta_Q((x - low) / (high - low), alpha, beta)
    case .hyperexponential(let means): means.mean { gsl_cdf_exponential_Q(x, $0) }
    case .mixture(let parts): parts.mean { $0.survival(x) }
    case .truncated(let truncation): truncation.survival(x)
    case .discrete, .empirical: 1 - cumulative(x)
    }
  }

  /// The probability of (low, high], from whichever tail loses fewer digits.
  func probability(from low: Double, to high: Double) -> Double {
    let below = cumulative(low)
    return below > 0.5 ? survival(low) - survival(high) : cumulative(high) - below
  }

  /// The only value, if there is no more than one; lotteries with one outcome do not count.
  var atom: Double? {
    switch self {
    case .constant(let value): value
    case .uniform(let low, let high) where low == high: low
    case .lognormal(let mu, let sigma) where sigma == 0: exp(mu)
    default: nil
    }
  }

  private static func triangle(
    _ x: Double, low: Double, mode: Double, high: Double
  ) -> (below: Double, above: Double) {
    if x <= low { return (0, 1) }
    if x >= high { return (1, 0) }
    if x <= mode {
      let below = (x - low) / (high - low) * ((x - low) / (mode - low))
      return (below, 1 - below)
    }
    let above = (high - x) / (high - low) * ((high - x) / (high - mode))
    return (1 - above, above)
  }
}
