import CGSL
import Testing

@testable import Randomness

/// Values with weights and values that were observed.
@Suite struct DiscreteTests {
  private static let values = [4.0, 1, 9, 2.5]
  private static let weights = [2.0, 5, 0, 3]

  @Test func momentsAndQuantilesFollowTheWeights() {
    let distribution = Distribution.discrete(Weighted(Self.values, weights: Self.weights))
    #expect(abs(distribution.mean - 2.05) < 1e-15)
    #expect(abs(distribution.variance - (0.2 * 3.8025 + 0.5 * 1.1025 + 0.3 * 0.2025)) < 1e-14)
    #expect([0, 0.5, 0.51, 0.8, 0.81, 1].map(distribution.quantile) == [1, 1, 2.5, 2.5, 4, 4])
    #expect([0.9, 1, 2.5, 4].map(distribution.cumulative) == [0, 0.5, 0.8, 1])
  }

  /// Pearson's chi-square of 100,000 draws.
  ///
  /// Seed 10. H0: frequencies 0.5, 0.3 and 0.2. False alarm 1e-6 (χ² with 2 degrees of freedom).
  /// Detects a frequency off by 0.01.
  @Test func drawsFollowTheWeights() {
    let distribution = Distribution.discrete(Weighted(Self.values, weights: Self.weights))
    var stream = RandomStream(seed: 10, replication: 0, name: "discrete")
    let draws = (0..<100_000).map { _ in distribution.sample(&stream) }
    var statistic = 0.0
    for (value, expected) in [(1.0, 50_000.0), (2.5, 30_000), (4, 20_000)] {
      let count = Double(draws.count { $0 == value })
      statistic += (count - expected) * (count - expected) / expected
    }
    #expect(!draws.contains(9))
    #expect(gsl_cdf_chisq_Q(statistic, 2) > 1e-6)
  }

  /// The share of a value that was observed twice in five, in 100,000 draws.
  ///
  /// Seed 11. H0: 0.4. False alarm 1e-6 (|z| < 4.9). Detects 0.41.
  @Test func observationsAreEquallyLikely() {
    let distribution = Distribution.empirical(
      Observations(name: "test", values: [3, 1, 3, 8, 2]))
    #expect(abs(distribution.mean - 3.4) < 1e-15 && abs(distribution.variance - 5.84) < 1e-14)
    #expect(distribution.quantile(0.5) == 3)
    var stream = RandomStream(seed: 11, replication: 0, name: "empirical")
    let hits = (0..<100_000).count { _ in distribution.sample(&stream) == 3 }
    #expect(abs(Double(hits) - 40_000) < 4.9 * (40_000 * 0.6).squareRoot())
  }

  @Test func equalityIsByValuesAndWeights() {
    let first = Weighted(Self.values, weights: Self.weights)
    #expect(first == Weighted(Self.values, weights: Self.weights))
    #expect(first.hashValue == Weighted(Self.values, weights: Self.weights).hashValue)
    #expect(first != Weighted(Self.values, weights: [2, 5, 0, 4]))
    #expect(first != Weighted([4, 1, 9, 2], weights: Self.weights))
  }
}
