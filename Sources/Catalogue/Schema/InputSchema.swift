import Results
import Worlds

/// JSON Schemas (2020-12) of what a user writes, for editors.
///
/// They follow from the tables that the readers use. A schema knows names and forms; whether values
/// fit together only the readers know. Types are those of YAML 1.2, in which `yes` is a text.
public enum InputSchema {
  /// A schema and the definitions to which it refers.
  public struct Document: Sendable {
    /// The schema itself.
    public let root: JSON
    /// What `reference` can name.
    public let definitions: [JSON.Member]

    /// A schema with definitions.
    public init(root: JSON, definitions: [JSON.Member]) {
      self.root = root
      self.definitions = definitions
    }

    /// The document as an editor reads it.
    public func json(title: String) -> JSON {
      .object([
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": .string(title),
        "allOf": .array([root]), "$defs": .object(definitions),
      ])
    }
  }

  /// Whatever the definition with a name allows.
  public static func reference(_ name: String) -> JSON {
    .object(["$ref": .string("#/$defs/\(name)")])
  }

  /// A mapping with these keys and no other.
  public static func mapping(_ properties: [JSON.Member], required: [String] = []) -> JSON {
    .object([
      "type": "object", "properties": .object(properties), "additionalProperties": .bool(false),
      "required": .array(required.map(JSON.string)),
    ])
  }

  /// A list of at least one element.
  public static func list(of element: JSON, upTo limit: Int? = nil) -> JSON {
    let list: JSON = .object(["type": "array", "items": element, "minItems": 1])
    return limit.map { list.adding("maxItems", .integer($0)) } ?? list
  }

  /// Any of several forms.
  public static func any(of forms: [JSON]) -> JSON { .object(["anyOf": .array(forms)]) }

  /// One of a few words.
  public static func word(_ words: [String]) -> JSON {
    .object(["enum": .array(words.map(JSON.string))])
  }

  /// A text that a regular expression (ECMA 262) finds.
  public static func text(matching pattern: String) -> JSON {
    .object(["type": "string", "pattern": .string(pattern)])
  }

  /// Any text, also one that YAML takes for something else.
  public static let text: JSON = .object([
    "type": .array(["string", "number", "boolean", "null"])
  ])
}

extension JSON {
  /// The same object with one more member.
  public func adding(_ key: String, _ value: JSON) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members + [Member(key: key, value: value)])
  }

  /// The same schema with what an editor shows.
  public func described(_ description: String) -> JSON {
    adding("description", .string(description))
  }
}
