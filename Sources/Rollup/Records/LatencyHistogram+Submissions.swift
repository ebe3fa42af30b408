import EventKernel
import Statistics

extension LatencyHistogram {
  /// Records transactions that passed together at an instant.
  public mutating func record(_ span: Submissions, at instant: SimTime) {
    record(
      from: (instant - span.last).nanoseconds, to: (instant - span.first).nanoseconds,
      count: UInt64(span.count),
      sum: UInt128(span.count) * UInt128(instant.nanoseconds) - span.sum)
  }
}
