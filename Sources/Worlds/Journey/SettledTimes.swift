import EventKernel

/// When the data of a batch came to the settlement chain, for good.
struct SettledTimes {
  /// When it was handed over there.
  let posted: SimTime
  /// When the settlement block was made.
  let included: SimTime
  /// When that block was final.
  let settled: SimTime

  /// The same of data that was handed over at another instant.
  func posted(at instant: SimTime) -> SettledTimes {
    SettledTimes(posted: instant, included: included, settled: settled)
  }
}
