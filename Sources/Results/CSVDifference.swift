/// Where two CSV texts differ first.
public struct CSVDifference: Equatable, CustomStringConvertible {
  /// The number of the row, the header being row 0; that of the first surplus row if one text is longer.
  public let row: Int
  /// The name of the column; empty if a whole row differs.
  public let column: String
  /// What stands in the first text; empty if it has no such row.
  public let first: String
  /// What stands in the second text; empty if it has no such row.
  public let second: String

  /// Where it is and what stands there.
  public var description: String {
    let place = column.isEmpty ? "row \(row)" : "row \(row), column \(column)"
    return "\(place): \(Self.words(first, second))"
  }

  /// Two texts that differ, in words.
  public static func words(_ there: String, _ here: String) -> String {
    "'\(visible(there))' there, '\(visible(here))' here"
  }

  /// A text whose control characters show.
  private static func visible(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control
        ? scalar.escaped(asASCII: false) : String(scalar)
    }.joined()
  }

  /// The first difference between two texts; nil if there is none.
  public static func first(_ one: String, _ other: String) -> CSVDifference? {
    var (left, right) = (one.utf8[...], other.utf8[...])
    var header: [String] = []
    var row = 0
    while true {
      let (a, b) = (nextLine(&left), nextLine(&right))
      if a == nil, b == nil { return nil }
      if row == 0 { header = cells(a ?? "") }
      if a != b { return difference(row, header, a, b) }
      row += 1
    }
  }

  private static func difference(
    _ row: Int, _ header: [String], _ first: String?, _ second: String?
  ) -> CSVDifference {
    let (a, b) = (cells(first ?? ""), cells(second ?? ""))
    if first != nil, second != nil, a.count == b.count,
      let column = a.indices.first(where: { a[$0] != b[$0] })
    {
      let name = row > 0 && column < header.count ? header[column] : ""
      return CSVDifference(row: row, column: name, first: a[column], second: b[column])
    }
    return CSVDifference(row: row, column: "", first: first ?? "", second: second ?? "")
  }

  /// Takes a line off the front; a line feed within quotes does not end it.
  private static func nextLine(_ text: inout Substring.UTF8View) -> String? {
    guard !text.isEmpty else { return nil }
    var isQuoted = false
    var end = text.startIndex
    while end < text.endIndex {
      if text[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if text[end] == UInt8(ascii: "\n"), !isQuoted { break }
      end = text.index(after: end)
    }
    let line = String(text[..<end])
    text = end < text.endIndex ? text[text.index(after: end)...] : text[end...]
    return line
  }

  /// The cells of a line, as they stand there.
  public static func cells(_ line: String) -> [String] {
    var cells: [String] = [""]
    var isQuoted = false
    for character in line.unicodeScalars {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].unicodeScalars.append(character)
      }
    }
    return cells
  }
}
