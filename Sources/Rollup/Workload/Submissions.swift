import EventKernel

/// When the measured transactions of a block were submitted: what latency statistics need of them.
///
/// Exact count, sum and extremes. Between the extremes submissions count as spread evenly, which is
/// their law given the extremes when arrivals are Poisson and service is in order.
public struct Submissions: Hashable, Sendable, BitwiseCopyable {
  /// Measured transactions.
  public private(set) var count = 0
  /// The sum of their submission instants [ns since the start of the run].
  public private(set) var sum: UInt128 = 0
  /// The earliest submission; meaningless while `count` is 0.
  public private(set) var first = SimTime.distantFuture
  /// The latest submission; meaningless while `count` is 0.
  public private(set) var last = SimTime.start

  /// No transactions.
  public init() {}

  /// Adds one transaction.
  @inline(__always)
  public mutating func add(_ instant: SimTime) {
    count &+= 1
    sum &+= UInt128(truncatingIfNeeded: instant.nanoseconds)
    first = min(first, instant)
    last = max(last, instant)
  }

  /// Adds several transactions.
  ///
  /// - Parameters:
  ///   - origin: an instant [ns since the start of the run].
  ///   - sum: of their submission instants since `origin` [ns].
  ///   - first: the earliest submission.
  ///   - last: the latest submission.
  @inline(__always)
  mutating func add(
    _ count: Int, since origin: Int64, sum: UInt64, first: SimTime, last: SimTime
  ) {
    self.count &+= count
    self.sum &+=
      UInt128(truncatingIfNeeded: origin) &* UInt128(truncatingIfNeeded: count)
      &+ UInt128(truncatingIfNeeded: sum)
    self.first = min(self.first, first)
    self.last = max(self.last, last)
  }

  /// Adds several transactions, by the sum of their submission instants [ns since the start of the run].
  mutating func add(_ count: Int, sum: UInt128, first: SimTime, last: SimTime) {
    self.count += count
    self.sum += sum
    self.first = min(self.first, first)
    self.last = max(self.last, last)
  }

  /// Adds the transactions of another span.
  public mutating func add(_ other: Submissions) {
    count += other.count
    sum += other.sum
    first = min(first, other.first)
    last = max(last, other.last)
  }
}

/// The submissions of many blocks in at most 32 spans.
///
/// When the spans run out, neighbours are joined in pairs, so memory does not grow with the number
/// of blocks; count, sum and extremes stay exact.
public struct SubmissionProfile: Sendable, BitwiseCopyable {
  private static let capacity = 32
  private var spans = InlineArray<32, Submissions>(repeating: Submissions())
  private var used = 0
  private var blocksPerSpan = 1
  private var blocksInLast = 0

  /// No submissions.
  public init() {}

  /// How many submissions there are; kept, since adding up the spans would copy them.
  public private(set) var count = 0

  /// Adds the submissions of the next block, or of the next batch.
  public mutating func append(_ submissions: Submissions) {
    guard submissions.count > 0 else { return }
    count += submissions.count
    if used > 0 && blocksInLast < blocksPerSpan {
      spans[used - 1].add(submissions)
      blocksInLast += 1
      return
    }
    if used == Self.capacity { halve() }
    spans[used] = submissions
    used += 1
    blocksInLast = 1
  }

  /// Adds all spans of a later profile.
  public mutating func append(_ other: SubmissionProfile) {
    other.forEachSpan { append($0) }
  }

  private mutating func halve() {
    for index in 0..<Self.capacity / 2 {
      var joined = spans[2 * index]
      joined.add(spans[2 * index + 1])
      spans[index] = joined
    }
    used = Self.capacity / 2
    blocksPerSpan *= 2
    blocksInLast = blocksPerSpan
  }

  /// Calls `body` with each span in order of submission.
  @inline(__always)
  public func forEachSpan(_ body: (Submissions) -> Void) {
    let spans = spans.span
    for index in 0..<used { body(spans[index]) }
  }
}
