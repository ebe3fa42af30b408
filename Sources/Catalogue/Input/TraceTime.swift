import Declarations
import EventKernel

/// The column of a trace that has its times.
enum TraceTime: String, CaseIterable {
  case sinceStart = "time_s"
  case date = "time"
  case unix = "unix_s"
  case unixMilliseconds = "timestamp_ms"

  /// What the times are counted from.
  var clock: DemandTrace.Clock { self == .sinceStart ? .run : .chain }

  /// Reads a time, or adds to `problems` why it is none.
  func read(_ cell: InputTable.Cell, _ problems: inout [Problem]) -> SimDuration? {
    if let time = time(cell) { return time }
    problems.append(Problem(cell.location, "\(expectation); found '\(cell.text.excerpt())'"))
    return nil
  }

  private func time(_ cell: InputTable.Cell) -> SimDuration? {
    let seconds: Double?
    switch self {
    case .sinceStart, .unix: seconds = cell.number
    case .date: seconds = cell.text.contains("-") ? Dimension.instant.parse(cell.text) : nil
    case .unixMilliseconds:
      // In seconds a number with three decimals would be rounded.
      guard let count = Int64(cell.text), (0..<9_200_000_000_000).contains(count) else {
        return nil
      }
      return SimDuration(nanoseconds: count * 1_000_000)
    }
    return seconds.flatMap { $0 >= 0 ? SimDuration(seconds: $0) : nil }
  }

  private var expectation: String {
    switch self {
    case .sinceStart: "expected seconds from 0 to 292 years"
    case .date: "expected a date such as '2024-06-20' or '2024-06-20T21:00:00Z'"
    case .unix: "expected Unix seconds such as 1718841600"
    case .unixMilliseconds: "expected Unix milliseconds such as 1718841600000"
    }
  }
}
