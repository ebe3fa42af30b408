import Declarations
import EventKernel
import Foundation
import Settlement
import Worlds

/// Reads a trace: CSV with a column of times, and one of factors or counts unless it lists arrivals.
///
/// `time_s` counts seconds from the start of the run. `time` has dates and `unix_s` Unix seconds, both by
/// the clock of the chain, which `settlement.starts_at` sets.
struct TraceReader {
  private static let largestFactor = 1000.0
  private static let largestCount = 1e9
  /// Ten problems are enough to see what is wrong with a file.
  private static let problemLimit = 10

  /// The columns of times that a trace of demand can have.
  private static let timeColumns: [TraceTime] = [.sinceStart, .date, .unix]

  private let table: InputTable
  private let timeColumn: TraceTime
  private let times: Int
  /// The column of factors or counts; nil where each row is an arrival.
  private let values: Int?
  private let content: DemandTrace.Content

  /// Reads the trace that `node` names, or adds to `problems` why there is none.
  ///
  /// A relative path begins at the folder of the file in which it is written.
  static func read(
    _ node: InputNode, of content: DemandTrace.Content, _ problems: inout [Problem]
  ) -> DemandTrace? {
    guard node.text != "none" else { return DemandTrace.none }
    guard let table = InputTable.read(node, &problems) else { return nil }
    guard let name = table.traceName(node, &problems),
      let reader = TraceReader(table, content, &problems), let steps = reader.steps(&problems)
    else { return nil }
    return DemandTrace(
      name: name, steps: steps,
      clock: reader.timeColumn.clock, path: table.path)
  }

  private init?(
    _ table: InputTable, _ content: DemandTrace.Content, _ problems: inout [Problem]
  ) {
    func missing(_ message: String) -> Problem { Problem(table.header[0].location, message) }
    let present = Self.timeColumns.filter { column in
      table.header.contains { $0.text == column.rawValue }
    }
    guard let timeColumn = present.first, present.count == 1 else {
      let found = table.header.map(\.text).joined(separator: ",").excerpt()
      let rule =
        "expected one column of times: time_s (seconds from the start of the run), time (dates) or unix_s "
        + "(Unix seconds)"
      problems.append(missing("\(rule); found '\(found)'"))
      return nil
    }
    guard let times = table.column(timeColumn.rawValue, &problems, else: missing) else {
      return nil
    }
    let name: String? =
      switch content {
      case .factors: "factor"
      case .counts: "count"
      case .instants: nil
      }
    values = name.flatMap { table.column($0, &problems, else: missing) }
    guard name == nil || values != nil else { return nil }
    (self.table, self.timeColumn, self.times, self.content) = (table, timeColumn, times, content)
  }

  private func steps(_ problems: inout [Problem]) -> [DemandTrace.Step]? {
    let found = problems.count
    var steps: [DemandTrace.Step] = []
    steps.reserveCapacity(table.rows.count)
    for row in table.rows where problems.count < found + Self.problemLimit {
      guard let time = timeColumn.read(row[times], &problems),
        let factor = value(row, &problems)
      else { continue }
      if content == .instants, let last = steps.last, time == last.time {
        steps[steps.count - 1] = DemandTrace.Step(time: time, factor: last.factor + 1)
      } else if let last = steps.last, time <= last.time {
        problems.append(
          Problem(row[times].location, "expected a time after that of the row before"))
      } else {
        steps.append(DemandTrace.Step(time: time, factor: factor))
      }
    }
    return problems.count == found ? steps : nil
  }

  private func value(_ row: [InputTable.Cell], _ problems: inout [Problem]) -> Double? {
    guard let values else { return 1 }
    return content == .counts ? count(row[values], &problems) : factor(row[values], &problems)
  }

  private func count(_ cell: InputTable.Cell, _ problems: inout [Problem]) -> Double? {
    if let count = cell.number, (0...Self.largestCount).contains(count), count == count.rounded() {
      return count
    }
    problems.append(
      Problem(
        cell.location,
        "expected a whole number of arrivals from 0 to 1e9; found '\(cell.text.excerpt())'"))
    return nil
  }

  private func factor(_ cell: InputTable.Cell, _ problems: inout [Problem]) -> Double? {
    if let factor = cell.number, (0...Self.largestFactor).contains(factor) { return factor }
    problems.append(
      Problem(
        cell.location, "expected a factor from 0 to 1000; found '\(cell.text.excerpt())'"))
    return nil
  }
}

extension InputTable {
  /// What results call a trace from this file: its name and what identifies its content.
  ///
  /// - Returns: nil, and in `problems` why, if a spreadsheet would run the name.
  func traceName(_ node: InputNode, _ problems: inout [Problem]) -> String? {
    let name = URL(fileURLWithPath: path).lastPathComponent
    guard !name.runsInSpreadsheets else {
      problems.append(node.problem(String.spreadsheetExpectation(name)))
      return nil
    }
    return "\(name) sha256:\(digest.prefix(16))"
  }
}
