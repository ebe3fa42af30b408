import Charts
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

  /// The table as lines of text; in a window that is narrower, words of long cells go on below.
  var text: String { text(within: Terminal.width(of: STDOUT_FILENO)) }

  /// The same within so many columns, if it has columns of words that can be narrower.
  func text(within room: Int?) -> String {
    let all = header.allSatisfy(\.isEmpty) ? rows : [header] + rows
    let widths = widths(of: all, within: room)
    return all.flatMap { row in
      let cells = row.enumerated().map { column, cell in
        cell.count > widths[column] ? cell.lines(of: widths[column]) : [cell]
      }
      return (0..<(cells.map(\.count).max() ?? 0)).map { line in
        aligned(cells.map { line < $0.count ? $0[line] : "" }, widths)
      }
    }.joined(separator: "\n")
  }

  private func aligned(_ cells: [String], _ widths: [Int]) -> String {
    let parts = cells.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
      return rightAligned.contains(column) ? padding + cell : cell + padding
    }
    var line = parts.joined(separator: Self.gap)
    while line.last == " " { line.removeLast() }
    return line
  }

  private static let gap = "  "

  /// The widths of columns: those of their cells, of which the widest of words give way until all have
  /// room, or until each is as narrow as its longest word.
  private func widths(of all: [[String]], within room: Int?) -> [Int] {
    var widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    guard let room else { return widths }
    let least = header.indices.map { column in
      let words = all.flatMap { $0[column].split(separator: " ") }
      return rightAligned.contains(column) ? widths[column] : words.map(\.count).max() ?? 0
    }
    var surplus = widths.reduce(0, +) + Self.gap.count * max(0, widths.count - 1) - room
    while surplus > 0 {
      let wide = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = wide.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      surplus -= 1
    }
    return widths
  }
}
