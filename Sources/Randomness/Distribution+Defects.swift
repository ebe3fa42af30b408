/// What makes parameters invalid.
extension Distribution {
  /// Why the parameters make no distribution of non-negative values, or nil if they do.
  public var defect: String? {
    switch self {
    case .constant(let value):
      value.isFinite && value >= 0 ? nil : "the value must be finite and not negative"
    case .uniform(let low, let high):
      low.isFinite && high.isFinite && 0 <= low && low <= high
        ? nil : "bounds must be finite with 0 <= low <= high"
    case .triangular(let low, let mode, let high):
      high.isFinite && 0 <= low && low <= mode && mode <= high && low < high
        ? nil : "bounds must be finite with 0 <= low <= mode <= high and low < high"
    case .exponential(let mean):
      mean.isFinite && mean > 0 ? nil : "the mean must be finite and positive"
    case .gamma(let shape, let scale): Self.defect(shape, scale)
    case .lognormal(let mu, let sigma):
      mu.isFinite && sigma.isFinite && sigma >= 0 && mean.isFinite
        ? nil : "the mean must be finite and positive, cv finite and not negative"
    case .weibull(let shape, let scale), .pareto(let shape, let scale):
      Self.defect(shape, scale).map { $0 + ", or the mean positive and cv from 0.001 to 1000" }
    case .beta(let alpha, let beta, let low, let high):
      if !(high.isFinite && 0 <= low && low < high) {
        "bounds must be finite with 0 <= low < high"
      } else {
        alpha.isFinite && beta.isFinite && alpha > 0 && beta > 0
          ? nil
          : "alpha and beta must be finite and positive, or the mean between the bounds and cv "
            + "positive and small enough for them"
      }
    case .hyperexponential(let means):
      means.defect.map { $0 + ", or cv finite and at least 1" }
        ?? Self.defect(means.elements, "means must be finite and positive") { $0 > 0 }
    case .mixture(let parts): parts.defect ?? parts.elements.lazy.compactMap(\.defect).first
    case .truncated(let truncation): truncation.defect
    case .discrete(let values): Self.defect(values)
    case .empirical(let observations): Self.defect(observations.values)
    }
  }

  private static func defect(_ shape: Double, _ scale: Double) -> String? {
    shape.isFinite && scale.isFinite && shape > 0 && scale > 0
      ? nil : "shape and scale must be finite and positive"
  }

  private static func defect(_ values: Weighted<Double>) -> String? {
    values.defect ?? defect(values.elements, "values must be finite and not negative") { $0 >= 0 }
  }

  private static func defect(
    _ values: [Double], _ reason: String, _ isValid: (Double) -> Bool
  ) -> String? {
    values.allSatisfy { $0.isFinite && isValid($0) } ? nil : reason
  }
}
