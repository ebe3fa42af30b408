import Randomness
import Statistics
import Testing

/// Quantiles lie within a bucket's width of the exact ones; counts, sums and extremes are exact.
@Suite struct HistogramQuantileTests {
  /// Values that stress the buckets in different ways.
  enum DataSet: CaseIterable {
    case small
    case exponential
    case wide
    case twoPeaks
    case ties

    var values: [Int64] {
      var stream = RandomStream(seed: 1, replication: 0, name: "histogram")
      return (0..<5000).map { index in
        switch self {
        case .small: Int64(stream.nextWord() % 300)
        case .exponential: Int64(stream.exponential(mean: 12e9))
        case .wide: Int64(stream.nextWord() >> (1 + stream.nextWord() % 60))
        case .twoPeaks:
          (index.isMultiple(of: 3) ? 604_800_000_000_000 : 2_000_000_000)
            + Int64(stream.nextWord() % 1000)
        case .ties: Int64(7_777_777) * Int64(1 + stream.nextWord() % 3)
        }
      }
    }
  }

  private static func histogram(of values: [Int64]) -> LatencyHistogram {
    var histogram = LatencyHistogram()
    for value in values { histogram.record(from: value, to: value, count: 1, sum: UInt128(value)) }
    return histogram
  }

  @Test(arguments: DataSet.allCases)
  func countSumAndExtremesAreExact(_ data: DataSet) {
    let values = data.values
    let histogram = Self.histogram(of: values)
    #expect(histogram.count == UInt64(values.count))
    #expect(histogram.sum == values.reduce(UInt128(0)) { $0 + UInt128($1) })
    #expect(histogram.minimum == values.min())
    #expect(histogram.maximum == values.max())
  }

  /// At rank k the estimate lies in the bucket of the k-th smallest value: at most one bucket off.
  @Test(arguments: DataSet.allCases)
  func quantilesAreWithinTheStatedPrecision(_ data: DataSet) throws {
    let values = data.values.sorted()
    let histogram = Self.histogram(of: values)
    for rank in [1, 2, 50, 500, 1250, 2500, 3750, 4500, 4950, 4999, 5000] {
      let exact = Double(values[rank - 1])
      let found = try #require(histogram.quantileSeconds(Double(rank) / 5000)) * 1e9
      // One more nanosecond, because a value of whole nanoseconds fills its bucket of width one.
      let tolerance = exact * LatencyHistogram.relativePrecision + 1 + 1e-6
      #expect(abs(found - exact) <= tolerance, "rank \(rank): \(found) for \(exact)")
    }
  }

  @Test(arguments: DataSet.allCases)
  func quantilesNeverFallAndStayBetweenTheExtremes(_ data: DataSet) throws {
    let histogram = Self.histogram(of: data.values)
    let quantiles = try (0...1000).map {
      try #require(histogram.quantileSeconds(Double($0) / 1000))
    }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(try #require(quantiles.first) >= Double(histogram.minimum) / 1e9)
    #expect(try #require(quantiles.last) <= Double(histogram.maximum) / 1e9)
  }

  @Test(arguments: [0, 1, 511, 512, 513, 1_000_003, 604_800_000_000_007, .max] as [Int64])
  func aSingleValueIsItsOwnQuantile(_ value: Int64) {
    let histogram = Self.histogram(of: [value])
    for probability in [0, 0.5, 1] {
      #expect(histogram.quantileSeconds(probability) == Double(value) / 1e9)
    }
    #expect(histogram.meanSeconds == Double(value) / 1e9)
    #expect(histogram.maximumSeconds == Double(value) / 1e9)
  }

  @Test func theMeanIsExactWhereASumOfDoublesIsNot() {
    let histogram = Self.histogram(of: [.max, 0, 0, 1])
    #expect(histogram.sum == UInt128(Int64.max) + 1)
    #expect(histogram.meanSeconds == 0x1p61 / 1e9)
  }

  /// The promise is 0.4 %; the other tests only hold quantiles to what the type states.
  @Test func theStatedPrecisionIsOnePart256() {
    #expect(LatencyHistogram.relativePrecision == 1.0 / 256)
  }

  @Test func anEmptyHistogramHasNoStatistics() {
    let histogram = LatencyHistogram()
    #expect(histogram.count == 0 && histogram.sum == 0)
    #expect(histogram.quantileSeconds(0.5) == nil)
    #expect(histogram.meanSeconds == nil && histogram.maximumSeconds == nil)
  }
}
