import EventKernel
import Results

// A trace as a table: one row for each thing that happened.

extension Trace {
  /// The columns of the table.
  public static let columns: [Table.Column] =
    [
      .init("id", .integer, "Its number, in the order in which things began as the run went on."),
      .init("parent_id", .integer, "The row of which it is a part; empty for none."),
      .init("time_s", .number, unit: "s", "When it began, from the start of the run."),
      .init(
        "duration_s", .number, unit: "s",
        "How long it took; empty for an instant and for what had not ended."),
      .init("process", .string, "The settlement chain, the rollup or the service that it is on."),
      .init("track", .string, "The part of that, as a trace shows it."),
      .init("kind", .string, "What it is."),
      .init("rollup", .string, "The rollup that it is about; empty for none."),
      .init(
        "number", .integer,
        "The number of the slot, batch, claim, deposit, transaction or terms that it is about."),
      .init("state", .string, "done, instant, dropped by a re-org, or open when recording ended."),
    ] + TraceDetail.Column.allCases.map(\.inTable)

  /// Whether a line of text is the header of such a table.
  public static func isHeader(_ line: String) -> Bool {
    line == columns.map(\.name).joined(separator: ",")
  }

  /// Writes the table as CSV, rows in the order of their beginning.
  public func writeTable(_ write: (String) throws -> Void) rethrows {
    try write(Table(columns: Self.columns).csv)
    for entry in entries { try write(row(entry).csvLine) }
  }

  private func row(_ entry: TraceEntry) -> [Table.Cell] {
    var details = [Table.Cell](repeating: .empty, count: TraceDetail.Column.allCases.count)
    for (place, column) in TraceDetail.Column.allCases.enumerated() {
      // What was said last holds.
      if let detail = entry.details.last(where: { $0.column == column }) {
        details[place] = detail.value
      }
    }
    let hasLength = entry.state == .done || entry.state == .dropped
    return [
      .integer(entry.id), entry.parent.map(Table.Cell.integer) ?? .empty,
      .number((entry.begin - .start).seconds),
      hasLength ? .number((entry.end - entry.begin).seconds) : .empty,
      .string(name(of: entry.track.owner)), .string(entry.track.part.name),
      .string(entry.kind.rawValue), entry.rollup.map { .string(name(ofRollup: $0)) } ?? .empty,
      entry.number.map(Table.Cell.integer) ?? .empty, .string(entry.state.rawValue),
    ] + details
  }
}
