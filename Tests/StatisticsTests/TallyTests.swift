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

/// Observations that were split between tallies.
@Suite struct MergedTallyTests {
  @Test func partsGiveWhatTheWholeGives() throws {
    let values = [3.0, -1, 4, 1, -5, 9, 2, 6]
    func tally(_ values: some Sequence<Double>) -> Tally {
      values.reduce(into: Tally()) { $0.record($1) }
    }
    let whole = tally(values)
    for split in 0...values.count {
      var merged = tally(values.prefix(split))
      merged.add(tally(values.dropFirst(split)))
      #expect(merged.count == whole.count && merged.maximum == whole.maximum)
      #expect(abs(merged.mean - whole.mean) < 1e-12)
      #expect(abs(try #require(merged.variance) - (try #require(whole.variance))) < 1e-12)
    }
  }

  @Test func partsOfAHistogramGiveTheWholeToTheBit() {
    let values: [Int64] = [5, 700, 1_000_000, 3, 700, 40_000_000_000]
    var (whole, one, two) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
    for (index, value) in values.enumerated() {
      whole.record(value)
      if index < 2 { one.record(value) } else { two.record(value) }
    }
    one.add(two)
    #expect(one.count == whole.count && one.sum == whole.sum)
    #expect(one.minimum == whole.minimum && one.maximum == whole.maximum)
    for share in stride(from: 0.0, through: 1, by: 0.125) {
      #expect(one.quantileSeconds(share) == whole.quantileSeconds(share))
    }
  }
}
