import Foundation

/// Splits CSV text (RFC 4180) into lines of cells, by bytes.
struct CSVParser {
  private let bytes: [UInt8]
  /// What problems name as the source.
  let file: String
  private var index = 0
  private var line = 1
  private var column = 1
  private(set) var problems: [Problem] = []

  init(_ data: Data, file: String) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    bytes = data.starts(with: mark) ? Array(data.dropFirst(mark.count)) : Array(data)
    self.file = file
  }

  /// All lines but blank ones.
  ///
  /// An empty cell in quotes is no blank line.
  mutating func lines() -> [[InputTable.Cell]] {
    var lines: [[InputTable.Cell]] = []
    while index < bytes.count {
      let start = index
      let cells = readLine()
      let isBlank = cells.count == 1 && cells[0].text.isEmpty
      if !isBlank || bytes[start..<index].contains(UInt8(ascii: "\"")) { lines.append(cells) }
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
    while index < bytes.count, !atEndOfCell {
      refuseControlCharacter()
      step()
    }
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
      if !atEndOfLine { refuseControlCharacter() }
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

  /// What no text file has: it would vanish on the way, and numbers would end at it.
  private mutating func refuseControlCharacter() {
    let byte = bytes[index]
    guard byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F, problems.count < 10 else {
      return
    }
    let location = Location(file: file, line: line, column: column)
    let what =
      switch byte {
      case 0: "a NUL byte"
      case UInt8(ascii: "\r"): "a carriage return without a line feed"
      default: "the control character \(byte)"
      }
    problems.append(Problem(location, "expected text; found \(what)"))
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
