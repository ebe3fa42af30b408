import EventKernel

/// Arrivals at the multiples of a time, numbered from 1.
///
/// By number, so that rounding to the nanosecond does not add up.
struct RegularInstants: Sendable, BitwiseCopyable {
  /// Up to so many are looked at one by one.
  static let few = 4096

  /// How many arrive [1/s].
  let rate: Double

  /// When one of them arrives.
  func instant(of number: Int) -> SimTime {
    guard let offset = SimDuration(seconds: Double(number) / rate) else { return .distantFuture }
    return .start + offset
  }

  /// How many arrive before an instant.
  ///
  /// A product of doubles may be next to the number, so the instants themselves decide.
  func count(before instant: SimTime) -> Int {
    var count = Int(instant.seconds * rate)
    while self.instant(of: count + 1) < instant { count += 1 }
    while count > 0, self.instant(of: count) >= instant { count -= 1 }
    return count
  }

  /// The numbers of those that arrive from an instant on and before another.
  func numbers(from: SimTime, to: SimTime) -> Range<Int> {
    count(before: from) + 1..<count(before: to) + 1
  }

  /// The sum of the instants of several [ns]; of more than `few`, but for what each is rounded by.
  func sum(_ numbers: Range<Int>) -> UInt128 {
    guard let first = numbers.first, let last = numbers.last else { return 0 }
    guard numbers.count > Self.few else {
      return numbers.reduce(0) { $0 + UInt128(instant(of: $1).nanoseconds) }
    }
    let ends = UInt128(instant(of: first).nanoseconds) + UInt128(instant(of: last).nanoseconds)
    return ends * UInt128(numbers.count) / 2
  }
}
