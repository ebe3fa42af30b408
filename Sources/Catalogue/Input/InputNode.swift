import Declarations
import Foundation
import Yams

/// A value in a YAML file, with the place where it stands and the path that leads to it.
public struct InputNode {
  private static let sizeLimit = 1_000_000

  let node: Node
  /// The file, or the option of the command line.
  public let file: String
  /// The keys that lead here, joined by dots; empty at the top.
  public let path: String

  /// Reads a file.
  ///
  /// - Throws: `InvalidInput` if it cannot be read or is no YAML.
  public static func load(_ file: String) throws(InvalidInput) -> InputNode {
    let data = try bytes(of: file, upTo: sizeLimit)
    guard data.count <= sizeLimit else {
      let message = "the file is larger than \(sizeLimit) bytes; expected a scenario or experiment"
      throw InvalidInput([Problem(Location(file: file), message)])
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw InvalidInput([Problem(Location(file: file), "the file is not UTF-8 text")])
    }
    return try parse(text, file: file)
  }

  /// Whether there is something that is no regular file: a pipe may have no beginning and no end.
  static func isPipe(_ file: String) -> Bool {
    let path = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let type = attributes?[.type] as? FileAttributeType else { return false }
    return type != .typeRegular && type != .typeDirectory
  }

  /// The content of a file, of a larger one the first byte beyond `limit` as well.
  static func bytes(of file: String, upTo limit: Int) throws(InvalidInput) -> Data {
    if let recorded = InputRecord.content(of: file) { return recorded }
    let descriptor = open(file, O_RDONLY)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw InvalidInput([Problem(Location(file: file), "cannot read the file: \(reason)")])
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      let content = try handle.read(upToCount: limit + 1) ?? Data()
      InputRecord.add(file, content)
      return content
    } catch {
      throw InvalidInput([Problem(Location(file: file), "cannot read the file; is it a folder?")])
    }
  }

  /// Reads a text.
  ///
  /// - Parameter file: what problems name as the source.
  /// - Throws: `InvalidInput` if it is no YAML.
  public static func parse(
    _ text: String, file: String, path: String = ""
  ) throws(InvalidInput) -> InputNode {
    let aliasLimit = aliasLimit(ofBytes: text.utf8.count)
    guard count(of: UInt8(ascii: "*"), in: text) <= aliasLimit else {
      let message = "more than \(aliasLimit) YAML aliases; write the values out"
      throw InvalidInput([Problem(Location(file: file), message)])
    }
    guard count(of: UInt8(ascii: "&"), in: text) <= anchorLimit else {
      let message = "more than \(anchorLimit) YAML anchors; write the values out"
      throw InvalidInput([Problem(Location(file: file), message)])
    }
    do {
      // Everything is a text until a parameter says what it expects, so no pattern is tried on it.
      guard let node = try Yams.compose(yaml: text, .basic) else {
        let what = file.hasPrefix("--") ? "text" : "file"
        throw InvalidInput([Problem(Location(file: file), "the \(what) is empty")])
      }
      return InputNode(node: node, file: file, path: path)
    } catch let error as InvalidInput {
      throw error
    } catch {
      throw InvalidInput([problem(for: error, file: file)])
    }
  }

  /// More anchors such as `&name` are refused: the parser takes long over them.
  private static let anchorLimit = 100

  /// How many aliases such as `*name` a text may have.
  ///
  /// Nested aliases multiply: n of them make at most 3^(n/3) copies, whose bytes are limited here.
  private static func aliasLimit(ofBytes count: Int) -> Int {
    min(Int(3 * log(4_000_000 / Double(max(count, 1))) / log(3)), 20)
  }

  /// How many names begin with an indicator; what looks so in a comment or plain text counts too.
  private static func count(of indicator: UInt8, in text: String) -> Int {
    let bytes = Array(text.utf8)
    return bytes.indices.dropLast().count { index in
      bytes[index] == indicator && bytes[index + 1] > UInt8(ascii: "/")
        && (index == 0 || " \n\r\t[{,:?-".utf8.contains(bytes[index - 1]))
    }
  }

  private static func problem(for error: any Error, file: String) -> Problem {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let location = Location(file: file, line: mark.line, column: mark.column)
      return Problem(location, "not valid YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let location = Location(file: file, line: context.mark.line, column: context.mark.column)
      let keys = duplicates.sorted().prefix(5).map { $0.excerpt() }.joined(separator: ", ")
      return Problem(location, "a key appears twice: \(keys)")
    default: return Problem(Location(file: file), "not valid YAML")
    }
  }

  /// Where the value stands.
  public var location: Location {
    Location(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
  }

  /// A problem with this value.
  public func problem(_ message: String) -> Problem { Problem(location, path: path, message) }

  /// The text of a scalar; nil for lists and mappings.
  public var text: String? { node.scalar?.string }

  /// The text of a scalar, or nil and in `problems` that there is none.
  public func anyText(_ problems: inout [Problem]) -> String? {
    if text == nil { problems.append(problem("expected a text; found \(quotation)")) }
    return text
  }

  /// The elements of a list; nil for anything else.
  public var elements: [InputNode]? {
    node.sequence.map { list in list.map { InputNode(node: $0, file: file, path: path) } }
  }

  /// A list with this value as its only element.
  public var asList: InputNode {
    // Of another tag Yams would make its patterns for dates and numbers, which takes longer than to read.
    InputNode(node: Node([node], Tag(.implicit, .basic)), file: file, path: path)
  }

  /// Keys and values of a mapping in order; nil for anything else.
  public var members: [(key: InputNode, value: InputNode)]? {
    guard let mapping = node.mapping else { return nil }
    return mapping.map { key, value in
      let name = key.scalar?.string ?? "?"
      let inner = path.isEmpty ? name : "\(path).\(name)"
      return (
        InputNode(node: key, file: file, path: inner),
        InputNode(node: value, file: file, path: inner)
      )
    }
  }

  /// The same value without the path that leads to it: the top of a scenario inside another file.
  public var atTop: InputNode { at("") }

  /// The same value at another path, for keys that only group others.
  func at(_ path: String) -> InputNode { InputNode(node: node, file: file, path: path) }

  /// A short quotation of the value for messages.
  public var quotation: String {
    if let text { return "'\(text.excerpt())'" }
    return node.sequence == nil ? "a mapping" : "a list"
  }
}
