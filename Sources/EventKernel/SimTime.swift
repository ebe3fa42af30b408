/// An instant of the simulation clock: nanoseconds since the start of the run.
///
/// `Int64` reaches 292 years. Arithmetic traps on overflow.
@frozen
public struct SimTime: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Time since the start of the run [ns].
  public let nanoseconds: Int64

  /// The instant `nanoseconds` after the start of the run.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of a run.
  @inlinable
  public static var start: SimTime { SimTime(nanoseconds: 0) }

  /// The last instant that the clock can show.
  @inlinable
  public static var distantFuture: SimTime { SimTime(nanoseconds: .max) }

  /// Time since the start of the run [s].
  @inlinable
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Whether `lhs` is earlier than `rhs`.
  @inlinable
  public static func < (lhs: SimTime, rhs: SimTime) -> Bool { lhs.nanoseconds < rhs.nanoseconds }

  /// The instant `rhs` after `lhs`.
  @inlinable
  public static func + (lhs: SimTime, rhs: SimDuration) -> SimTime {
    SimTime(nanoseconds: lhs.nanoseconds + rhs.nanoseconds)
  }

  /// The time that passed from `rhs` to `lhs`.
  @inlinable
  public static func - (lhs: SimTime, rhs: SimTime) -> SimDuration {
    SimDuration(nanoseconds: lhs.nanoseconds - rhs.nanoseconds)
  }
}

/// A length of simulated time in nanoseconds.
///
/// Arithmetic traps on overflow.
@frozen
public struct SimDuration: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The length [ns].
  public let nanoseconds: Int64

  /// A length of `nanoseconds`.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The one place where seconds in floating point become ticks: rounds half up to the nanosecond.
  ///
  /// - Returns: nil for NaN, for a negative value and for one beyond the range of the clock.
  @inlinable
  public init?(seconds: Double) {
    guard seconds >= 0, seconds < 9.2e9 else { return nil }
    // The double below a half: adding a half itself would round up what lies just below one, and
    // every odd tick from 2^52 ns.
    self.init(nanoseconds: Int64(seconds * 1e9 + 0.5.nextDown))
  }

  /// A time that was drawn, of which a run lives to see 30 years at most: what is longer counts as that.
  ///
  /// Traps on NaN and on a negative value.
  @inlinable
  public init(drawn seconds: Double) {
    guard let duration = SimDuration(seconds: min(seconds, 1e9)) else {
      preconditionFailure("what was drawn is no duration: \(seconds) s")
    }
    self = duration
  }

  /// No time at all.
  @inlinable
  public static var zero: SimDuration { SimDuration(nanoseconds: 0) }

  /// A whole number of seconds.
  @inlinable
  public static func seconds(_ count: Int64) -> SimDuration {
    SimDuration(nanoseconds: count * 1_000_000_000)
  }

  /// A whole number of hours.
  @inlinable
  public static func hours(_ count: Int64) -> SimDuration { .seconds(count * 3600) }

  /// A whole number of days.
  @inlinable
  public static func days(_ count: Int64) -> SimDuration { .hours(count * 24) }

  /// The length [s].
  @inlinable
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// The whole seconds in it.
  public var wholeSeconds: Int64 { nanoseconds / 1_000_000_000 }

  /// Whether `lhs` is shorter than `rhs`.
  @inlinable
  public static func < (lhs: SimDuration, rhs: SimDuration) -> Bool {
    lhs.nanoseconds < rhs.nanoseconds
  }

  /// The sum of two lengths.
  @inlinable
  public static func + (lhs: SimDuration, rhs: SimDuration) -> SimDuration {
    SimDuration(nanoseconds: lhs.nanoseconds + rhs.nanoseconds)
  }

  /// The difference of two durations, which is negative if the second is longer.
  public static func - (lhs: SimDuration, rhs: SimDuration) -> SimDuration {
    SimDuration(nanoseconds: lhs.nanoseconds - rhs.nanoseconds)
  }

  /// A length repeated `rhs` times.
  @inlinable
  public static func * (lhs: SimDuration, rhs: Int64) -> SimDuration {
    SimDuration(nanoseconds: lhs.nanoseconds * rhs)
  }
}
