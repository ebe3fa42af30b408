import CGSL

/// Inverse distribution functions, by GSL or in closed form.
extension Distribution {
  /// The smallest value that a draw does not exceed with at least this probability; nil for a
  /// hyperexponential or mixture, or a truncation of one, for which there is no closed form.
  ///
  /// - Parameter probability: from 0 to 1; at 1 it is infinite unless values are bounded.
  public func quantile(_ probability: Double) -> Double? {
    precondition((0...1).contains(probability), "a probability is from 0 to 1")
    if let atom { return atom }
    switch self {
    case .discrete(let values): return Self.quantile(values, probability)
    case .empirical(let observations): return Self.quantile(observations.values, probability)
    default: return isInvertible ? inverse(below: probability) : nil
    }
  }

  private static func quantile(_ values: Weighted<Double>, _ probability: Double) -> Double? {
    let pairs = zip(values.elements, values.weights).filter { $1 > 0 }.sorted { $0.0 < $1.0 }
    let level = probability * values.weights.reduce(0, +)
    var sum = 0.0
    return pairs.first {
      sum += $0.1
      return sum >= level
    }?.0 ?? pairs.last?.0
  }

  /// Whether there is a closed form or a GSL function for quantiles of a continuous distribution.
  var isInvertible: Bool {
    switch self {
    case .uniform, .lognormal: atom == nil
    case .triangular, .exponential, .gamma, .weibull, .pareto, .beta: true
    case .truncated(let truncation): truncation.isInvertible
    case .constant, .hyperexponential, .mixture, .discrete, .empirical: false
    }
  }

  /// Whether no value has a probability of its own.
  var isContinuous: Bool {
    switch self {
    case .hyperexponential: true
    case .mixture(let parts): parts.allSatisfy(\.isContinuous)
    case .truncated(let truncation): truncation.base.isContinuous
    default: isInvertible
    }
  }

  /// The value that a draw does not exceed with this probability.
  func inverse(below p: Double) -> Double {
    precondition(GSLErrors.areOff)
    return switch self {
    case .uniform(let low, let high): gsl_cdf_flat_Pinv(p, low, high)
    case .triangular(let low, let mode, let high):
      p * (high - low) <= mode - low
        ? low + (p * (high - low) * (mode - low)).squareRoot()
        : high - ((1 - p) * (high - low) * (high - mode)).squareRoot()
    case .exponential(let mean): gsl_cdf_exponential_Pinv(p, mean)
    case .gamma(let shape, let scale):
      scale
        * Self.checked(gsl_cdf_gamma_Pinv(p, shape, 1), p) { gsl_cdf_gamma_P($0, shape, 1) }
    case .lognormal(let mu, let sigma): gsl_cdf_lognormal_Pinv(p, mu, sigma)
    case .weibull(let shape, let scale): gsl_cdf_weibull_Pinv(p, scale, shape)
    case .pareto(let shape, let scale): gsl_cdf_pareto_Pinv(p, shape, scale)
    case .beta(let alpha, let beta, let low, let high):
      low + (high - low)
        * Self.checked(gsl_cdf_beta_Pinv(p, alpha, beta), p, upTo: 1) {
          gsl_cdf_beta_P($0, alpha, beta)
        }
    case .truncated(let truncation): truncation.inverse(below: p)
    case .constant, .hyperexponential, .mixture, .discrete, .empirical:
      preconditionFailure("no quantile in closed form")
    }
  }

  /// The value that a draw exceeds with this probability.
  public func inverse(above q: Double) -> Double {
    precondition(GSLErrors.areOff)
    return switch self {
    case .uniform(let low, let high): gsl_cdf_flat_Qinv(q, low, high)
    case .triangular(let low, let mode, let high):
      q * (high - low) <= high - mode
        ? high - (q * (high - low) * (high - mode)).squareRoot()
        : low + ((1 - q) * (high - low) * (mode - low)).squareRoot()
    case .exponential(let mean): gsl_cdf_exponential_Qinv(q, mean)
    case .gamma(let shape, let scale):
      scale
        * Self.checked(gsl_cdf_gamma_Qinv(q, shape, 1), q, falling: true) {
          gsl_cdf_gamma_Q($0, shape, 1)
        }
    case .lognormal(let mu, let sigma): gsl_cdf_lognormal_Qinv(q, mu, sigma)
    case .weibull(let shape, let scale): gsl_cdf_weibull_Qinv(q, scale, shape)
    case .pareto(let shape, let scale): gsl_cdf_pareto_Qinv(q, shape, scale)
    case .beta(let alpha, let beta, let low, let high):
      low + (high - low)
        * Self.checked(gsl_cdf_beta_Qinv(q, alpha, beta), q, upTo: 1, falling: true) {
          gsl_cdf_beta_Q($0, alpha, beta)
        }
    case .truncated(let truncation): truncation.inverse(below: 1 - q)
    case .constant, .hyperexponential, .mixture, .discrete, .empirical:
      preconditionFailure("no quantile in closed form")
    }
  }

  /// A root of F(x) = level that GSL found, or where it misses the level by more than 1e-9 the one that
  /// bisection finds.
  ///
  /// GSL's inverse of the gamma distribution is wrong, and does not say so, for shapes below about 0.3
  /// and some above 10,000. Bisection halves the bit patterns of the positive numbers, which are in
  /// their order: 63 steps at most, whatever the scale.
  private static func checked(
    _ root: Double, _ level: Double, upTo limit: Double = .greatestFiniteMagnitude,
    falling isFalling: Bool = false, _ function: (Double) -> Double
  ) -> Double {
    guard level > 0, level < 1 else { return root }
    let tolerance = max(1e-9 * min(level, 1 - level), 1e-15 * level)
    if abs(function(root) - level) <= tolerance { return root }
    var (below, above) = (UInt64(0), limit.bitPattern)
    while above - below > 1 {
      let middle = below + (above - below) / 2
      let isBelow = (function(Double(bitPattern: middle)) < level) != isFalling
      if isBelow { below = middle } else { above = middle }
    }
    return Double(bitPattern: above)
  }
}
