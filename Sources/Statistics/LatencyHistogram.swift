/// Latencies in a log-linear histogram: exact count, sum and extremes, quantiles within 0.4 %.
///
/// Values are non-negative nanoseconds. Each power of two is cut into 256 buckets, so a bucket is
/// at most 1/256 of its lower edge wide; below 512 ns every value has its own. All state is
/// integer: merging and the order of recording cannot change a bit. 115 kB, whatever is recorded; all
/// that nothing was recorded in share them.
public struct LatencyHistogram: Sendable {
  private static let precisionBits = 8
  private static let bucketsPerOctave = 1 << precisionBits
  private static let bucketCount = (63 - precisionBits + 1) * bucketsPerOctave + bucketsPerOctave

  /// The relative width of a bucket: the precision of a quantile.
  public static let relativePrecision = 1.0 / Double(bucketsPerOctave)

  private static let empty = [UInt64](repeating: 0, count: bucketCount)

  private var buckets = empty
  /// How many values were recorded.
  public private(set) var count: UInt64 = 0
  /// The sum of all values [ns].
  public private(set) var sum: UInt128 = 0
  /// The smallest value [ns]; `Int64.max` if there is none.
  public private(set) var minimum = Int64.max
  /// The largest value [ns]; -1 if there is none.
  public private(set) var maximum: Int64 = -1

  /// A histogram without values.
  public init() {}

  /// Records one value [ns], not negative.
  public mutating func record(_ value: Int64) {
    record(from: value, to: value, count: 1, sum: UInt128(value))
  }

  /// Records `count` values spread evenly over `low...high` whose exact sum is `sum`.
  ///
  /// - Parameters:
  ///   - low: the smallest value [ns], not negative.
  ///   - high: the largest value [ns], at least `low`.
  ///   - count: how many values.
  ///   - sum: their sum [ns].
  public mutating func record(from low: Int64, to high: Int64, count: UInt64, sum: UInt128) {
    precondition(0 <= low && low <= high, "a latency is negative or a span is reversed")
    guard count > 0 else { return }
    self.count += count
    self.sum += sum
    minimum = min(minimum, low)
    maximum = max(maximum, high)
    let firstBucket = Self.bucket(of: low)
    let lastBucket = Self.bucket(of: high)
    if firstBucket == lastBucket {
      buckets[firstBucket] += count
    } else if count <= UInt64(lastBucket - firstBucket) {
      place(count, from: low, to: high)
    } else {
      share(count, from: low, to: high, among: firstBucket...lastBucket)
    }
  }

  /// Adds the values of another histogram; nothing depends on how values were split.
  public mutating func add(_ other: LatencyHistogram) {
    for bucket in buckets.indices { buckets[bucket] += other.buckets[bucket] }
    count += other.count
    sum += other.sum
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }

  /// Puts few values at even distances, the first at `low` and the last at `high`.
  private mutating func place(_ count: UInt64, from low: Int64, to high: Int64) {
    guard count > 1 else {
      buckets[Self.bucket(of: low + (high - low) / 2)] += 1
      return
    }
    let gap = Double(high - low) / Double(count - 1)
    for step in 0..<count - 1 {
      buckets[Self.bucket(of: low + Int64(Double(step) * gap))] += 1
    }
    // By itself, because the rounded product may pass `high`.
    buckets[Self.bucket(of: high)] += 1
  }

  /// Shares many values out in proportion to how much of the span lies in each bucket; whole
  /// numbers that add up exactly.
  private mutating func share(
    _ count: UInt64, from low: Int64, to high: Int64, among span: ClosedRange<Int>
  ) {
    let width = UInt128(high - low)
    var placed: UInt64 = 0
    for bucket in span {
      let edge = bucket == span.upperBound ? high : Self.lowerEdge(of: bucket + 1)
      let through = UInt64(UInt128(count) * UInt128(edge - low) / width)
      buckets[bucket] += through - placed
      placed = through
    }
  }

  /// The mean [s], or nil if nothing was recorded.
  public var meanSeconds: Double? {
    guard count > 0 else { return nil }
    let (quotient, remainder) = sum.quotientAndRemainder(dividingBy: UInt128(count))
    return (Double(quotient) + Double(remainder) / Double(count)) / 1e9
  }

  /// The largest value [s], or nil if nothing was recorded.
  public var maximumSeconds: Double? { count > 0 ? Double(maximum) / 1e9 : nil }

  /// The value below which a share `probability` of the values lies [s], interpolated within its
  /// bucket and between the extremes; nil if nothing was recorded.
  public func quantileSeconds(_ probability: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = probability * Double(count)
    var below = 0.0
    for bucket in Self.bucket(of: minimum)...Self.bucket(of: maximum) where buckets[bucket] > 0 {
      let inside = Double(buckets[bucket])
      if below + inside >= rank {
        let low = Double(max(Self.lowerEdge(of: bucket), minimum))
        let high = Double(min(Self.lowerEdge(of: bucket + 1), maximum))
        return (low + (high - low) * (rank - below) / inside) / 1e9
      }
      below += inside
    }
    return maximumSeconds
  }

  private static func bucket(of value: Int64) -> Int {
    let octave = max(63 - precisionBits - value.leadingZeroBitCount, 0)
    return octave * bucketsPerOctave + Int(value >> Int64(octave))
  }

  private static func lowerEdge(of bucket: Int) -> Int64 {
    let octave = max(bucket / bucketsPerOctave - 1, 0)
    let (edge, overflow) = Int64(bucket - octave * bucketsPerOctave)
      .multipliedReportingOverflow(by: 1 << Int64(octave))
    return overflow ? .max : edge
  }
}
