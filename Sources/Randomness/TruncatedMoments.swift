import CGSL

/// Mean and variance of what is truncated.
extension Truncation {
  /// Mean and variance, exact in closed form, else to 1e-8 of themselves.
  ///
  /// For an exponential, gamma, lognormal, Weibull, Pareto or beta distribution the partial moments
  /// have closed forms. Where the interval is so narrow that the variance would be lost in their
  /// difference, and for a triangular one, moments are integrals of the quantile over its level.
  public var moments: (mean: Double, variance: Double) {
    if let parts {
      let mixture = Distribution.mixture(parts)
      return (mixture.mean, mixture.variance)
    }
    if case .uniform(let least, let most) = base {
      let inside = Distribution.uniform(low: max(low, least), high: min(high, most))
      return (inside.mean, inside.variance)
    }
    if let mean = partialMoment(1), let square = partialMoment(2),
      square - mean * mean > 1e-4 * square
    {
      return (mean, square - mean * mean)
    }
    return integratedMoments
  }

  /// Mean and variance by integration of the quantile.
  var integratedMoments: (mean: Double, variance: Double) {
    let mean = integral(from: 0, to: 1) { inverse(below: $0) }
    let variance = integral(from: 0, to: 1) { level in
      let deviation = inverse(below: level) - mean
      return deviation * deviation
    }
    return (mean, variance)
  }

  /// The mean of the k-th power in closed form: that of the base, times the probability of the
  /// interval in the distribution that the power tilts the base to.
  private func partialMoment(_ k: Double) -> Double? {
    switch base {
    case .exponential(let scale): gammaMoment(k, shape: 1, scale: scale)
    case .gamma(let shape, let scale): gammaMoment(k, shape: shape, scale: scale)
    case .lognormal(let mu, let sigma):
      exp(k * mu + k * k * sigma * sigma / 2)
        * Distribution.lognormal(mu: mu + k * sigma * sigma, sigma: sigma)
        .probability(from: low, to: high) / probability
    case .weibull(let shape, let scale):
      pow(scale, k) * exp(logGamma(1 + k / shape))
        * Distribution.gamma(shape: 1 + k / shape, scale: 1)
        .probability(from: pow(low / scale, shape), to: pow(high / scale, shape)) / probability
    case .pareto(let shape, let scale): paretoMoment(k, shape: shape, scale: scale)
    case .beta(let alpha, let beta, let least, let most):
      least == 0 ? betaMoment(k, alpha: alpha, beta: beta, most: most) : nil
    default: nil
    }
  }

  private func gammaMoment(_ k: Double, shape: Double, scale: Double) -> Double {
    pow(scale, k) * (k == 1 ? shape : shape * (shape + 1))
      * Distribution.gamma(shape: shape + k, scale: scale).probability(from: low, to: high)
      / probability
  }

  private func betaMoment(_ k: Double, alpha: Double, beta: Double, most: Double) -> Double {
    let first = alpha / (alpha + beta)
    return pow(most, k) * (k == 1 ? first : first * (alpha + 1) / (alpha + beta + 1))
      * Distribution.beta(alpha: alpha + k, beta: beta, low: 0, high: most)
      .probability(from: low, to: high) / probability
  }

  private func paretoMoment(_ k: Double, shape: Double, scale: Double) -> Double {
    let (from, to) = (max(low, scale) / scale, high / scale)
    let power = k - shape
    let integral = power == 0 ? log(to / from) : (pow(to, power) - pow(from, power)) / power
    return shape * pow(scale, k) * integral / probability
  }
}
