/// A table of results: typed columns with units, rows in order.
public struct Table: Sendable {
  /// What the cells of a column hold.
  public enum Kind: String, Sendable {
    /// Text.
    case string
    /// A floating-point number.
    case number
    /// A whole number.
    case integer
  }

  /// One column.
  public struct Column: Hashable, Sendable {
    /// snake_case, with the unit at the end where there is one.
    public let name: String
    /// What its cells hold.
    public let kind: Kind
    /// Unit of its numbers; empty if they have none or it differs from row to row.
    public let unit: String
    /// What it says, in one sentence.
    public let description: String

    /// Creates a column.
    public init(_ name: String, _ kind: Kind, unit: String = "", _ description: String) {
      self.name = name
      self.kind = kind
      self.unit = unit
      self.description = description
    }
  }

  /// One cell.
  public enum Cell: Hashable, Sendable {
    /// Nothing is known or applies.
    case empty
    /// Text.
    case string(String)
    /// A floating-point number.
    case number(Double)
    /// A whole number.
    case integer(Int)

    /// A number, or an empty cell.
    public init(_ value: Double?) { self = value.map(Cell.number) ?? .empty }
  }

  /// The columns.
  public let columns: [Column]
  /// The rows, each as wide as the columns.
  public private(set) var rows: [[Cell]] = []

  /// A table without rows.
  public init(columns: [Column]) { self.columns = columns }

  /// Adds a row at the end.
  public mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a row has \(row.count) of \(columns.count) cells")
    rows.append(row)
  }

  /// The rows in which a column has a value.
  public func filtered(column name: String, is value: Cell) -> Table {
    guard let column = columns.firstIndex(where: { $0.name == name }) else { return self }
    return filtered { $0[column] == value }
  }

  /// The rows that are to be kept.
  public func filtered(_ isKept: ([Cell]) -> Bool) -> Table {
    var table = Table(columns: columns)
    table.rows = rows.filter(isKept)
    return table
  }

  /// The cell of a column in the first row whose other cells, by their columns, have these texts; nil if
  /// there is no such row or column.
  public func cell(_ column: String, where texts: KeyValuePairs<String, String>) -> Cell? {
    func place(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }
    let keys = texts.map { (place: place($0.key), text: $0.value) }
    let row = rows.first { row in
      keys.allSatisfy { key in key.place.map { row[$0].text == key.text } ?? false }
    }
    return row.flatMap { row in place(column).map { row[$0] } }
  }

  /// The table as CSV (RFC 4180) with a header and line feeds.
  public var csv: String {
    var output = columns.map(\.name).joined(separator: ",") + "\n"
    for row in rows { output += row.csvLine }
    return output
  }
}

extension [Table.Cell] {
  /// The row as a line of a CSV file.
  public var csvLine: String {
    var line = ""
    line.reserveCapacity(20 * count)
    for (index, cell) in enumerated() {
      if index > 0 { line += "," }
      line += cell.csvText
    }
    line += "\n"
    return line
  }
}

extension Table {
  /// The rows as a list of objects, without empty cells.
  public var json: JSON {
    .array(
      rows.map { row in
        .object(
          zip(columns, row).filter { !$0.1.isEmpty }.map {
            JSON.Member(key: $0.name, value: $1.json)
          })
      })
  }
}

extension Table.Cell {
  /// Whether it says nothing: what is no finite number does not stand in a table.
  public var isEmpty: Bool {
    switch self {
    case .empty: true
    case .number(let value): !value.isFinite
    case .integer, .string: false
    }
  }

  /// The cell as a number; nil if it is empty or text.
  public var number: Double? {
    switch self {
    case .number(let value): value.isFinite ? value : nil
    case .integer(let value): Double(value)
    case .empty, .string: nil
    }
  }

  /// The cell as a value of a JSON document.
  public var json: JSON {
    switch self {
    case .empty: .null
    case .string(let text): .string(text)
    case .number(let value): .number(value)
    case .integer(let value): .integer(value)
    }
  }

  /// The cell as text, as it stands in a CSV file but without quotes.
  public var text: String {
    if case .string(let text) = self { text } else { csvText }
  }

  /// The cell as it stands in a CSV file.
  var csvText: String {
    switch self {
    case .empty: return ""
    case .number(let value): return value.isFinite ? value.csvText : ""
    case .integer(let value): return String(value)
    case .string(let text):
      // By bytes: as characters, "\r\n" is no line feed and an accent hides a comma.
      let bytes = text.utf8
      guard bytes.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return text }
      let quoted = bytes.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
      return "\"" + String(decoding: quoted, as: UTF8.self) + "\""
    }
  }
}

extension Double {
  /// The shortest decimal text that reads back as the same number; whole numbers without a point.
  var csvText: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
