import Randomness
import Testing

@testable import Statistics

/// Spans: many values spread evenly between two extremes, recorded at once.
@Suite struct HistogramSpanTests {
  /// A span with the sum of evenly spread values.
  struct Span: Sendable {
    let low: Int64
    let high: Int64
    let count: UInt64
    var sum: UInt128 { (UInt128(low) + UInt128(high)) * UInt128(count) / 2 }
  }

  static let spans = [
    Span(low: 0, high: 0, count: 5),
    Span(low: 0, high: 1000, count: 1),
    Span(low: 0, high: 1000, count: 2),
    Span(low: 100, high: 131_072, count: 7),
    Span(low: 512, high: 1024, count: 1_000_003),
    Span(low: 3, high: 12_000_000_000, count: 600),
    Span(low: 1_999_999_999, high: 14_000_000_001, count: 1_234_567),
    Span(low: 0, high: .max, count: 2),
    Span(low: 0, high: .max, count: 12_345),
    Span(low: 0, high: .max, count: 1 << 40),
    Span(low: .max - 1, high: .max, count: 3),
    Span(low: (1 << 60) - 1, high: 1 << 60, count: 9),
  ]

  private static func bucketCounts(_ histogram: LatencyHistogram) throws -> [UInt64] {
    try #require(Mirror(reflecting: histogram).descendant("buckets") as? [UInt64])
  }

  private static func steps(_ histogram: LatencyHistogram) throws -> [Int128] {
    try #require(Mirror(reflecting: histogram).descendant("steps") as? [Int128])
  }

  /// What is in all buckets: whole numbers, and densities times the widths of buckets.
  private static func bucketSum(_ histogram: LatencyHistogram) throws -> Double {
    let counts = try bucketCounts(histogram)
    let steps = try steps(histogram)
    var (sum, level): (Double, Int128) = (Double(counts.reduce(0, +)), 0)
    for (bucket, step) in steps.enumerated() {
      level += step
      let width = bucket < 256 ? 1 : Double(1 << (bucket / 256 - 1))
      sum += Double(level) * 0x1p-72 * width
    }
    return sum
  }

  private static func record(_ spans: [Span]) -> LatencyHistogram {
    var histogram = LatencyHistogram()
    for span in spans {
      histogram.record(from: span.low, to: span.high, count: span.count, sum: span.sum)
    }
    return histogram
  }

  @Test(arguments: spans)
  func bucketsAddUpToTheCount(_ span: Span) throws {
    let histogram = Self.record([span])
    // A density is rounded to 2^-72 values per nanosecond.
    let rounding = Double(span.high - span.low) * 0x1p-72 + 1e-12 * Double(span.count)
    #expect(abs(try Self.bucketSum(histogram) - Double(span.count)) <= rounding)
    #expect(histogram.count == span.count && histogram.sum == span.sum)
    #expect(histogram.minimum == span.low && histogram.maximum == span.high)
  }

  /// The share below each quantile is that of an even spread, to a bucket and to one value.
  @Test(arguments: spans.filter { $0.count > 100 })
  func quantilesAreThoseOfAnEvenSpread(_ span: Span) throws {
    let histogram = Self.record([span])
    for probability in [0.01, 0.25, 0.5, 0.75, 0.99] {
      let found = try #require(histogram.quantileSeconds(probability)) * 1e9
      let width = Double(span.high - span.low)
      let exact = Double(span.low) + probability * width
      let tolerance =
        2 * exact * LatencyHistogram.relativePrecision + 1 + 2 * width / Double(span.count)
      #expect(abs(found - exact) <= tolerance, "\(probability): \(found) for \(exact)")
    }
  }

  @Test(arguments: spans)
  func theExtremesAreAmongTheQuantiles(_ span: Span) throws {
    let histogram = Self.record([span])
    let last = try #require(histogram.quantileSeconds(1))
    #expect(last <= Double(span.high) / 1e9)
    let counts = try Self.bucketCounts(histogram)
    let highest = try #require(counts.lastIndex { $0 > 0 })
    // Nothing may lie beyond the bucket of the maximum, where no quantile would find it.
    var single = LatencyHistogram()
    single.record(from: span.high, to: span.high, count: 1, sum: UInt128(span.high))
    let bucketOfMaximum = try #require(Self.bucketCounts(single).firstIndex { $0 > 0 })
    #expect(highest <= bucketOfMaximum)
  }

  @Test func theOrderOfRecordingChangesNothing() throws {
    var stream = RandomStream(seed: 3, replication: 0, name: "spans")
    let spans = (0..<300).map { _ in
      let low = Int64(stream.exponential(mean: 5e9))
      return Span(
        low: low, high: low + Int64(stream.exponential(mean: 2e9)), count: stream.nextWord() % 5000)
    }
    let forward = Self.record(spans)
    let backward = Self.record(spans.reversed())
    #expect(try Self.bucketCounts(forward) == Self.bucketCounts(backward))
    #expect(try Self.steps(forward) == Self.steps(backward))
    #expect(forward.sum == backward.sum && forward.count == backward.count)
    #expect(forward.minimum == backward.minimum && forward.maximum == backward.maximum)
  }

  @Test func noValuesChangeNothing() {
    var histogram = LatencyHistogram()
    histogram.record(from: 5, to: 9, count: 0, sum: 0)
    #expect(histogram.count == 0 && histogram.maximum == -1 && histogram.minimum == .max)
  }

  @Test func aNegativeOrReversedSpanTraps() async {
    await #expect(processExitsWith: .failure) {
      var histogram = LatencyHistogram()
      histogram.record(from: -1, to: 1, count: 1, sum: 0)
    }
    await #expect(processExitsWith: .failure) {
      var histogram = LatencyHistogram()
      histogram.record(from: 2, to: 1, count: 1, sum: 1)
    }
  }

  /// Few values that are evenly spread are where single ones at these nanoseconds are, however large they are.
  ///
  /// Between the first and the last, which are exact, what a value is rounded to in doubles is in its bucket.
  @Test func fewValuesAreWhereSingleOnesAre() throws {
    var stream = RandomStream(seed: 1, replication: 0, name: "spans")
    for _ in 0..<3000 {
      let count = Int64(4 + stream.nextWord() % 61)
      let low = Int64(stream.nextWord() >> (8 + stream.nextWord() % 56))
      let high = low + Int64(stream.nextWord() >> (8 + stream.nextWord() % 56))
      var together = LatencyHistogram()
      together.record(
        from: low, to: high, count: UInt64(count),
        sum: UInt128(count) * UInt128(low + high) / 2)
      var single = LatencyHistogram()
      single.record(low)
      single.record(high)
      let gap = Double(high - low) / Double(count - 1)
      for step in 1..<count - 1 {
        single.record(min(low + Int64(Double(step) * gap), high))
      }
      #expect(try Self.bucketCounts(together) == Self.bucketCounts(single))
    }
  }
}

/// Spans of values that come in groups.
@Suite struct HistogramGroupTests {
  /// The first and the last of few groups are as large as others: half of two groups is at each end, and the middle one
  /// of three is where the sum says.
  @Test func endsHaveGroups() throws {
    var two = LatencyHistogram(groupSize: 4)
    two.record(from: 1_000, to: 101_000, count: 8, sum: 4 * 102_000)
    #expect(two.count == 8 && two.meanSeconds == 51e-6)
    let quarter = try #require(two.quantileSeconds(0.49))
    let most = try #require(two.quantileSeconds(0.51))
    #expect(quarter < 1.01e-6 && most > 100e-6)
    var three = LatencyHistogram(groupSize: 4)
    three.record(from: 1_000, to: 101_000, count: 12, sum: 4 * (1_000 + 31_000 + 101_000))
    let middle = try #require(three.quantileSeconds(0.5))
    #expect(abs(middle / 31e-6 - 1) < 0.004)
  }

  /// Waits of groups that come at uniform instants are uniform: 20,000 blocks of 2 s with ten groups of four each have
  /// their 95 % at 1.9 s.
  ///
  /// Seed 1. The standard error of that quantile is 2 s · √(0.95 · 0.05 / 200,000) = 1 ms: false alarm 1e-6 at 5 ms; a
  /// group of one at each end would have it 70 ms lower.
  @Test func quantilesAreThoseOfGroups() throws {
    var stream = RandomStream(seed: 1, replication: 0, name: "groups")
    var histogram = LatencyHistogram(groupSize: 4)
    for _ in 0..<20_000 {
      let waits = (0..<10).map { _ in Int64(stream.uniform() * 2e9) }
      let (low, high) = (try #require(waits.min()), try #require(waits.max()))
      histogram.record(
        from: low, to: high, count: 40, sum: 4 * UInt128(waits.reduce(0, +)))
    }
    let quantile = try #require(histogram.quantileSeconds(0.95))
    #expect(abs(quantile - 1.9) < 0.005)
  }
}
