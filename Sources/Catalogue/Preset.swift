import Declarations
import Worlds

/// The figures of a named system or settlement chain, each with its source.
public struct Preset: Sendable {
  /// What a preset describes.
  public enum Kind: String, Sendable {
    /// A rollup.
    case system
    /// A settlement chain.
    case chain
  }

  /// One figure.
  struct Entry: Sendable {
    let parameter: Int
    let value: ParameterValue
    let provenance: Provenance
    let location: Location
  }

  /// What it describes.
  public let kind: Kind
  /// Its name in scenarios.
  public let name: String
  /// Its full name.
  public let title: String
  /// When its figures hold; empty where it does not say.
  public let period: String
  /// The preset that it builds on.
  let base: String?
  /// The settlement chain of a system unless the scenario names another.
  public let chain: String?
  let entries: [Entry]

  /// The keys of a preset that take a text, and what each says.
  static let textKeys: KeyValuePairs<String, String> = [
    "system": "The name of the rollup that this is a preset of.",
    "chain": "The name of the settlement chain that this is a preset of.",
    "title": "The full name.",
    "period": "When its figures hold, such as 2024-03 to 2025-02.",
    "extends": "The preset that this builds on: a name, or a file that ends in .yaml.",
    "settlement": "The settlement chain of a system unless a scenario names another.",
  ]

  /// The keys of a figure that take a text, and what each says.
  static let noteKeys: KeyValuePairs<String, String> = [
    "source": "Codes of its sources in the calibration page of the handbook.",
    "date": "When it held.",
    "note": "What else to know about it.",
  ]

  /// Reads a preset.
  ///
  /// - Throws: `InvalidInput` with every problem.
  public static func read(_ root: InputNode) throws(InvalidInput) -> Preset {
    var reader = PresetReader()
    let preset = reader.read(root)
    guard reader.problems.isEmpty, let preset else { throw InvalidInput(reader.problems) }
    return preset
  }
}

private struct PresetReader {
  var problems: [Problem] = []
  private static let keys = Preset.textKeys.map(\.key) + ["parameters"]
  private static let entryKeys = ["value", "range", "flag"] + Preset.noteKeys.map(\.key)

  mutating func read(_ root: InputNode) -> Preset? {
    guard let members = root.members else {
      problems.append(root.problem("expected a preset with the keys system or chain, parameters"))
      return nil
    }
    var texts: [String: String] = [:]
    var entries: [Preset.Entry] = []
    for (key, value) in members where !problems.isFull {
      let name = key.text ?? "?"
      if name == "parameters" {
        entries = readEntries(value, origin: texts["system"] ?? texts["chain"] ?? root.file)
      } else if Self.keys.contains(name), let text = value.text {
        texts[name] = text
      } else {
        problems.append(
          key.problem("unknown key or no text\(advice(for: name, among: Self.keys))"))
      }
    }
    if texts["system"] != nil, texts["chain"] != nil {
      problems.append(root.problem("expected the key 'system' or 'chain', not both"))
    }
    if let name = texts["system"] ?? texts["chain"], name.runsInSpreadsheets {
      problems.append(root.problem(String.spreadsheetExpectation(name)))
    }
    guard let name = texts["system"] ?? texts["chain"] else {
      problems.append(root.problem("the key 'system' or 'chain' with the preset's name is missing"))
      return nil
    }
    return Preset(
      kind: texts["system"] == nil ? .chain : .system, name: name, title: texts["title"] ?? name,
      period: texts["period"] ?? "",
      base: texts["extends"], chain: texts["settlement"], entries: entries)
  }

  private mutating func readEntries(_ node: InputNode, origin: String) -> [Preset.Entry] {
    guard let members = node.members else {
      problems.append(node.problem("expected parameters with {value, flag, source, date}"))
      return []
    }
    var mentions = Mentions()
    return members.compactMap { key, value in
      guard !problems.isFull else { return nil }
      let path = key.text ?? "?"
      guard let index = Parameter.index(of: path) else {
        problems.append(key.problem(unknownParameter(path)))
        return nil
      }
      if let message = mentions.repetition(of: path, at: key.location) {
        problems.append(key.problem(message))
      }
      return readEntry(value, index, origin: origin)
    }
  }

  private mutating func readEntry(
    _ node: InputNode, _ index: Int, origin: String
  ) -> Preset.Entry? {
    let parameter = Parameter.all[index]
    var texts: [String: String] = [:]
    var value: ParameterValue?
    var range: ClosedRange<Double>?
    let found = problems.count
    for (key, member) in node.members ?? [] where !problems.isFull {
      switch key.text ?? "?" {
      case "value": value = member.at(parameter.path).value(of: parameter.kind, &problems)
      case "range": range = readRange(member.at(parameter.path), parameter.kind)
      case let name where Self.entryKeys.contains(name):
        texts[name] = member.anyText(&problems)
      case let name:
        problems.append(key.problem("unknown key\(advice(for: name, among: Self.entryKeys))"))
      }
    }
    guard let flag = texts["flag"].flatMap(Evidence.init) else {
      let flags = Evidence.allCases.map(\.rawValue).joined(separator: ", ")
      problems.append(node.problem("the key 'flag' is missing or none of: \(flags)"))
      return nil
    }
    guard problems.count == found else { return nil }
    guard (flag == .unknown) == (range != nil), (value == nil) == (range != nil) else {
      problems.append(
        node.problem("expected a value, or a range with the flag 'unknown', but not both"))
      return nil
    }
    // Until a run draws from an unknown range, its geometric middle stands for it.
    let middle = range.map { ParameterValue.quantity(($0.lowerBound * $0.upperBound).squareRoot()) }
    guard let value = value ?? middle else { return nil }
    let provenance = Provenance(
      origin: origin, flag: flag, source: texts["source"] ?? "", date: texts["date"] ?? "",
      note: texts["note"] ?? "", range: range)
    return Preset.Entry(
      parameter: index, value: value, provenance: provenance, location: node.location)
  }

  private mutating func readRange(_ node: InputNode, _ kind: ParameterKind) -> ClosedRange<Double>?
  {
    let dimension: Dimension
    switch kind {
    case .quantity(let quantity), .distribution(let quantity): dimension = quantity
    case .word, .trace, .history:
      problems.append(node.problem("only a quantity has a range"))
      return nil
    }
    let bounds = (node.elements ?? []).prefix(3).compactMap { $0.quantity(dimension, &problems) }
    guard bounds.count == 2, 0 < bounds[0], bounds[0] < bounds[1],
      bounds[1] / bounds[0] < .infinity
    else {
      problems.append(node.problem("expected two increasing positive bounds [low, high]"))
      return nil
    }
    return bounds[0]...bounds[1]
  }
}

/// A message for a path that no parameter has.
func unknownParameter(_ path: String) -> String {
  "unknown parameter\(advice(for: path, among: Parameter.all.map(\.path)))"
}
