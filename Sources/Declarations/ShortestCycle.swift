import EventKernel

extension SimDuration {
  /// What recurs faster than this would make events without end.
  public static let shortestCycle = SimDuration(nanoseconds: 1_000_000)
}
