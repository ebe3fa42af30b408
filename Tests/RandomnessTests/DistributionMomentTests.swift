import CGSL
import Testing

@testable import Randomness

/// Samples have the analytic mean and variance; constructors give the mean and cv they promise.
@Suite struct DistributionMomentTests {
  /// A distribution with the moments that textbooks give, written out apart from the code.
  struct Case: Sendable {
    let distribution: Distribution
    let mean: Double
    let variance: Double
    let excessKurtosis: Double
  }

  static let cases = [
    Case(distribution: .uniform(low: 2, high: 5), mean: 3.5, variance: 0.75, excessKurtosis: -1.2),
    Case(distribution: .exponential(mean: 3), mean: 3, variance: 9, excessKurtosis: 6),
    Case(distribution: .gamma(shape: 4, scale: 0.5), mean: 2, variance: 1, excessKurtosis: 1.5),
    Case(distribution: .gamma(shape: 0.5, scale: 2), mean: 1, variance: 2, excessKurtosis: 12),
    // exp(0.125), (e^0.25 − 1) e^0.25, e^1 + 2 e^0.75 + 3 e^0.5 − 6
    Case(
      distribution: .lognormal(mu: 0, sigma: 0.5), mean: 1.1331484530668263,
      variance: 0.3646958540123866, excessKurtosis: 5.898445673784778),
  ]

  @Test(arguments: cases)
  func analyticMeanAndVarianceAreTheTextbookOnes(_ example: Case) {
    #expect(abs(example.distribution.mean / example.mean - 1) < 1e-14)
    #expect(abs(example.distribution.variance / example.variance - 1) < 1e-14)
  }

  /// Sample mean and variance of 100,000 draws against the textbook moments.
  ///
  /// Seed 1. H0: the distribution named. False alarm 1e-6 each (|z| < 4.9; for the variance
  /// asymptotically). Detects a mean off by 1.6 to 2.8 % of a standard deviation, or a variance off
  /// by 3 % (uniform) to 10 % (gamma with shape 0.5).
  @Test(arguments: cases)
  func samplesHaveTheTextbookMeanAndVariance(_ example: Case) {
    var stream = RandomStream(seed: 1, replication: 0, name: "\(example.distribution)")
    let moments = SampleMoments(
      of: 100_000, mean: example.mean, variance: example.variance,
      excessKurtosis: example.excessKurtosis
    ) { example.distribution.sample(&stream) }
    #expect(abs(moments.meanZ) < 4.9)
    #expect(abs(moments.varianceZ) < 4.9)
  }

  @Test func aConstantIsItsValueAndDrawsNothing() {
    var stream = RandomStream(seed: 1, replication: 0, name: "constant")
    var untouched = RandomStream(seed: 1, replication: 0, name: "constant")
    let constant = Distribution.constant(2.5)
    let value = constant.sample(&stream)
    let words = (stream.nextWord(), untouched.nextWord())
    #expect(value == 2.5 && constant.mean == 2.5 && constant.variance == 0)
    #expect(words.0 == words.1)
  }

  @Test(arguments: [0.05, 0.5, 1, 3])
  func meanAndCVConstructorsGiveThatMeanAndCV(_ cv: Double) {
    for mean in [1e-3, 1, 2.5e5] {
      let candidates = [
        Distribution.lognormal(mean: mean, cv: cv), Distribution.gamma(mean: mean, cv: cv),
      ]
      for distribution in candidates {
        #expect(abs(distribution.mean / mean - 1) < 1e-13)
        #expect(abs(distribution.variance.squareRoot() / mean / cv - 1) < 1e-13)
        #expect(distribution.defect == nil)
      }
    }
  }

  /// Sample mean and variance of 50,000 Poisson counts; GSL changes its method at a mean of 10.
  ///
  /// Seed 2. H0: Poisson, whose excess kurtosis is 1/mean. False alarm 1e-6 each (|z| < 4.9).
  /// Detects a mean off by 2.2 % of a standard deviation, or a variance off by 3 to 5 %.
  @Test(arguments: [0.5, 8, 12, 600])
  func poissonCountsHaveTheirMeanAsMeanAndVariance(_ mean: Double) {
    var stream = RandomStream(seed: 2, replication: 0, name: "poisson.\(mean)")
    let moments = SampleMoments(
      of: 50_000, mean: mean, variance: mean, excessKurtosis: 1 / mean
    ) { Double(stream.poisson(mean: mean)) }
    #expect(abs(moments.meanZ) < 4.9)
    #expect(abs(moments.varianceZ) < 4.9)
  }

  /// The share of true among 100,000 trials.
  ///
  /// Seed 3. H0: probability 0.02. False alarm 1e-6 (|z| < 4.9). Detects 0.0235 or 0.0165.
  @Test func bernoulliIsTrueWithItsProbability() {
    var stream = RandomStream(seed: 3, replication: 0, name: "bernoulli")
    let hits = (0..<100_000).count { _ in stream.bernoulli(0.02) }
    #expect(abs(Double(hits) - 2000) < 4.9 * (2000 * 0.98).squareRoot())
    let (never, always) = (stream.bernoulli(0), stream.bernoulli(1))
    #expect(!never && always)
  }
}
