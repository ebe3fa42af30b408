/// A JSON value whose keys keep their order, printed the same way every time.
public indirect enum JSON: Hashable, Sendable {
  /// null
  case null
  /// true or false
  case bool(Bool)
  /// A number, printed as the shortest text that reads back the same.
  case number(Double)
  /// A whole number, exact.
  case integer(Int)
  /// A text.
  case string(String)
  /// A list.
  case array([JSON])
  /// Keys and values in order.
  case object([Member])

  /// A key and its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value.
    public let value: JSON

    /// A key with a value.
    public init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// An object from a literal-like list of keys and values.
  public static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(members.map { Member(key: $0.key, value: $0.value) })
  }

  /// The value as text with two spaces of indentation and a final line break.
  public var text: String {
    var output = ""
    write(to: &output, indentation: "")
    return output + "\n"
  }

  private func write(to output: inout String, indentation: String) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .number(let value): output += value.isFinite ? value.csvText : "null"
    case .integer(let value): output += String(value)
    case .string(let value): output += Self.quoted(value)
    case .array(let values):
      Self.writeList(values, "[", "]", to: &output, indentation: indentation) {
        $1.write(to: &$0, indentation: $2)
      }
    case .object(let members):
      Self.writeList(members, "{", "}", to: &output, indentation: indentation) {
        $0 += Self.quoted($1.key) + ": "
        $1.value.write(to: &$0, indentation: $2)
      }
    }
  }

  /// The value as text on one line.
  public var line: String {
    var output = ""
    writeLine(to: &output)
    return output
  }

  private func writeLine(to output: inout String) {
    switch self {
    case .null, .bool, .number, .integer, .string: write(to: &output, indentation: "")
    case .array(let values):
      output += "["
      for (index, value) in values.enumerated() {
        if index > 0 { output += "," }
        value.writeLine(to: &output)
      }
      output += "]"
    case .object(let members):
      output += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { output += "," }
        output += Self.quoted(member.key) + ":"
        member.value.writeLine(to: &output)
      }
      output += "}"
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ opening: String, _ closing: String, to output: inout String,
    indentation: String, element write: (inout String, Element, String) -> Void
  ) {
    output += opening
    let inner = indentation + "  "
    for (index, element) in elements.enumerated() {
      output += (index == 0 ? "\n" : ",\n") + inner
      write(&output, element, inner)
    }
    output += elements.isEmpty ? closing : "\n" + indentation + closing
  }

  private static func quoted(_ text: String) -> String {
    // Most texts have nothing to escape.
    guard text.unicodeScalars.contains(where: { escape($0) != nil }) else { return "\"\(text)\"" }
    var output = "\""
    for scalar in text.unicodeScalars {
      if let escape = escape(scalar) {
        output += escape
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }

  /// How a scalar is written that cannot stand for itself; nil for any other.
  private static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\t": return "\\t"
    case "\r": return "\\r"
    // Readers take a byte order mark at the beginning of a text away.
    case "\u{FEFF}": return "\\ufeff"
    default:
      guard scalar.value < 0x20 else { return nil }
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A list.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Keys and values in order.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }
}

extension JSON {
  /// The same object with more members behind its own.
  public func with(_ more: JSON) -> JSON {
    guard case .object(let members) = self, case .object(let others) = more else { return self }
    return .object(members + others)
  }
}
