import CGSL
import Testing

@testable import Randomness

/// Points that stand for a distribution, against its analytic moments.
@Suite struct DistributionPointTests {
  private static let distributions: [Distribution] = [
    .constant(7), .uniform(low: 2, high: 5), .triangular(low: 1, mode: 2, high: 6),
    .exponential(mean: 3), .gamma(shape: 0.5, scale: 2), .gamma(shape: 4, scale: 2),
    .lognormal(mean: 150, cv: 0.5), .lognormal(mean: 1, cv: 0), .weibull(shape: 0.7, scale: 3),
    .pareto(mean: 100, cv: 0.5), .beta(alpha: 2, beta: 5, low: 10, high: 20),
    .hyperexponential(mean: 5, cv: 2),
    .truncated(.lognormal(mean: 150, cv: 0.5), low: 80, high: 300),
    .truncated(.hyperexponential(mean: 5, cv: 2), low: 1, high: 20),
    .mixture(Weighted([.constant(3), .exponential(mean: 2), .constant(9)], weights: [1, 3, 0])),
    .discrete(Weighted([1, 2, 9], weights: [3, 2, 1])),
    .empirical(Observations(name: "test", values: [4, 4, 8, 15])),
  ]

  /// To 1e-6, which is what the tail of the Pareto distribution beyond nine standard deviations has.
  @Test(arguments: distributions) func meanAndVarianceAreTheAnalyticOnes(
    _ distribution: Distribution
  ) {
    let points = distribution.points
    let mean = points.reduce(0) { $0 + $1.weight * $1.value }
    let variance = points.reduce(0) { $0 + $1.weight * ($1.value - mean) * ($1.value - mean) }
    #expect(abs(points.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    #expect(abs(mean - distribution.mean) <= 1e-6 * distribution.mean)
    #expect(abs(variance - distribution.variance) <= 1e-6 * distribution.variance + 1e-15)
  }

  /// By how much an exponential variable exceeds a bound, on average: its mean times e^(−bound/mean).
  @Test func aMeanWithAKinkIsFound() {
    let points = Distribution.exponential(mean: 3).points
    for bound in [1.0, 3, 10] {
      let mean = points.reduce(0) { $0 + $1.weight * max(0, $1.value - bound) }
      // A kink costs some twelfth of the square of a step of 1/64, times the density.
      #expect(abs(mean - 3 * exp(-bound / 3)) < 1e-4)
    }
  }
}
