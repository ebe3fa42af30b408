import Randomness
import Statistics
import Testing

/// Student's interval against a table, and against its promise.
@Suite struct ConfidenceIntervalTests {
  /// An even number of observations with mean 0 and standard deviation √n, so that the half-width
  /// is the quantile itself.
  private static func unitTally(_ count: Int) -> Tally {
    let size = Double(count - 1).squareRoot()
    var tally = Tally()
    for index in 0..<count { tally.record(index.isMultiple(of: 2) ? size : -size) }
    return tally
  }

  /// t(0.975; 9), t(0.995; 9), t(0.975; 29) and t(0.95; 1) from printed tables.
  @Test(arguments: [
    (10, 0.95, 2.262157), (10, 0.99, 3.249836), (30, 0.95, 2.045230), (2, 0.90, 6.313752),
  ])
  func theHalfWidthIsTheQuantileOfTheTable(
    _ count: Int, _ confidence: Double, _ quantile: Double
  ) throws {
    let found = try #require(
      ConfidenceInterval(meanOf: Self.unitTally(count), confidence: confidence))
    #expect(abs(found.high - quantile) < 1e-6)
    #expect(abs(found.low + quantile) < 1e-6)
  }

  @Test func theIntervalIsCentredOnTheMean() throws {
    var tally = Tally()
    for value in [3.0, 4, 8] { tally.record(value) }
    let found = try #require(ConfidenceInterval(meanOf: tally, confidence: 0.95))
    #expect(abs((found.low + found.high) / 2 - 5) < 1e-12)
  }

  @Test func fewerThanTwoObservationsHaveNoInterval() {
    var tally = Tally()
    #expect(ConfidenceInterval(meanOf: tally, confidence: 0.95) == nil)
    tally.record(1)
    #expect(ConfidenceInterval(meanOf: tally, confidence: 0.95) == nil)
    tally.record(1)
    #expect(ConfidenceInterval(meanOf: tally, confidence: 0.95) != nil)
  }

  /// Intervals from five normal observations cover the mean as often as they say.
  ///
  /// Seed 1, 1,000 experiments. H0: coverage 0.9, exact for normal data. False alarm 1e-6
  /// (|z| < 4.9: 854 to 946 hits). Detects the normal quantile in place of Student's, which would
  /// cover 0.825.
  @Test func coverageOfNormalDataIsTheConfidence() throws {
    var stream = RandomStream(seed: 1, replication: 0, name: "coverage")
    var hits = 0
    for _ in 0..<1000 {
      var tally = Tally()
      for _ in 0..<5 { tally.record(40 + 3 * stream.standardNormal()) }
      let interval = try #require(ConfidenceInterval(meanOf: tally, confidence: 0.9))
      if interval.low < 40 && 40 < interval.high { hits += 1 }
    }
    #expect(abs(Double(hits) - 900) < 4.9 * 90.0.squareRoot())
  }
}
