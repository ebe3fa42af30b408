import Declarations
import Digest
import Foundation
import Worlds
import Yams

/// A CSV file (RFC 4180) whose cells are values as they are written in YAML.
public struct InputTable {
  /// A cell and the place where it begins.
  public struct Cell {
    /// The text without quotes and without spaces around it.
    public let text: String
    /// Where it stands.
    public let location: Location
  }

  /// The names of the columns.
  public let header: [Cell]
  /// The rows, each as wide as the header.
  public let rows: [[Cell]]
  /// The path by which the file was read.
  public let path: String
  /// SHA-256 of the content, in hexadecimal.
  public let digest: String

  private static let sizeLimit = 20_000_000

  /// Reads the file that `node` names, or adds to `problems` why it cannot be used.
  ///
  /// A relative path begins at the folder of the file in which it is written.
  public static func read(_ node: InputNode, _ problems: inout [Problem]) -> InputTable? {
    guard let name = node.text, !name.isEmpty else {
      problems.append(node.problem("expected the path of a CSV file; found \(node.quotation)"))
      return nil
    }
    guard let data = content(of: name, at: node, &problems) else { return nil }
    var parser = CSVParser(data, file: path(of: name, at: node))
    let lines = parser.lines()
    let found = parser.problems + Self.problems(of: lines, in: parser)
    problems += found
    guard found.isEmpty else { return nil }
    return InputTable(
      header: lines[0], rows: Array(lines.dropFirst()), path: path(of: name, at: node),
      digest: SHA256.hexadecimal(of: data))
  }

  private static func path(of name: String, at node: InputNode) -> String {
    let folder = node.file.hasPrefix("--") ? "" : node.file.folder
    return name.hasPrefix("/") ? name : folder + name
  }

  /// The bytes of the file, or in `problems` why there are none.
  private static func content(
    of name: String, at node: InputNode, _ problems: inout [Problem]
  ) -> Data? {
    let path = path(of: name, at: node)
    guard !InputNode.isPipe(path) else {
      problems.append(node.problem("'\(path)' is no regular file"))
      return nil
    }
    let data: Data
    do throws(InvalidInput) {
      data = try InputNode.bytes(of: path, upTo: sizeLimit)
    } catch {
      problems += error.problems.map { node.problem("'\(path)': \($0.message)") }
      return nil
    }
    guard data.count <= sizeLimit else {
      problems.append(node.problem("'\(path)' is larger than \(sizeLimit) bytes"))
      return nil
    }
    guard String(data: data, encoding: .utf8) != nil else {
      problems.append(node.problem("'\(path)' is not UTF-8 text"))
      return nil
    }
    return data
  }

  /// What is wrong with the lines of a file: no header or row, names that are missing, rows that are
  /// empty or of another width.
  private static func problems(of lines: [[Cell]], in parser: CSVParser) -> [Problem] {
    guard let header = lines.first, lines.count > 1 else {
      return [Problem(Location(file: parser.file), "expected a header and at least one row")]
    }
    if header.count == 1, let separator = [";", "\t"].first(where: header[0].text.contains) {
      let name = separator == ";" ? "a semicolon" : "a tab"
      return [
        Problem(header[0].location, "the separator seems to be \(name); expected a comma")
      ]
    }
    // A quote that is not closed swallows cells, which are not missed as well.
    guard parser.problems.isEmpty else { return [] }
    return header.filter(\.text.isEmpty).map { Problem($0.location, "the header cell is empty") }
      + lines.dropFirst().lazy.compactMap { line in
        let place = Location(file: parser.file, line: line[0].location.line, column: 1)
        if line.count == header.count {
          let isEmpty = line.count > 1 && line.allSatisfy(\.text.isEmpty)
          return isEmpty ? Problem(place, "the row is empty") : nil
        }
        return Problem(
          place, "expected \(header.count) cells, as in the header; found \(line.count)")
      }.prefix(200)
  }

  /// The place of the column with a name; nil and in `problems` if there is none or another one.
  ///
  /// - Parameter refuse: makes the problem of a missing one, at the place where it is asked for.
  func column(
    _ name: String, _ problems: inout [Problem], else refuse: (String) -> Problem
  ) -> Int? {
    let places = header.indices.filter { header[$0].text == name }
    if places.count > 1 {
      let first = header[places[0]].location.column
      problems.append(
        Problem(
          header[places[1]].location, "the column '\(name)' appears twice; first at column \(first)"
        ))
      return nil
    }
    if places.isEmpty {
      let nearest = advice(for: name, among: header.map(\.text))
      problems.append(refuse("no column is called '\(name)'\(nearest)"))
    }
    return places.first
  }
}

extension InputTable.Cell {
  /// The cell as a decimal number; nil for anything else, such as hexadecimal digits or words.
  var number: Double? {
    let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
    guard isDecimal, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// A problem with this cell.
  public func problem(path: String, _ message: String) -> Problem {
    Problem(location, path: path, message)
  }

  /// Reads a value of `kind`, or adds to `problems` why it is none.
  public func value(
    of kind: ParameterKind, path: String, _ problems: inout [Problem]
  ) -> ParameterValue? {
    do throws(InvalidInput) {
      var inner: [Problem] = []
      let value = try node(at: path).value(of: kind, &inner)
      // Problems inside another file, that of a trace, stay there.
      problems += inner.map { problem in
        problem.location.file == location.file
          ? Problem(location, path: problem.path, problem.message) : problem
      }
      return value
    } catch {
      problems += error.problems.map { problem(path: path, $0.message) }
      return nil
    }
  }

  /// Only a mapping needs YAML; all else is a text, whatever characters it has.
  private func node(at path: String) throws(InvalidInput) -> InputNode {
    guard !text.hasPrefix("{") else {
      return try .parse(text, file: location.file, path: path)
    }
    return InputNode(node: .scalar(.init(text)), file: location.file, path: path)
  }
}

extension String {
  /// The path up to the last slash, with it; empty if there is none.
  fileprivate var folder: String { lastIndex(of: "/").map { String(self[...$0]) } ?? "" }
}
