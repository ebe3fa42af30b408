import Declarations
import Results
import Worlds

/// Presets: parameters by their full paths, each with a value or range and where it comes from.
extension InputSchema {
  /// A preset of a system or settlement chain.
  public static let preset: Document = {
    let entries = Parameter.all.map { JSON.Member(key: $0.path, value: entry($0)) }
    let root = mapping(
      texts(Preset.textKeys) + [.init(key: "parameters", value: mapping(entries))],
      required: ["parameters"])
    return Document(
      root: reference("preset"),
      definitions: quantities + distributions + [
        .init(key: "preset.evidence", value: evidence),
        .init(key: "preset", value: root.adding("anyOf", .array(["system", "chain"].map(having)))),
      ])
  }()

  private static func texts(_ keys: KeyValuePairs<String, String>) -> [JSON.Member] {
    keys.map { .init(key: $0.key, value: text.described($0.value)) }
  }

  private static func having(_ key: String) -> JSON {
    .object(["required": .array([.string(key)])])
  }

  /// A value or a range, and where it comes from.
  private static func entry(_ parameter: Parameter) -> JSON {
    var keys = [JSON.Member(key: "value", value: value(of: parameter.kind))]
    switch parameter.kind {
    case .quantity(let dimension), .distribution(let dimension):
      keys.append(.init(key: "range", value: list(of: quantity(of: dimension), upTo: 2)))
    case .word, .trace, .history: break
    }
    let others = ["flag"] + Preset.noteKeys.map(\.key)
    return mapping(keys + others.map { .init(key: $0, value: .bool(true)) })
      .adding("allOf", .array([reference("preset.evidence")]))
      .described(parameter.summary)
  }

  /// What all figures have in common: a known value, or a range of what is unknown.
  private static let evidence: JSON = {
    let flags = Evidence.allCases.map(\.rawValue)
    let unknown = Evidence.unknown.rawValue
    let flag = JSON.Member(key: "flag", value: word(flags).described("How well it is known."))
    return .object([
      "required": .array(["flag"]),
      "properties": .object([flag] + texts(Preset.noteKeys)),
      "oneOf": .array([
        either("value", without: "range", flag: word(flags.filter { $0 != unknown })),
        either("range", without: "value", flag: word([unknown])),
      ]),
    ])
  }()

  private static func either(_ key: String, without other: String, flag: JSON) -> JSON {
    having(key).adding(
      "properties",
      .object([.init(key: other, value: .bool(false)), .init(key: "flag", value: flag)])
    )
  }
}
