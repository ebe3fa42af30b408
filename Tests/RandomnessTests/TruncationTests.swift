import CGSL
import Testing

@testable import Randomness

/// What is truncated follows the base inside the interval, and nothing lies outside.
@Suite struct TruncationTests {
  /// Every family, with windows at the lower end, in the middle and in the upper tail.
  static let cases: [Distribution] = [
    .truncated(.uniform(low: 1, high: 6), low: 2, high: 9),
    .truncated(.triangular(low: 1, mode: 2, high: 6), low: 1.5, high: 4),
    .truncated(.exponential(mean: 3), low: 0, high: 2),
    .truncated(.exponential(mean: 3), low: 30, high: 40),
    .truncated(.gamma(shape: 4, scale: 0.5), low: 1, high: 3),
    .truncated(.gamma(shape: 0.5, scale: 2), low: 3, high: 20),
    .truncated(.gamma(shape: 0.05, scale: 2), low: 1e-6, high: 20),
    .truncated(.gamma(shape: 0.05, scale: 2), low: 0, high: 1e-3),
    .truncated(.gamma(shape: 1e5, scale: 1), low: 1e5, high: 1.01e5),
    .truncated(.lognormal(mu: 0.3, sigma: 1.2), low: 0.5, high: 5),
    .truncated(.lognormal(mu: 0, sigma: 2), low: 50, high: 1e4),
    .truncated(.weibull(shape: 2, scale: 3), low: 1, high: 4),
    .truncated(.pareto(shape: 1, scale: 2), low: 0, high: 50),
    .truncated(.pareto(shape: 2, scale: 2), low: 3, high: 100),
    .truncated(.pareto(shape: 0.5, scale: 1), low: 10, high: 1000),
    .truncated(.beta(alpha: 2, beta: 3, low: 0, high: 5), low: 1, high: 2),
    .truncated(.beta(alpha: 0.5, beta: 0.5, low: 1, high: 6), low: 1, high: 5),
    .truncated(.beta(alpha: 0.05, beta: 0.5, low: 0, high: 6), low: 1, high: 6),
    .truncated(.hyperexponential(mean: 2, cv: 2), low: 0.5, high: 6),
    .truncated(
      .mixture(Weighted([.exponential(mean: 1), .uniform(low: 7, high: 9)], weights: [3, 1])),
      low: 0.5, high: 8),
    .truncated(.truncated(.exponential(mean: 3), low: 1, high: 9), low: 0, high: 4),
  ]

  /// One-sample Kolmogorov–Smirnov test of 20,000 draws against (F(x) − F(low)) / (F(high) − F(low)).
  ///
  /// Seed 8. H0: the distribution of the base inside the interval. False alarm 1e-6: D√n < 2.6934.
  /// Detects (with power over 0.99) a distribution function that is off by 0.027 anywhere, such as
  /// that of values cut to the bounds.
  @Test(arguments: cases)
  func samplesFollowTheBaseInsideTheInterval(_ distribution: Distribution) throws {
    guard case .truncated(let truncation) = distribution else { return }
    #expect(distribution.defect == nil)
    var stream = RandomStream(seed: 8, replication: 0, name: "\(truncation.base)")
    let (base, low, high) = (truncation.base, truncation.low, truncation.high)
    let above = base.survival(low) - base.survival(high)
    let distance = KolmogorovSmirnov.statistic(of: 20_000) {
      (base.survival(low) - base.survival($0)) / above
    } draw: {
      let value = distribution.sample(&stream)
      #expect(value >= low && value <= high)
      return value
    }
    #expect(distance < 2.6934)
  }

  /// Sample mean and variance of 100,000 draws.
  ///
  /// Seed 9. H0: the moments computed. False alarm 1e-6 each (|z| < 4.9; for the variance
  /// asymptotically, and less for mixtures, whose excess kurtosis is taken as 6). Detects a mean off by
  /// 2 % of a standard deviation or a variance off by 2 to 15 %.
  @Test(arguments: cases)
  func samplesHaveTheMomentsComputed(_ distribution: Distribution) {
    guard case .truncated(let truncation) = distribution else { return }
    var stream = RandomStream(seed: 9, replication: 0, name: "\(truncation.base)")
    let (mean, variance) = truncation.moments
    let kurtosis =
      !truncation.isInvertible
      ? 9
      : integral(from: 0, to: 1) { pow(truncation.inverse(below: $0) - mean, 4) }
        / (variance * variance)
    let moments = SampleMoments(
      of: 100_000, mean: mean, variance: variance, excessKurtosis: kurtosis - 3
    ) { distribution.sample(&stream) }
    #expect(abs(moments.meanZ) < 4.9)
    #expect(abs(moments.varianceZ) < 4.9)
  }

  /// Closed forms and integrals come from different formulas and agree to the stated tolerance.
  @Test(arguments: cases)
  func closedFormsAndIntegralsAgree(_ distribution: Distribution) {
    guard case .truncated(let truncation) = distribution, truncation.isInvertible else { return }
    let (exact, integrated) = (truncation.moments, truncation.integratedMoments)
    #expect(abs(integrated.mean / exact.mean - 1) < 1e-8)
    #expect(abs(integrated.variance / exact.variance - 1) < 1e-8)
  }

  /// The mean of an exponential on [0, b], from integration by parts.
  @Test func aTruncatedExponentialHasItsTextbookMoments() {
    let distribution = Distribution.truncated(.exponential(mean: 3), low: 0, high: 2)
    let mean = 3 - 2 / expm1(2.0 / 3)
    let square = 18 - (4 + 12) / expm1(2.0 / 3)
    #expect(abs(distribution.mean / mean - 1) < 1e-13)
    #expect(abs(distribution.variance / (square - mean * mean) - 1) < 1e-11)
  }

  /// An interval so narrow that the density is nearly flat: the variance of a uniform is left.
  @Test func aNarrowIntervalKeepsItsVariance() {
    for base in [Distribution.gamma(shape: 4, scale: 0.5), .lognormal(mu: 0.3, sigma: 1.2)] {
      let distribution = Distribution.truncated(base, low: 2, high: 2.0001)
      #expect(abs(distribution.mean - 2.00005) < 1e-8)
      #expect(abs(distribution.variance / (1e-8 / 12) - 1) < 1e-5)
    }
  }

  /// GSL's own inverse of the gamma distribution is off by up to a factor of 1000 in some of these.
  @Test(arguments: [0.001, 0.01, 0.1, 0.3, 1, 30, 1e4, 1e5, 1e6])
  func quantilesHaveTheirLevels(_ shape: Double) {
    let gamma = Distribution.gamma(shape: shape, scale: 3)
    let beta = Distribution.beta(alpha: shape, beta: 2, low: 0, high: 7)
    for level in [1e-9, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.999, 1 - 1e-9] {
      for distribution in [gamma, beta] {
        // Below 1e-300 values are too few.
        let value = distribution.inverse(below: level)
        if value > 1e-300, value < 7 || distribution == gamma {
          let error = abs(distribution.cumulative(value) - level)
          #expect(error < 2e-8 * min(level, 1 - level) + 2e-14, "\(distribution) \(level)")
        }
        let upper = distribution.inverse(above: level)
        if upper > 1e-300 {
          let error = abs(distribution.survival(upper) - level)
          #expect(error < 2e-8 * min(level, 1 - level) + 2e-14, "\(distribution) \(level)")
        }
      }
    }
  }

  @Test func aDrawTakesOneRandomNumber() {
    var stream = RandomStream(seed: 1, replication: 0, name: "truncated")
    var other = RandomStream(seed: 1, replication: 0, name: "truncated")
    let distribution = Distribution.truncated(.gamma(shape: 4, scale: 0.5), low: 1, high: 3)
    for _ in 0..<100 { _ = (distribution.sample(&stream), other.nextWord()) }
    let words = (stream.nextWord(), other.nextWord())
    #expect(words.0 == words.1)
  }

  @Test func equalityIsByWhatIsSaid() {
    let first = Distribution.truncated(.exponential(mean: 3), low: 1, high: 2)
    #expect(first == .truncated(.exponential(mean: 3), low: 1, high: 2))
    #expect(
      first.hashValue == Distribution.truncated(.exponential(mean: 3), low: 1, high: 2).hashValue)
    #expect(first != .truncated(.exponential(mean: 3), low: 1, high: 2.5))
    #expect(first != .truncated(.exponential(mean: 2), low: 1, high: 2))
  }
}
