import Foundation
import Yams

/// Checks values against a JSON Schema (2020-12), with the keywords that ours use and no other.
///
/// No package that the project has knows JSON Schema, and the test must run without a network. A
/// keyword that is not known here is an error, so that a misspelt one cannot allow everything.
///
/// Unchecked, because what Foundation reads is `Any`; nothing of it changes.
struct SchemaChecker: @unchecked Sendable {
  struct UnknownKeyword: Error { let name: String }

  private let root: [String: Any]
  private let definitions: [String: Any]

  init(_ text: String) throws {
    root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    definitions = root["$defs"] as? [String: Any] ?? [:]
  }

  /// Whether the schema accepts a YAML text; a byte-order mark at its start is no part of it (YAML 1.2,
  /// 5.2).
  func accepts(_ yaml: String) throws -> Bool {
    let isMarked = yaml.unicodeScalars.first == "\u{FEFF}"
    let text = String(yaml.unicodeScalars.dropFirst(isMarked ? 1 : 0))
    guard let node = try Yams.compose(yaml: text) else { return false }
    return try accepts(SchemaValue(node), root)
  }

  private func accepts(_ value: SchemaValue, _ schema: Any?) throws -> Bool {
    if let answer = schema as? Bool { return answer }
    guard let schema = schema as? [String: Any] else { throw UnknownKeyword(name: "no schema") }
    for (keyword, argument) in schema {
      guard try holds(keyword, argument, schema, value) else { return false }
    }
    return true
  }

  private func holds(
    _ keyword: String, _ argument: Any, _ schema: [String: Any], _ value: SchemaValue
  ) throws -> Bool {
    // Of those that need it alone: to see that a mapping is none copies all of it.
    var number: Double { (argument as? NSNumber)?.doubleValue ?? .nan }
    switch keyword {
    case "$schema", "$defs", "title", "description", "then", "else": return true
    case "$ref":
      let name = (argument as? String ?? "").replacing("#/$defs/", with: "")
      return try accepts(value, definitions[name])
    case "type":
      return (argument as? [String] ?? [argument as? String ?? ""]).contains(where: value.isOf)
    case "enum": return (argument as? [String] ?? []).contains { value.text == $0 }
    case "pattern":
      let regex = try Regex(argument as? String ?? "").matchingSemantics(.unicodeScalar)
      return value.text.map { $0.firstMatch(of: regex) != nil } ?? true
    case "minLength": return value.text.map { Double($0.unicodeScalars.count) >= number } ?? true
    case "minimum": return value.number.map { $0 >= number } ?? true
    case "maximum": return value.number.map { $0 <= number } ?? true
    case "items": return try value.elements?.allSatisfy { try accepts($0, argument) } ?? true
    case "minItems": return value.elements.map { Double($0.count) >= number } ?? true
    case "maxItems": return value.elements.map { Double($0.count) <= number } ?? true
    case "minProperties": return value.members.map { Double($0.count) >= number } ?? true
    case "maxProperties": return value.members.map { Double($0.count) <= number } ?? true
    case "required":
      let keys = value.members?.map(\.key)
      return keys.map { Set(argument as? [String] ?? []).isSubset(of: $0) } ?? true
    case "properties":
      let known = argument as? [String: Any] ?? [:]
      return try value.members?.allSatisfy { key, value in
        try known[key].map { try accepts(value, $0) } ?? true
      } ?? true
    case "additionalProperties":
      let known = schema["properties"] as? [String: Any] ?? [:]
      let patterns = schema["patternProperties"] as? [String: Any] ?? [:]
      return try value.members?.allSatisfy { key, value in
        try known[key] != nil || patterns.keys.contains { finds($0, in: key) }
          || accepts(value, argument)
      } ?? true
    case "patternProperties":
      let patterns = argument as? [String: Any] ?? [:]
      return try value.members?.allSatisfy { key, value in
        try patterns.allSatisfy { try !finds($0, in: key) || accepts(value, $1) }
      } ?? true
    case "allOf": return try forms(argument).allSatisfy { try accepts(value, $0) }
    case "anyOf": return try forms(argument).contains { try accepts(value, $0) }
    case "oneOf": return try forms(argument).count { try accepts(value, $0) } == 1
    case "if":
      return try accepts(value, schema[try accepts(value, argument) ? "then" : "else"] ?? true)
    default: throw UnknownKeyword(name: keyword)
    }
  }

  private func finds(_ pattern: String, in text: String) -> Bool {
    text.range(of: pattern, options: .regularExpression) != nil
  }

  private func forms(_ argument: Any) -> [Any] { argument as? [Any] ?? [] }
}

/// A value as an editor sees it: YAML with the types of its core schema (YAML 1.2, 10.3).
private enum SchemaValue {
  case null
  case bool
  case number(Double)
  case string(String)
  case array([SchemaValue])
  case object([(key: String, value: SchemaValue)])

  init(_ node: Node) {
    switch node {
    case .mapping(let mapping):
      self = .object(mapping.map { ($0.key.string ?? "?", SchemaValue($0.value)) })
    case .sequence(let sequence): self = .array(sequence.map(SchemaValue.init))
    case .scalar(let scalar): self = Self.scalar(scalar)
    case .alias: self = .null
    }
  }

  private static func scalar(_ scalar: Node.Scalar) -> SchemaValue {
    let text = scalar.string
    guard scalar.style == .plain else { return .string(text) }
    if ["", "~", "null", "Null", "NULL"].contains(text) { return .null }
    if ["true", "True", "TRUE", "false", "False", "FALSE"].contains(text) { return .bool }
    let isNumber = text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
    if isNumber, let number = Double(text) { return .number(number) }
    return .string(text)
  }

  var text: String? { if case .string(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var elements: [SchemaValue]? { if case .array(let elements) = self { elements } else { nil } }
  var members: [(key: String, value: SchemaValue)]? {
    if case .object(let members) = self { members } else { nil }
  }

  func isOf(_ type: String) -> Bool {
    switch self {
    case .null: type == "null"
    case .bool: type == "boolean"
    case .number(let number): type == "number" || type == "integer" && number == number.rounded()
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }
}
