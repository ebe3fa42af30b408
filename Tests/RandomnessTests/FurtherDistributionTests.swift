import CGSL
import Testing

@testable import Randomness

/// Moments, samples and quantiles of the distributions against textbooks and GSL.
@Suite struct FurtherDistributionTests {
  /// A distribution with the moments that textbooks give, written out apart from the code.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let distribution: Distribution
    let mean: Double
    let variance: Double
    let excessKurtosis: Double
    /// The distribution function, written out apart from the code.
    let cumulative: @Sendable (Double) -> Double

    init(
      _ name: String, _ distribution: Distribution, mean: Double, variance: Double,
      excessKurtosis: Double, cumulative: @escaping @Sendable (Double) -> Double
    ) {
      testDescription = name
      self.distribution = distribution
      self.mean = mean
      self.variance = variance
      self.excessKurtosis = excessKurtosis
      self.cumulative = cumulative
    }
  }

  static let cases = [
    Case(
      "triangular", .triangular(low: 1, mode: 2, high: 6), mean: 3, variance: 7.0 / 6,
      excessKurtosis: -0.6
    ) { $0 < 2 ? ($0 - 1) * ($0 - 1) / 5 : 1 - (6 - $0) * (6 - $0) / 20 },
    // Γ(1.5) = √π / 2, Γ(2) = 1; excess kurtosis of Rayleigh.
    Case(
      "weibull, shape 2", .weibull(shape: 2, scale: 3), mean: 2.658680776358274,
      variance: 1.9314165294229656, excessKurtosis: 0.2450893006876389
    ) { -expm1(-($0 / 3) * ($0 / 3)) },
    // Γ(3) = 2, Γ(5) = 24, Γ(7) = 720, Γ(9) = 40320.
    Case(
      "weibull, shape 0.5", .weibull(shape: 0.5, scale: 1.5), mean: 3, variance: 45,
      excessKurtosis: 84.72
    ) { -expm1(-($0 / 1.5).squareRoot()) },
    // 2α/(α − 1), 4α/((α − 1)²(α − 2)), 6(α³ + α² − 6α − 2)/(α(α − 3)(α − 4)).
    Case(
      "pareto", .pareto(shape: 10, scale: 2), mean: 20.0 / 9, variance: 5.0 / 81,
      excessKurtosis: 6 * 1038.0 / 420
    ) { 1 - pow(2 / $0, 10) },
    // α = 2, β = 3 on [1, 6]: mean 2/5, variance 1/25, excess kurtosis −9/14 on [0, 1].
    Case(
      "beta", .beta(alpha: 2, beta: 3, low: 1, high: 6), mean: 3, variance: 1,
      excessKurtosis: -9.0 / 14
    ) {
      let y = ($0 - 1) / 5
      return y * y * (6 - 8 * y + 3 * y * y)
    },
    // Raw moments k! (0.25 · 4^k + 0.75 · 1^k): 1.75, 9.5, 100.5, 1554.
    Case(
      "hyperexponential", .hyperexponential(Weighted([4, 1], weights: [1, 3])), mean: 1.75,
      variance: 6.4375, excessKurtosis: 21.056272975775286
    ) { 1 - 0.25 * exp(-$0 / 4) - 0.75 * exp(-$0) },
    // Uniform on [0, 1] and [2, 4] with probabilities 1/4 and 3/4: raw moments 19/8, 85/12, 361/16,
    // 1489/20.
    Case(
      "mixture",
      .mixture(Weighted([.uniform(low: 0, high: 1), .uniform(low: 2, high: 4)], weights: [2, 6])),
      mean: 19.0 / 8, variance: 277.0 / 192, excessKurtosis: -0.8942798681072346
    ) { $0 < 1 ? 0.25 * $0 : $0 < 2 ? 0.25 : min(0.25 + 0.375 * ($0 - 2), 1) },
  ]

  @Test(arguments: cases)
  func analyticMomentsAreTheTextbookOnes(_ example: Case) {
    #expect(abs(example.distribution.mean / example.mean - 1) < 1e-13)
    #expect(abs(example.distribution.variance / example.variance - 1) < 1e-13)
    #expect(example.distribution.defect == nil && example.distribution.hasFiniteMean)
  }

  /// Sample mean and variance of 100,000 draws against the textbook moments.
  ///
  /// Seed 6. H0: the distribution named. False alarm 1e-6 each (|z| < 4.9; for the variance
  /// asymptotically). Detects a mean off by 1.6 to 2.8 % of a standard deviation, or a variance off by
  /// 2 % (triangular) to 15 % (Weibull with shape 0.5); a swapped shape and scale by far.
  @Test(arguments: cases)
  func samplesHaveTheTextbookMoments(_ example: Case) {
    var stream = RandomStream(seed: 6, replication: 0, name: example.testDescription)
    let moments = SampleMoments(
      of: 100_000, mean: example.mean, variance: example.variance,
      excessKurtosis: example.excessKurtosis
    ) { example.distribution.sample(&stream) }
    #expect(abs(moments.meanZ) < 4.9)
    #expect(abs(moments.varianceZ) < 4.9)
  }

  /// One-sample Kolmogorov–Smirnov test of 20,000 draws against the distribution function.
  ///
  /// Seed 7. H0: the distribution named. False alarm 1e-6: D√n < 2.6934. Detects (with power over
  /// 0.99) a distribution function that is off by 0.027 anywhere.
  @Test(arguments: cases)
  func samplesFollowTheDistributionFunction(_ example: Case) {
    var stream = RandomStream(seed: 7, replication: 0, name: example.testDescription)
    let distance = KolmogorovSmirnov.statistic(of: 20_000, example.cumulative) {
      example.distribution.sample(&stream)
    }
    #expect(distance < 2.6934)
  }

  @Test(arguments: cases)
  func distributionFunctionAndQuantileAreInverse(_ example: Case) {
    let distribution = example.distribution
    for level in [1e-6, 0.01, 0.2, 0.5, 0.9, 0.999] {
      guard let value = distribution.quantile(level) else { continue }
      #expect(abs(example.cumulative(value) - level) < 1e-12, "\(level)")
      #expect(abs(distribution.inverse(above: 1 - level) / value - 1) < 1e-9, "\(level)")
    }
    for value in [0.3, 0.9, 1.5, 2.1, 2.5, 3.7, 5.5] where example.cumulative(value) > 0 {
      guard value > distribution.quantile(0) ?? 0 else { continue }
      #expect(abs(distribution.cumulative(value) - example.cumulative(value)) < 1e-13)
      #expect(abs(distribution.survival(value) + distribution.cumulative(value) - 1) < 1e-13)
    }
  }

  @Test func onlyMixturesHaveNoQuantile() {
    let without = Self.cases.filter { $0.distribution.quantile(0.5) == nil }
    #expect(without.map(\.testDescription) == ["hyperexponential", "mixture"])
  }

  @Test(arguments: [0.001, 0.02, 0.5, 1, 3, 50, 1000])
  func meanAndCVConstructorsGiveThatMeanAndCV(_ cv: Double) {
    for mean in [1e-3, 1, 2.5e5] {
      var candidates = [Distribution.weibull(mean: mean, cv: cv), .pareto(mean: mean, cv: cv)]
      if cv >= 1 { candidates.append(.hyperexponential(mean: mean, cv: cv)) }
      if cv <= 1 { candidates.append(.beta(mean: mean, cv: cv, low: 0, high: 3 * mean)) }
      for distribution in candidates {
        #expect(distribution.defect == nil, "\(distribution)")
        #expect(abs(distribution.mean / mean - 1) < 1e-12, "\(distribution)")
        #expect(abs(distribution.variance.squareRoot() / mean / cv - 1) < 1e-8, "\(distribution)")
      }
    }
  }

  @Test func tailsThatAreTooHeavyHaveInfiniteMoments() {
    let tail = Distribution.pareto(shape: 1, scale: 2)
    #expect(tail.mean == .infinity && tail.variance == .infinity && !tail.hasFiniteMean)
    let mixture = Distribution.mixture(Weighted([tail, .constant(1)]))
    #expect(mixture.mean == .infinity && mixture.variance == .infinity && !mixture.hasFiniteMean)
    let rare = Distribution.mixture(Weighted([tail, .constant(1)], weights: [0, 1]))
    #expect(rare.mean == 1 && rare.variance == 0 && rare.hasFiniteMean)
    let second = Distribution.pareto(shape: 1.5, scale: 2)
    #expect(second.mean == 6 && second.variance == .infinity && second.hasFiniteMean)
    #expect(Distribution.truncated(tail, low: 0, high: 1e9).hasFiniteMean)
  }
}
