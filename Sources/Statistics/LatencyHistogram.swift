/// Latencies in a log-linear histogram: exact count, sum and extremes, quantiles within 0.4 %.
///
/// Values are non-negative nanoseconds. Each power of two is cut into 256 buckets, so a bucket is
/// at most 1/256 of its lower edge wide; below 512 ns every value has its own. All state is
/// integer: merging and the order of recording cannot change a bit. 115 kB, and 233 kB more
/// once many values are spread over buckets; all that nothing was recorded in share them.
public struct LatencyHistogram: Sendable {
  private static let precisionBits = 8
  private static let bucketsPerOctave = 1 << precisionBits
  private static let bucketCount = (63 - precisionBits + 1) * bucketsPerOctave + bucketsPerOctave

  /// The relative width of a bucket: the precision of a quantile.
  public static let relativePrecision = 1.0 / Double(bucketsPerOctave)

  /// A value that is spread over a year is exact to 1e-6 of it in each bucket.
  private static let densityBits = 72
  private static let density = 0x1p-72

  private static let empty = [UInt64](repeating: 0, count: bucketCount)

  private var buckets = empty
  /// How much more dense values lie from a bucket on than before it, of those that are spread evenly over
  /// many [2^-72 values/ns]; empty while none are.
  private var steps: [Int128] = []
  /// How many values were recorded.
  public private(set) var count: UInt64 = 0
  /// The sum of all values [ns].
  public private(set) var sum: UInt128 = 0
  /// The smallest value [ns]; `Int64.max` if there is none.
  public private(set) var minimum = Int64.max
  /// The largest value [ns]; -1 if there is none.
  public private(set) var maximum: Int64 = -1

  /// How many values are one on average, where they come in groups.
  let groupSize: Double

  /// A histogram without values.
  ///
  /// - Parameter groupSize: how many values are one on average; those of a span then lie at fewer places.
  public init(groupSize: Double = 1) { self.groupSize = groupSize }

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
    } else if groupSize > 1, place(count, from: low, to: high, sum: sum) {
      return
    } else if count <= Self.few {
      place(Int64(count), from: low, to: high, sum: sum, among: firstBucket...lastBucket)
    } else {
      share(count, from: low, to: high, among: firstBucket...lastBucket)
    }
  }

  /// Up to so many values each has a place of its own.
  static let few: UInt64 = 64

  /// Adds the values of another histogram; nothing depends on how values were split.
  public mutating func add(_ other: LatencyHistogram) {
    for bucket in buckets.indices { buckets[bucket] += other.buckets[bucket] }
    if steps.isEmpty {
      steps = other.steps
    } else {
      for bucket in other.steps.indices { steps[bucket] += other.steps[bucket] }
    }
    count += other.count
    sum += other.sum
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }

  /// Puts the first of few values at `low`, the last at `high`, and each of the others into a part of its
  /// own between them.
  ///
  /// Where in it follows from what is recorded, and is as good as chance: all in the middle of theirs, they
  /// would be too near to each other over many records. What has the sum of even distances has them.
  private mutating func place(
    _ count: Int64, from low: Int64, to high: Int64, sum: UInt128, among span: ClosedRange<Int>
  ) {
    guard count > 1 else {
      buckets[Self.bucket(of: low + (high - low) / 2)] += 1
      return
    }
    let total = Int64(truncatingIfNeeded: sum)
    buckets.withUnsafeMutableBufferPointer { buckets in
      buckets[span.lowerBound] &+= 1
      buckets[span.upperBound] &+= 1
      switch count {
      case 2: break
      case 3: buckets[Self.bucket(of: min(max(total &- low &- high, low), high))] &+= 1
      default: Self.place(inner: count - 2, from: low, to: high, total: total, in: buckets)
      }
    }
  }

  /// Puts all but the first and the last of more than three values into parts of their own.
  @inline(__always)
  private static func place(
    inner: Int64, from low: Int64, to high: Int64, total: Int64,
    in buckets: UnsafeMutableBufferPointer<UInt64>
  ) {
    let count = inner + 2
    let isEven = abs(2 &* total &- count &* (low &+ high)) <= count
    let phase = phase(low, UInt128(truncatingIfNeeded: total))
    let (first, gap) =
      isEven
      ? (1, Double(high - low) / Double(count - 1)) : (phase, Double(high - low) / Double(inner))
    guard low >= bucketsPerOctave, high < 1 << 53 else {
      for step in 0..<inner {
        let value = low &+ Int64((Double(step) + first) * gap)
        buckets[bucket(of: min(value, high))] &+= 1
      }
      return
    }
    // The same in doubles, but for what is rounded up to a whole number at which a bucket begins; by twos, as all
    // transactions of all stages come through here.
    let (from, through) = (Double(low), Double(high))
    var steps = SIMD2(0, 1.0)
    for _ in 0..<inner / 2 {
      let values = SIMD2(repeating: from) + (steps + SIMD2(repeating: first)) * gap
      let two = values.replacing(with: through, where: values .> SIMD2(repeating: through))
      buckets[bucket(ofDouble: two.x)] &+= 1
      buckets[bucket(ofDouble: two.y)] &+= 1
      steps += SIMD2(repeating: 2)
    }
    if inner % 2 == 1 {
      buckets[bucket(ofDouble: min(from + (steps.x + first) * gap, through))] &+= 1
    }
  }

  /// A share of a part that follows from what is recorded, and is as good as chance.
  @inline(__always)
  static func phase(_ low: Int64, _ sum: UInt128) -> Double {
    let total = Int64(truncatingIfNeeded: sum)
    let hash = UInt64(bitPattern: low ^ total) &* 0x9E37_79B9_7F4A_7C15
    return Double(hash &>> 11) * 0x1p-53
  }

  /// Counts values in their bucket.
  mutating func add(_ count: UInt64, at value: Int64) { buckets[Self.bucket(of: value)] += count }

  /// Puts one value at each end and spreads the others, many, evenly between them: whole numbers into the
  /// first and the last bucket, and a density over those between.
  private mutating func share(
    _ count: UInt64, from low: Int64, to high: Int64, among span: ClosedRange<Int>
  ) {
    buckets[span.lowerBound] += 1
    buckets[span.upperBound] += 1
    let count = count - 2
    let density = Double(count) / Double(high - low)
    let (begin, end) = (
      Self.lowerEdge(of: span.lowerBound + 1), Self.lowerEdge(of: span.upperBound)
    )
    let inFirst = min(UInt64(density * Double(begin - low) + 0.5), count)
    let inLast = min(UInt64(density * Double(high - end) + 0.5), count - inFirst)
    buckets[span.lowerBound] += inFirst
    guard begin < end else {
      buckets[span.upperBound] += count - inFirst
      return
    }
    buckets[span.upperBound] += inLast
    if steps.isEmpty { steps = [Int128](repeating: 0, count: Self.bucketCount) }
    let step = Int128(count - inFirst - inLast) << Self.densityBits / Int128(end - begin)
    steps[span.lowerBound + 1] += step
    steps[span.upperBound] -= step
  }

  /// The mean [s], or nil if nothing was recorded.
  public var meanSeconds: Double? {
    guard count > 0 else { return nil }
    let (quotient, remainder) = sum.quotientAndRemainder(dividingBy: UInt128(count))
    return (quotient.asDouble + remainder.asDouble / Double(count)) / 1e9
  }

  /// The largest value [s], or nil if nothing was recorded.
  public var maximumSeconds: Double? { count > 0 ? Double(maximum) / 1e9 : nil }

  /// The value below which a share `probability` of the values lies [s], interpolated within its
  /// bucket and between the extremes; nil if nothing was recorded.
  public func quantileSeconds(_ probability: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = probability * Double(count)
    var below = 0.0
    var level: Int128 = 0
    var density = 0.0
    for bucket in Self.bucket(of: minimum)...Self.bucket(of: maximum) {
      if !steps.isEmpty, steps[bucket] != 0 {
        level += steps[bucket]
        density = level.asDouble * Self.density
      }
      let width = Self.lowerEdge(of: bucket + 1) - Self.lowerEdge(of: bucket)
      let inside = Double(buckets[bucket]) + density * Double(width)
      if inside > 0, below + inside >= rank {
        let low = Double(max(Self.lowerEdge(of: bucket), minimum))
        let high = Double(min(Self.lowerEdge(of: bucket + 1), maximum))
        return (low + (high - low) * (rank - below) / inside) / 1e9
      }
      below += inside
    }
    return maximumSeconds
  }

  static func bucket(of value: Int64) -> Int {
    let octave = max(63 &- precisionBits &- value.leadingZeroBitCount, 0)
    return octave &* bucketsPerOctave &+ Int(value &>> Int64(octave))
  }

  /// The bucket of a number from 256 on, below 2^53: the exponent of a double numbers its octave, and the first
  /// bits of its significand the bucket in it.
  @inline(__always)
  private static func bucket(ofDouble value: Double) -> Int {
    Int(truncatingIfNeeded: value.bitPattern &>> UInt64(52 &- precisionBits))
      &- (1023 &+ precisionBits &- 1) &* bucketsPerOctave
  }

  private static func lowerEdge(of bucket: Int) -> Int64 {
    let octave = max(bucket / bucketsPerOctave - 1, 0)
    let (edge, overflow) = Int64(bucket - octave * bucketsPerOctave)
      .multipliedReportingOverflow(by: 1 << Int64(octave))
    return overflow ? .max : edge
  }
}
