import EventKernel
import Statistics

/// How many of something there are over time, such as provers that work, and how many in the measured window.
struct CountOverWindow: Sendable {
  private var count = TimeIntegral()
  private var begin: (at: SimTime, integral: Int128) = (.start, 0)
  private var end: (at: SimTime, integral: Int128) = (.start, 0)

  /// Notes that there are so many from `now` on.
  mutating func change(to count: Int, at now: SimTime) {
    self.count.add(count - self.count.value, at: now.nanoseconds)
  }

  /// Notes that the measured window begins or ends.
  mutating func window(begins: Bool, at now: SimTime) {
    let edge = (at: now, integral: count.integral(through: now.nanoseconds))
    if begins { begin = edge } else { end = edge }
  }

  /// How long those of `all` that were not there lacked during the measured window, together.
  func lack(of all: Int) -> SimDuration {
    let most = Int128(end.at.nanoseconds - begin.at.nanoseconds) * Int128(all)
    return SimDuration(
      nanoseconds: Int64(clamping: max(0, most - (end.integral - begin.integral))))
  }

  /// Mean share of `all` that was there during the measured window.
  func share(of all: Int) -> Double {
    let most = Double(end.at.nanoseconds - begin.at.nanoseconds) * Double(all)
    return Double(end.integral - begin.integral) / most
  }
}
