import Foundation

/// Splits CSV text (RFC 4180) into lines of cells, by bytes.
struct CSVParser {
  private let bytes: [UInt8]
  private let file: String
  private var index = 0
  private var line = 1
  private var column = 1
  private(set) var problems: [Problem] = []

  init(_ data: Data, file: String) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    bytes = data.starts(with: mark) ? Array(data.dropFirst(mark.count)) : Array(data)
    self.file = file
  }

  /// All lines that are not empty.
  mutating func lines() -> [[InputTable.Cell]] {
    var lines: [[InputTable.Cell]] = []
    while index < bytes.count {
      let cells = readLine()
      if cells.count > 1 || !cells[0].text.isEmpty { lines.append(cells) }
    }
    return lines
  }

  private mutating func readLine() -> [InputTable.Cell] {
    var cells = [readCell()]
    while at(",") {
      step()
      cells.append(readCell())
    }
    if at("\r") { step() }
    if at("\n") { step() }
    return cells
  }

  private mutating func readCell() -> InputTable.Cell {
    skipSpaces()
    let location = Location(file: file, line: line, column: column)
    let text = at("\"") ? readQuoted(location) : readPlain()
    return InputTable.Cell(text: text, location: location)
  }

  private mutating func readPlain() -> String {
    let start = index
    while index < bytes.count, !atEndOfCell { step() }
    var end = index
    while end > start, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") {
      end -= 1
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func readQuoted(_ location: Location) -> String {
    var text: [UInt8] = []
    step()
    while index < bytes.count {
      if at("\"") {
        step()
        guard at("\"") else {
          expectEndOfCell()
          return String(decoding: text, as: UTF8.self)
        }
      }
      text.append(bytes[index])
      step()
    }
    problems.append(Problem(location, "the quote is not closed"))
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func expectEndOfCell() {
    skipSpaces()
    let location = Location(file: file, line: line, column: column)
    let rest = readPlain()
    if !rest.isEmpty {
      problems.append(Problem(location, "expected a comma after the quote; found '\(rest)'"))
    }
  }

  private mutating func skipSpaces() {
    while at(" ") || at("\t") { step() }
  }

  private var atEndOfCell: Bool { at(",") || atEndOfLine }

  /// A carriage return ends a line before a line feed or at the end, and is text otherwise.
  private var atEndOfLine: Bool {
    at("\n")
      || at("\r") && (index + 1 == bytes.count || bytes[index + 1] == UInt8(ascii: "\n"))
  }

  private func at(_ character: Unicode.Scalar) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: character)
  }

  private mutating func step() {
    if bytes[index] == UInt8(ascii: "\n") {
      line += 1
      column = 1
    } else if index + 1 == bytes.count || bytes[index + 1] & 0xC0 != 0x80 {
      column += 1
    }
    index += 1
  }
}
