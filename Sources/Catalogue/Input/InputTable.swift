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
    let folder = node.file.hasPrefix("--") ? "" : node.file.folder
    let path = name.hasPrefix("/") ? name : folder + name
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
    var parser = CSVParser(data, file: path)
    let lines = parser.lines()
    var found = parser.problems
    guard let header = lines.first, lines.count > 1 else {
      found.append(Problem(Location(file: path), "expected a header and at least one row"))
      problems += found
      return nil
    }
    // A quote that is not closed swallows cells, which are not missed as well.
    if found.isEmpty {
      found = lines.dropFirst().lazy.filter { $0.count != header.count }.prefix(200).map { line in
        Problem(
          Location(file: path, line: line[0].location.line, column: 1),
          "expected \(header.count) cells, as in the header; found \(line.count)")
      }
    }
    problems += found
    guard found.isEmpty else { return nil }
    return InputTable(
      header: header, rows: Array(lines.dropFirst()), digest: SHA256.hexadecimal(of: data))
  }
}

extension InputTable.Cell {
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
