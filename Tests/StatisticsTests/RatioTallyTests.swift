import Randomness
import Statistics
import Testing

/// Ratios of means against a calculation by hand, an invariance and their promise.
@Suite struct RatioTallyTests {
  /// The equation of three pairs by hand.
  ///
  /// Pairs (2, 1), (3, 2), (7, 3): means 4 and 2, Sxx 14, Sxy 5, Syy 2, t(0.975; 2) = 4.302653.
  /// With k = t²/6 = 3.085470: (4 − 2k)r² − 2(8 − 5k)r + (16 − 14k) has no bounded interval, as
  /// 4 < 2k. At 80 %, t = 1.885618 and k = 0.592593: r = (5.037035 ± √2.530863)/2.814814.
  @Test func theLimitsSolveFiellersEquation() throws {
    var tally = RatioTally()
    for (above, below) in [(2.0, 1.0), (3, 2), (7, 3)] { tally.record(above, over: below) }
    #expect(tally.ratio == 2)
    #expect(tally.interval(confidence: 0.95) == nil)
    let interval = try #require(tally.interval(confidence: 0.8))
    let (a, b, c) = (2.814814, 5.037035, 7.703698)
    let root = (b * b - a * c).squareRoot()
    #expect(abs(interval.low - (b - root) / a) < 1e-5)
    #expect(abs(interval.high - (b + root) / a) < 1e-5)
  }

  /// With a constant below the line it is Student's interval, divided by it.
  @Test func aConstantDivisorLeavesStudentsInterval() throws {
    var (ratio, plain) = (RatioTally(), Tally())
    for value in [1.0, 4, 2, 8, 5] {
      ratio.record(value, over: 4)
      plain.record(value / 4)
    }
    let found = try #require(ratio.interval(confidence: 0.95))
    let expected = try #require(ConfidenceInterval(meanOf: plain, confidence: 0.95))
    #expect(abs(found.low - expected.low) < 1e-12)
    #expect(abs(found.high - expected.high) < 1e-12)
  }

  /// Six pairs of correlated normal variables with the ratio 3.
  ///
  /// Seed 1, 2,000 experiments. H0: coverage 0.95, exact here. False alarm 1e-6 (|z| < 4.9: 0.926 to
  /// 0.974). Detects the mean of quotients in place of the quotient of means, and a lost covariance.
  @Test func coverageIsTheConfidence() throws {
    var stream = RandomStream(seed: 1, replication: 0, name: "ratio")
    var hits = 0.0
    for _ in 0..<2000 {
      var tally = RatioTally()
      for _ in 0..<6 {
        let below = 10 + stream.standardNormal()
        let above = 30 + 2 * (below - 10) + stream.standardNormal()
        tally.record(above, over: below)
      }
      let interval = try #require(tally.interval(confidence: 0.95))
      if interval.low < 3 && 3 < interval.high { hits += 1 }
    }
    #expect(abs(hits - 1900) < 4.9 * 95.0.squareRoot())
  }
}
