import EventKernel

/// A share over time, and its mean in the measured window.
struct ShareOverWindow: Sendable {
  private var value: Double
  private var since = SimTime.start
  private var sum = 0.0
  private var largestBefore = 0.0

  /// A share with a value at the start.
  init(_ value: Double = 0) { self.value = value }

  mutating func change(to value: Double, at now: SimTime, _ window: Range<SimTime>) {
    let time = seconds(until: now, window)
    sum += self.value * time
    if time > 0 { largestBefore = max(largestBefore, self.value) }
    self.value = value
    since = now
  }

  func largest(_ window: Range<SimTime>) -> Double {
    seconds(until: window.upperBound, window) > 0 ? max(largestBefore, value) : largestBefore
  }

  func mean(_ window: Range<SimTime>) -> Double {
    let all = sum + value * seconds(until: window.upperBound, window)
    return all / (window.upperBound - window.lowerBound).seconds
  }

  private func seconds(until now: SimTime, _ window: Range<SimTime>) -> Double {
    let from = max(since, window.lowerBound)
    let to = min(now, window.upperBound)
    return to > from ? (to - from).seconds : 0
  }
}
