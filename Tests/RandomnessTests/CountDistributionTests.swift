import CGSL
import Testing

@testable import Randomness

/// Counts against textbook moments and GSL's probabilities.
@Suite struct CountDistributionTests {
  /// A distribution with its moments, written out apart from the code.
  struct Case: Sendable {
    let distribution: CountDistribution
    let mean: Double
    let variance: Double
    let excessKurtosis: Double
  }

  static let cases = [
    Case(distribution: .poisson(mean: 3), mean: 3, variance: 3, excessKurtosis: 1.0 / 3),
    Case(distribution: .poisson(mean: 40), mean: 40, variance: 40, excessKurtosis: 1.0 / 40),
    // (1 − 6pq) / npq
    Case(
      distribution: .binomial(trials: 20, probability: 0.3), mean: 6, variance: 4.2,
      excessKurtosis: -0.26 / 4.2),
    // rq/p, rq/p², 6/r + p²/(rq)
    Case(
      distribution: .negativeBinomial(successes: 2.5, probability: 0.25), mean: 7.5, variance: 30,
      excessKurtosis: 2.4 + 0.0625 / 1.875),
    // 1/p, q/p², 6 + p²/q
    Case(
      distribution: .geometric(probability: 0.2), mean: 5, variance: 20,
      excessKurtosis: 6 + 0.04 / 0.8),
  ]

  /// Sample mean and variance of 100,000 draws.
  ///
  /// Seed 12. H0: the textbook moments. False alarm 1e-6 each (|z| < 4.9). Detects a mean off by 1.6 to
  /// 2 % of a standard deviation, or a variance off by 2 to 5 %.
  @Test(arguments: cases)
  func countsHaveTheTextbookMoments(_ example: Case) {
    #expect(abs(example.distribution.mean / example.mean - 1) < 1e-14)
    #expect(abs(example.distribution.variance / example.variance - 1) < 1e-14)
    var stream = RandomStream(seed: 12, replication: 0, name: "\(example.distribution)")
    let moments = SampleMoments(
      of: 100_000, mean: example.mean, variance: example.variance,
      excessKurtosis: example.excessKurtosis
    ) { Double(example.distribution.sample(&stream)) }
    #expect(abs(moments.meanZ) < 4.9)
    #expect(abs(moments.varianceZ) < 4.9)
  }

  /// Pearson's chi-square of 50,000 draws; counts expected less than 20 times are one cell.
  ///
  /// Seed 13. H0: GSL's probabilities. False alarm 1e-6. Detects a shift by one and any probability of
  /// 0.1 that is off by 10 %.
  @Test(arguments: cases)
  func countsFollowTheProbabilities(_ example: Case) {
    var stream = RandomStream(seed: 13, replication: 0, name: "\(example.distribution)")
    let trials = 50_000.0
    var counts = [Int](repeating: 0, count: 200)
    for _ in 0..<Int(trials) { counts[min(example.distribution.sample(&stream), 199)] += 1 }
    var (statistic, cells) = (0.0, 0)
    var (restObserved, restExpected) = (trials, trials)
    for (count, observed) in counts.enumerated() {
      let expected = trials * example.distribution.probability(of: count)
      guard expected >= 20 else { continue }
      statistic += (Double(observed) - expected) * (Double(observed) - expected) / expected
      cells += 1
      restObserved -= Double(observed)
      restExpected -= expected
    }
    statistic += (restObserved - restExpected) * (restObserved - restExpected) / restExpected
    #expect(cells > 5)
    #expect(gsl_cdf_chisq_Q(statistic, Double(cells)) > 1e-6)
  }

  @Test func meanAndCVGiveThatMeanAndCV() {
    for (mean, cv) in [(4.0, 0.8), (100, 0.11), (0.5, 3)] {
      let distribution = CountDistribution.negativeBinomial(mean: mean, cv: cv)
      #expect(distribution.defect == nil)
      #expect(abs(distribution.mean / mean - 1) < 1e-12)
      #expect(abs(distribution.variance.squareRoot() / mean / cv - 1) < 1e-12)
    }
  }

  @Test(
    arguments: [
      .poisson(mean: -1), .poisson(mean: .nan), .poisson(mean: 1e10),
      .binomial(trials: -1, probability: 0.5), .binomial(trials: 3, probability: 1.5),
      .binomial(trials: 3, probability: .nan), .negativeBinomial(successes: 0, probability: 0.5),
      .negativeBinomial(successes: 1, probability: 0), .negativeBinomial(mean: 4, cv: 0.5),
      .negativeBinomial(mean: 4, cv: 0.4), .negativeBinomial(mean: 4, cv: -1),
      .negativeBinomial(successes: 1e9, probability: 0.5), .geometric(probability: 0),
      .geometric(probability: 1.1), .geometric(probability: .nan),
    ] as [CountDistribution])
  func aParameterOutsideItsRangeIsADefect(_ distribution: CountDistribution) {
    #expect(distribution.defect != nil)
  }

  @Test func theEdgesOfTheRangesAreDrawn() {
    var stream = RandomStream(seed: 1, replication: 0, name: "edges")
    let certain: [(CountDistribution, Int)] = [
      (.poisson(mean: 0), 0), (.binomial(trials: 0, probability: 0.5), 0),
      (.binomial(trials: 7, probability: 1), 7), (.binomial(trials: 7, probability: 0), 0),
      (.geometric(probability: 1), 1), (.negativeBinomial(successes: 3, probability: 1), 0),
    ]
    for (distribution, count) in certain {
      let drawn = distribution.sample(&stream)
      #expect(distribution.defect == nil && drawn == count && distribution.variance == 0)
    }
  }
}
