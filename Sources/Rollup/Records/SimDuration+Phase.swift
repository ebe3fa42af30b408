import EventKernel
import Randomness

extension SimDuration {
  /// How long a memoryless phase of a renewal process takes: at least a nanosecond, so that time goes on.
  static func phase(mean: SimDuration, _ stream: inout RandomStream) -> SimDuration {
    max(SimDuration(drawn: stream.exponential(mean: mean.seconds)), SimDuration(nanoseconds: 1))
  }

  /// The seconds of a year of 365 days.
  static let secondsOfYear = 365.0 * 86_400
}
