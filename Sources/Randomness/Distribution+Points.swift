import CGSL

/// Points that stand for a distribution.
extension Distribution {
  /// Values, and weights that sum to 1: what the mean of a function is summed up over that has no closed form.
  ///
  /// All values of a lottery, else quantiles in equal steps of a standard normal variable, by the density of that: the
  /// trapezoidal rule, which for smooth functions errs by far less than the square of a step (Trefethen and Weideman,
  /// SIAM Review 56, 2014). Where values are rounded, errors of rounding are averaged over the points. Beyond nine
  /// standard deviations, 1e-19 on either side, nothing is seen.
  public var points: [(value: Double, weight: Double)] {
    if let atom { return [(atom, 1)] }
    switch self {
    case .discrete(let values): return Self.normalised(zip(values.elements, values.weights))
    case .empirical(let observations):
      return Self.normalised(zip(observations.values.elements, observations.values.weights))
    case .hyperexponential(let means):
      return Self.mixed(means.elements.map { .exponential(mean: $0) }, means.weights)
    case .mixture(let parts): return Self.mixed(parts.elements, parts.weights)
    case .truncated(let truncation):
      if let parts = truncation.parts { return Self.mixed(parts.elements, parts.weights) }
      return quantilePoints
    case .lognormal(let mu, let sigma):
      return Self.scores(perUnit: 512) { exp(mu + sigma * $0) }
    default: return quantilePoints
    }
  }

  /// Points by quantiles, from whichever tail is nearer.
  private var quantilePoints: [(value: Double, weight: Double)] {
    precondition(GSLErrors.areOff)
    return Self.scores(perUnit: 64) { score in
      score < 0
        ? inverse(below: gsl_cdf_ugaussian_P(score)) : inverse(above: gsl_cdf_ugaussian_Q(score))
    }
  }

  /// Points in equal steps of a standard normal variable, `count` for each standard deviation.
  private static func scores(
    perUnit count: Int, _ value: (Double) -> Double
  ) -> [(value: Double, weight: Double)] {
    let scores = (-9 * count...9 * count).map { Double($0) / Double(count) }
    return normalised(scores.map { (value($0), exp(-$0 * $0 / 2)) })
  }

  private static func mixed(
    _ parts: [Distribution], _ weights: [Double]
  ) -> [(value: Double, weight: Double)] {
    let total = weights.reduce(0, +)
    return zip(parts, weights).filter { $1 > 0 }.flatMap { part, weight in
      part.points.map { (value: $0.value, weight: weight / total * $0.weight) }
    }
  }

  private static func normalised(
    _ points: some Sequence<(Double, Double)>
  ) -> [(value: Double, weight: Double)] {
    let used = points.filter { $1 > 0 }
    let total = used.reduce(0) { $0 + $1.1 }
    return used.map { (value: $0.0, weight: $0.1 / total) }
  }
}
