import Randomness

extension Distribution {
  /// The distribution as a scenario writes it, in base units.
  ///
  /// Reading it gives the same distribution again, to the last bit; an empirical one is named by its
  /// file, column and hash.
  public func text(unit: String) -> String {
    func with(_ value: Double) -> String {
      unit.isEmpty ? value.shortest : "\(value.shortest) \(unit)"
    }
    func list(_ texts: [String]) -> String { "[\(texts.joined(separator: ", "))]" }
    func weights<Element>(_ choice: Weighted<Element>) -> String {
      "weights: \(list(choice.weights.map { $0.shortest }))"
    }
    return switch self {
    case .constant(let value): with(value)
    case .uniform(let low, let high): "{uniform: {low: \(with(low)), high: \(with(high))}}"
    case .triangular(let low, let mode, let high):
      "{triangular: {low: \(with(low)), mode: \(with(mode)), high: \(with(high))}}"
    case .exponential(let mean): "{exponential: {mean: \(with(mean))}}"
    case .gamma(let shape, let scale):
      "{gamma: {shape: \(shape.shortest), scale: \(with(scale))}}"
    case .lognormal(let mu, let sigma):
      "{lognormal: {\(exactMedian.map { "median: \(with($0))" } ?? "mu: \(mu.shortest)"), "
        + "sigma: \(sigma.shortest)}}"
    case .weibull(let shape, let scale):
      "{weibull: {shape: \(shape.shortest), scale: \(with(scale))}}"
    case .pareto(let shape, let scale):
      "{pareto: {shape: \(shape.shortest), scale: \(with(scale))}}"
    case .beta(let alpha, let beta, let low, let high):
      "{beta: {alpha: \(alpha.shortest), beta: \(beta.shortest), low: \(with(low)), "
        + "high: \(with(high))}}"
    case .hyperexponential(let means):
      "{hyperexponential: {means: \(list(means.elements.map(with))), \(weights(means))}}"
    case .mixture(let parts):
      "{mixture: {of: \(list(parts.elements.map { $0.text(unit: unit) })), \(weights(parts))}}"
    case .truncated(let truncation):
      "{truncated: {of: \(truncation.base.text(unit: unit)), low: \(with(truncation.low)), "
        + "high: \(with(truncation.high))}}"
    case .discrete(let values):
      "{discrete: {values: \(list(values.elements.map(with))), \(weights(values))}}"
    case .empirical(let observations): "{empirical: \(observations.name)}"
    }
  }

  /// The median whose logarithm is exactly that of this lognormal; near a median of 1 there may be
  /// none.
  private var exactMedian: Double? {
    guard case .lognormal(_, let sigma) = self, let median = lognormalMedian else { return nil }
    return [median, median.nextUp, median.nextDown].first {
      .lognormal(median: $0, sigma: sigma) == self
    }
  }
}
