import Randomness
import Testing

/// Every parameter that makes no distribution of non-negative values is named; none is repaired.
@Suite struct DistributionDefectTests {
  /// Defective whatever the parameter.
  static let neverValid = [Double.nan, .signalingNaN, .infinity, -.infinity]

  @Test(arguments: neverValid)
  func aParameterThatIsNotFiniteIsADefect(_ bad: Double) {
    let distributions: [Distribution] = [
      .constant(bad), .uniform(low: bad, high: 1), .uniform(low: 0, high: bad),
      .exponential(mean: bad), .gamma(shape: bad, scale: 1), .gamma(shape: 1, scale: bad),
      .lognormal(mu: bad, sigma: 1), .lognormal(mu: 0, sigma: bad),
      .lognormal(mean: bad, cv: 1), .lognormal(mean: 1, cv: bad),
      .gamma(mean: bad, cv: 1), .gamma(mean: 1, cv: bad),
      .triangular(low: bad, mode: 1, high: 2), .triangular(low: 0, mode: bad, high: 2),
      .triangular(low: 0, mode: 1, high: bad), .weibull(shape: bad, scale: 1),
      .weibull(shape: 1, scale: bad), .weibull(mean: bad, cv: 1), .weibull(mean: 1, cv: bad),
      .pareto(shape: bad, scale: 1), .pareto(shape: 3, scale: bad), .pareto(mean: bad, cv: 1),
      .pareto(mean: 1, cv: bad), .beta(alpha: bad, beta: 1, low: 0, high: 1),
      .beta(alpha: 1, beta: bad, low: 0, high: 1), .beta(alpha: 1, beta: 1, low: bad, high: 1),
      .beta(alpha: 1, beta: 1, low: 0, high: bad), .beta(mean: bad, cv: 1, low: 0, high: 1),
      .beta(mean: 0.5, cv: bad, low: 0, high: 1), .hyperexponential(Weighted([1, bad])),
      .hyperexponential(Weighted([1, 2], weights: [1, bad])),
      .hyperexponential(mean: bad, cv: 2), .hyperexponential(mean: 1, cv: bad),
      .mixture(Weighted([.constant(1), .constant(bad)])),
      .mixture(Weighted([.constant(1), .constant(2)], weights: [bad, 1])),
      .truncated(.exponential(mean: bad), low: 0, high: 1),
      .truncated(.exponential(mean: 1), low: bad, high: 1),
      .truncated(.exponential(mean: 1), low: 0, high: bad), .discrete(Weighted([bad])),
      .discrete(Weighted([1], weights: [bad])), .empirical(.init(name: "", values: [bad])),
    ]
    for distribution in distributions { #expect(distribution.defect != nil, "\(distribution)") }
  }

  @Test(
    arguments: [
      .constant(-1), .uniform(low: -1, high: 1), .uniform(low: 2, high: 1),
      .exponential(mean: -1), .exponential(mean: 0), .exponential(mean: -0.0),
      .gamma(shape: -1, scale: 1), .gamma(shape: 1, scale: -1), .gamma(shape: 0, scale: 1),
      .gamma(shape: 1, scale: 0), .lognormal(mu: 0, sigma: -1),
      .lognormal(mean: -1, cv: 1), .lognormal(mean: 0, cv: 1), .lognormal(mean: 1, cv: -1),
      .gamma(mean: -1, cv: 1), .gamma(mean: 0, cv: 1), .gamma(mean: 1, cv: -1),
      .gamma(mean: 1, cv: 0), .gamma(mean: -1, cv: -1),
      .triangular(low: 2, mode: 1, high: 3), .triangular(low: 1, mode: 4, high: 3),
      .triangular(low: 1, mode: 1, high: 1), .triangular(low: -1, mode: 1, high: 3),
      .weibull(shape: 0, scale: 1), .weibull(shape: 1, scale: 0), .weibull(shape: 1, scale: -1),
      .weibull(mean: 0, cv: 1), .weibull(mean: 1, cv: 0), .weibull(mean: -1, cv: -1),
      .pareto(shape: 0, scale: 1), .pareto(shape: 3, scale: 0), .pareto(mean: 1, cv: 0),
      .pareto(mean: -1, cv: 1), .pareto(mean: 1, cv: -1),
      .beta(alpha: 0, beta: 1, low: 0, high: 1), .beta(alpha: 1, beta: -1, low: 0, high: 1),
      .beta(alpha: 1, beta: 1, low: 1, high: 1), .beta(alpha: 1, beta: 1, low: -1, high: 1),
      .beta(mean: 3, cv: 0.1, low: 0, high: 2), .beta(mean: 1, cv: 1, low: 0, high: 2),
      .beta(mean: 1, cv: 0, low: 0, high: 2), .beta(mean: 1, cv: -0.1, low: 0, high: 2),
      .hyperexponential(mean: 1, cv: 0.9), .hyperexponential(mean: 0, cv: 2),
      .hyperexponential(mean: 1, cv: -2), .hyperexponential(Weighted([])),
      .hyperexponential(Weighted([1, 0])), .hyperexponential(Weighted([1, 2], weights: [1])),
      .mixture(Weighted([])), .mixture(Weighted([.constant(1)], weights: [0])),
      .mixture(Weighted([.constant(1), .constant(2)], weights: [2, -1])),
      .truncated(.exponential(mean: 1), low: 2, high: 2),
      .truncated(.exponential(mean: 1), low: -1, high: 2),
      .truncated(.exponential(mean: 1), low: 30, high: 40),
      .truncated(.constant(1), low: 0, high: 2),
      .truncated(.uniform(low: 1, high: 1), low: 0, high: 2),
      .truncated(.lognormal(mu: 0, sigma: 0), low: 0, high: 2),
      .truncated(.discrete(Weighted([1, 2])), low: 0, high: 2),
      .truncated(.mixture(Weighted([.constant(1), .exponential(mean: 1)])), low: 0, high: 2),
      .truncated(.pareto(shape: 1, scale: 3), low: 0, high: 2), .discrete(Weighted([])),
      .discrete(Weighted([-1, 2])), .empirical(.init(name: "", values: [])),
    ] as [Distribution])
  func aParameterOutsideItsRangeIsADefect(_ distribution: Distribution) {
    #expect(distribution.defect != nil)
  }

  @Test(
    arguments: [
      .constant(0), .constant(5), .uniform(low: 0, high: 0), .uniform(low: 1, high: 2),
      .exponential(mean: 1e-9), .gamma(shape: 0.1, scale: 1), .lognormal(mu: -3, sigma: 0),
      .lognormal(mean: 2, cv: 0), .lognormal(mean: 1, cv: 2), .gamma(mean: 1, cv: 2),
      .triangular(low: 0, mode: 0, high: 1), .triangular(low: 0, mode: 1, high: 1),
      .weibull(mean: 1, cv: 0.001), .weibull(mean: 1, cv: 1000), .pareto(shape: 0.1, scale: 1),
      .beta(alpha: 0.1, beta: 0.1, low: 0, high: 1), .hyperexponential(mean: 1, cv: 1),
      .truncated(.exponential(mean: 1), low: 26, high: 40), .discrete(Weighted([0])),
      .mixture(Weighted([.constant(1), .constant(2)], weights: [0, 1])),
    ] as [Distribution])
  func parametersAtTheEdgeOfTheirRangeAreNone(_ distribution: Distribution) {
    #expect(distribution.defect == nil)
  }
}
