import Foundation
import Results

/// A table for people: columns aligned, numbers to the right.
struct TextTable {
  private let header: [String]
  private let rightAligned: Set<Int>
  private var rows: [[String]] = []

  /// A table with a header.
  init(_ header: [String], rightAligned: Set<Int> = []) {
    self.header = header
    self.rightAligned = rightAligned
  }

  mutating func append(_ row: [String]) { rows.append(row) }

  /// The table as CSV.
  var csv: String {
    var table = Table(columns: header.map { .init($0, .string, "") })
    for row in rows { table.append(row.map(Table.Cell.string)) }
    return String(table.csv.dropLast())
  }

  /// The table as lines of text.
  var text: String {
    let all = header.allSatisfy(\.isEmpty) ? rows : [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return rightAligned.contains(column) ? padding + cell : cell + padding
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}

extension Double {
  /// The number with at most six significant digits, for people.
  var readable: String {
    guard isFinite, self != 0 else { return description == "0.0" ? "0" : description }
    let magnitude = Int(log10(abs(self)).rounded(.down))
    guard (-5..<15).contains(magnitude) else { return description }
    let decimals = max(0, 5 - magnitude)
    let scale = pow(10, Double(decimals))
    let rounded = (self * scale).rounded() / scale
    let text = rounded.description
    if text.contains("e") { return magnitude < 0 ? text : String(Int(rounded)) }
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
