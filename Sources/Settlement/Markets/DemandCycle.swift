import EventKernel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How others' demand rises and falls with the time of day or of the week.
///
/// A factor of 1 + amplitude · cos(2π·(t − peak)/period), whose mean over a period is 1. Over a week the
/// product of a daily and a weekly one has mean 1 as well: the two waves are orthogonal.
public struct DemandCycle: Hashable, Sendable {
  /// The largest relative deviation from the mean, from 0 to 1.
  public var amplitude = 0.0
  /// When demand is highest: time since midnight, or since Monday's midnight, UTC.
  public var peak = SimDuration.zero

  /// No cycle.
  public init() {}

  /// A day begins at midnight, UTC.
  static let day = (period: SimDuration.days(1), start: SimDuration.zero)
  /// A week begins on Monday; 1970-01-05 was one.
  static let week = (period: SimDuration.days(7), start: SimDuration.days(4))

  /// The factor at an instant.
  ///
  /// - Parameter unix: time since 1970, leap seconds left out.
  func factor(at unix: SimDuration, of cycle: (period: SimDuration, start: SimDuration)) -> Double {
    guard amplitude > 0 else { return 1 }
    let sincePeak = (unix - cycle.start - peak).nanoseconds % cycle.period.nanoseconds
    return 1
      + amplitude * cos(2 * Double.pi * Double(sincePeak) / Double(cycle.period.nanoseconds))
  }
}
