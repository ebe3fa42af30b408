import Randomness
import Statistics
import Testing

/// One pass gives what two passes give, also where sums of squares would cancel.
@Suite struct TallyTests {
  private static func tally(_ values: [Double]) -> Tally {
    var tally = Tally()
    for value in values { tally.record(value) }
    return tally
  }

  /// Spread 1 around 1e9: Σx² − n·x̄² would lose all digits of the variance.
  @Test(arguments: [0, 1e9, -1e9])
  func meanAndVarianceMatchTwoPassesAtAnyOffset(_ offset: Double) throws {
    var stream = RandomStream(seed: 1, replication: 0, name: "tally")
    let values = (0..<10_000).map { _ in offset + stream.standardNormal() }
    let found = Self.tally(values)
    // Taking the offset off the values, which have it already, is exact.
    let centred = values.map { $0 - offset }
    let mean = centred.reduce(0, +) / 10_000
    let variance = centred.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9999
    #expect(abs(found.mean - offset - mean) <= 1e-13 + abs(offset) * 1e-15)
    #expect(abs(try #require(found.variance) / variance - 1) < 1e-6)
    #expect(found.count == 10_000 && found.maximum == values.max())
  }

  @Test func aFewValuesByHand() {
    let found = Self.tally([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(found.mean == 5 && found.variance == 32.0 / 7 && found.maximum == 9)
    #expect(found.standardDeviation == (32.0 / 7).squareRoot())
  }

  @Test func oneValueHasAMeanAndNoSpread() {
    let found = Self.tally([3])
    #expect(found.mean == 3 && found.meanIfAny == 3)
    #expect(found.variance == nil && found.standardDeviation == nil)
  }

  @Test func noValuesHaveNoMean() {
    #expect(Tally().meanIfAny == nil && Tally().maximum == -.infinity)
  }

  @Test func equalValuesHaveNoVariance() {
    #expect(Self.tally(Array(repeating: 0.1, count: 1000)).variance == 0)
  }
}
