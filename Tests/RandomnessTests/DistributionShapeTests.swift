import CGSL
import Foundation
import Testing

@testable import Randomness

/// Samples follow the whole distribution, not only its moments.
@Suite struct DistributionShapeTests {
  /// A sampler and the distribution function that GSL has for it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let draw: @Sendable (inout RandomStream) -> Double
    let cumulative: @Sendable (Double) -> Double
  }

  static let cases = [
    Case(
      testDescription: "uniform", draw: { Distribution.uniform(low: 2, high: 5).sample(&$0) },
      cumulative: { gsl_cdf_flat_P($0, 2, 5) }),
    Case(
      testDescription: "exponential", draw: { Distribution.exponential(mean: 3).sample(&$0) },
      cumulative: { gsl_cdf_exponential_P($0, 3) }),
    Case(
      testDescription: "gamma, shape 4",
      draw: { Distribution.gamma(shape: 4, scale: 0.5).sample(&$0) },
      cumulative: { gsl_cdf_gamma_P($0, 4, 0.5) }),
    Case(
      testDescription: "gamma, shape 0.5",
      draw: { Distribution.gamma(shape: 0.5, scale: 2).sample(&$0) },
      cumulative: { gsl_cdf_gamma_P($0, 0.5, 2) }),
    Case(
      testDescription: "lognormal",
      draw: { Distribution.lognormal(mu: 0.3, sigma: 1.2).sample(&$0) },
      cumulative: { gsl_cdf_lognormal_P($0, 0.3, 1.2) }),
    Case(
      testDescription: "standard normal", draw: { $0.standardNormal() },
      cumulative: { gsl_cdf_ugaussian_P($0) }),
  ]

  /// One-sample Kolmogorov–Smirnov test of 20,000 draws against GSL's distribution function.
  ///
  /// Seed 4. H0: the distribution named. False alarm 1e-6: D√n < √(−ln(α/2)/2) = 2.6934. Detects
  /// (with power over 0.99) a distribution function that is off by 0.027 anywhere: a scale off by
  /// about 8 %, or a location off by 7 % of a standard deviation.
  @Test(arguments: cases)
  func samplesFollowTheDistributionFunctionOfGSL(_ example: Case) {
    var stream = RandomStream(seed: 4, replication: 0, name: example.testDescription)
    let distance = KolmogorovSmirnov.statistic(of: 20_000, example.cumulative) {
      example.draw(&stream)
    }
    #expect(distance < 2.6934)
  }

  /// Pearson's chi-square of 100,000 choices, weights not normalised, one of them zero.
  ///
  /// Seed 5. H0: frequencies proportional to the weights. False alarm 1e-6 (χ² with 4 degrees of
  /// freedom). Detects a weight off by 2 (the largest) to 22 % (the smallest).
  @Test func weightedChoicesFollowTheirWeights() {
    let weights = [3.0, 0, 10, 0.25, 1, 6]
    let choice = WeightedChoice(weights: weights)
    var stream = RandomStream(seed: 5, replication: 0, name: "choice")
    var counts = [Int](repeating: 0, count: weights.count)
    let trials = 100_000.0
    for _ in 0..<Int(trials) { counts[choice.sample(&stream)] += 1 }

    #expect(counts[1] == 0)
    var statistic = 0.0
    for (count, weight) in zip(counts, weights) where weight > 0 {
      let expected = trials * weight / weights.reduce(0, +)
      statistic += (Double(count) - expected) * (Double(count) - expected) / expected
    }
    #expect(gsl_cdf_chisq_Q(statistic, 4) > 1e-6)
  }

  @Test func aChoiceWithoutAPositiveWeightTraps() async {
    await #expect(processExitsWith: .failure) { _ = WeightedChoice(weights: [0, 0]) }
    await #expect(processExitsWith: .failure) { _ = WeightedChoice(weights: [1, -1]) }
    await #expect(processExitsWith: .failure) { _ = WeightedChoice(weights: [1, .nan]) }
    await #expect(processExitsWith: .success) { _ = WeightedChoice(weights: [1, 0]) }
  }
}
