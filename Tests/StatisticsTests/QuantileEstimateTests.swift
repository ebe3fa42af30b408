import Randomness
import Statistics
import Testing

/// Limits of quantiles from order statistics, against tables and their promise.
@Suite struct QuantileEstimateTests {
  private static func numbers(_ count: Int) -> [Double] { (1...count).map(Double.init) }

  /// The ranks of a median, which depend on the number of observations alone.
  ///
  /// Of 20: observations 6 and 15, coverage 0.959 (Conover 1999, Practical Nonparametric
  /// Statistics, example in section 3.2). Of 6, only the extremes will do: 1 − 2/2⁶ = 0.969.
  @Test(arguments: [(20, 6.0, 15.0), (6, 1, 6)]) func theRanksOfAMedianAreThoseOfTheTable(
    _ count: Int, _ low: Double, _ high: Double
  ) throws {
    let estimate = QuantileEstimate(0.5, of: Self.numbers(count), confidence: 0.95)
    let interval = try #require(estimate.interval)
    #expect(interval.low == low && interval.high == high)
    #expect(estimate.value == Double(count + 1) / 2)
  }

  /// Limits take an observation that is surely enough on either side.
  ///
  /// Above the 95 % quantile lies an observation with 97.5 % probability from n on where
  /// 0.95ⁿ ≤ 0.025: 72 observations. In 5 none of a median is sure enough: 2/2⁵ > 0.05.
  @Test func tooFewObservationsHaveNoLimits() {
    func interval(_ probability: Double, _ count: Int) -> ConfidenceInterval? {
      QuantileEstimate(probability, of: Self.numbers(count), confidence: 0.95).interval
    }
    #expect(interval(0.95, 71) == nil)
    #expect(interval(0.95, 72) != nil)
    #expect(interval(0.5, 5) == nil)
  }

  @Test func theOrderOfObservationsDoesNotMatter() {
    let mixed = [3.0, 1, 2, 9, 4, 7, 5, 8, 6]
    #expect(
      QuantileEstimate(0.3, of: mixed, confidence: 0.9)
        == QuantileEstimate(0.3, of: mixed.sorted(), confidence: 0.9))
  }

  /// The limits of the 95 % quantile of 200 exponential observations cover ln 20.
  ///
  /// Seed 1, 4,000 experiments. H0: coverage 0.96715, which the ranks 184 and 197 have whatever the
  /// distribution, summed from the binomial law. False alarm 1e-6 (|z| < 4.9: 0.9534 to 0.9810).
  /// Detects a limit that is one rank too far in: 0.9466 and 0.9498.
  @Test func coverageIsThatOfTheBinomialLaw() throws {
    var stream = RandomStream(seed: 1, replication: 0, name: "quantile")
    var hits = 0.0
    for _ in 0..<4000 {
      let observations = (0..<200).map { _ in stream.exponential(mean: 1) }
      let estimate = QuantileEstimate(0.95, of: observations, confidence: 0.95)
      let interval = try #require(estimate.interval)
      if interval.low < 2.995732273553991 && 2.995732273553991 < interval.high { hits += 1 }
    }
    let exact = 0.96715
    #expect(abs(hits - 4000 * exact) < 4.9 * (4000 * exact * (1 - exact)).squareRoot())
  }
}
