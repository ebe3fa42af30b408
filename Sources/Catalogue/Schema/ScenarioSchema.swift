import Declarations
import Results
import Worlds

/// Scenarios: every parameter by its path, whose words may be nested or joined by dots anywhere.
extension InputSchema {
  /// A scenario.
  public static func scenario(_ catalogue: Catalogue = .builtIn) -> Document {
    Document(
      root: reference("scenario"),
      definitions: quantities + distributions + names(catalogue) + parameters
        + Parameter.groups.map { .init(key: $0, value: group($0)) } + named(catalogue) + [
          .init(
            key: "scenario",
            value: mapping(
              members(below: "") + NamedParts.Kind.allCases.compactMap(namedMember)
                + [changesMember]
            )
            .adding("patternProperties", dotted))
        ])
  }

  /// What stands at a path of a rollup, a service or a group of light rollups that a user names.
  private static func named(_ catalogue: Catalogue) -> [JSON.Member] {
    [
      .init(key: "rollup", value: mapping(rollupMembers)),
      .init(key: "service", value: mapping(below("services.x."))),
      .init(key: "change", value: mapping(changeMembers)),
    ]
  }

  /// Whatever a rollup, a service or a group has below its name.
  private static func below(_ prefix: String) -> [JSON.Member] {
    func key(_ path: String) -> String { String(path.dropFirst(prefix.count)) }
    let groups = example.parameterGroups.filter { $0.hasPrefix(prefix) }.map {
      JSON.Member(key: key($0), value: mapping(below($0 + ".")))
    }
    return groups
      + example.parameters.filter { $0.path.hasPrefix(prefix) }.map {
        .init(key: key($0.path), value: value(of: $0.kind).described($0.summary))
      }
  }

  private static let changesMember = JSON.Member(
    key: NamedParts.changes, value: byName("change"))

  /// What changes at a date: when, and what is then said of a rollup.
  private static var changeMembers: [JSON.Member] {
    [.init(key: "system", value: reference("system"))]
      + [changed.parameter("changes.x.time")].compactMap(\.self).map {
        .init(key: "time", value: value(of: $0.kind).described($0.summary))
      } + paths(below: "changes.x.", in: changed).map { .init(key: $0, value: reference($0)) }
  }

  /// A shape with a change.
  private static let changed = WorldShape(changes: [.init(of: "", called: "x")])

  /// What of the only rollup of a scenario stands below a prefix in a shape, groups first.
  private static func paths(below prefix: String, in shape: WorldShape) -> [String] {
    (Parameter.groups + Parameter.all.map(\.path)).filter {
      shape.parameterGroups.contains(prefix + $0) || shape.index(of: prefix + $0) != nil
    }
  }

  private static var rollupMembers: [JSON.Member] {
    [
      .init(key: "system", value: reference("system")), .init(key: "host", value: text),
      changesMember, .init(key: "calls", value: mapping(calls)),
    ]
      + calls.map { .init(key: "calls.\($0.key)", value: $0.value) }
      + paths(below: "rollups.x.", in: example).map { path in
        let value = reference(path)
        return .init(key: path, value: path == "prover" ? any(of: [text, value]) : value)
      }
      + [
        "poster.service", "prover.service", "prover.priority", "host_finality", "host_pricing",
        "envelope_bytes",
        "withdrawal_gas",
      ].compactMap { path in
        example.parameter("rollups.x.\(path)").map { parameter in
          if case .word = parameter.kind, path.hasSuffix(".service") {
            return .init(key: path, value: text.described(parameter.summary))
          }
          return .init(key: path, value: value(of: parameter.kind).described(parameter.summary))
        }
      }
  }

  /// What is said about calls to another rollup, whose name may be any.
  private static var calls: [JSON.Member] {
    below("rollups.x.calls.").map { $0.key == "to" ? .init(key: "to", value: text) : $0 }
  }

  /// A shape that has whatever a shape can have.
  private static let example = WorldShape(rollups: ["x", "y"], services: ["x"])

  private static func namedMember(_ kind: NamedParts.Kind) -> JSON.Member? {
    switch kind {
    case .rollups: .init(key: kind.rawValue, value: byName("rollup"))
    case .services: .init(key: kind.rawValue, value: byName("service"))
    case .neighbours: nil
    }
  }

  private static func byName(_ definition: String) -> JSON {
    // A name may go on with dots.
    .object([
      "type": "object", "patternProperties": .object([#"\."#: .object([:])]),
      "additionalProperties": reference(definition),
    ])
  }

  /// Keys that go on with dots: that what they set exists only the readers check.
  private static let dotted: JSON = .object([.init(key: namedPaths, value: .object([:]))])

  /// Paths of what a user names, as a regular expression.
  public static let namedPaths = "^(rollups|services|neighbours|changes)\\."

  /// What names a preset, at the two paths that do.
  private static func names(_ catalogue: Catalogue) -> [JSON.Member] {
    let paths: [(String, Preset.Kind, String)] = [
      ("system", .system, "The rollup: a preset, or a file that ends in .yaml."),
      ("settlement.chain", .chain, "The settlement chain: a preset, or a file that ends in .yaml."),
    ]
    return paths.map { path, kind, summary in
      let forms = [word(catalogue.names(kind)), text(matching: #"\.[Yy][Aa]?[Mm][Ll]$"#)]
      return .init(key: path, value: any(of: forms).described(summary))
    }
  }

  private static let parameters: [JSON.Member] = Parameter.all.map { parameter in
    let value = value(of: parameter.kind)
    let forms =
      parameter.path == ScenarioRequest.warmUp
      ? any(of: [value, word([ScenarioRequest.automatic])]) : value
    return .init(key: parameter.path, value: forms.described(parameter.summary))
  }

  /// What may stand at a path that groups others.
  private static func group(_ path: String) -> JSON {
    let members = mapping(members(below: path + "."))
    switch path {
    case "settlement": return any(of: [reference("settlement.chain"), members])
    // Groups of any name beside those that every scenario knows.
    case "neighbours":
      return byName("neighbours.medium")
    default: return members
    }
  }

  /// Every path that begins so, by what follows.
  private static func members(below prefix: String) -> [JSON.Member] {
    (["system", "settlement.chain"] + Parameter.groups + Parameter.all.map(\.path))
      .filter { $0.hasPrefix(prefix) }
      .map { .init(key: String($0.dropFirst(prefix.count)), value: reference($0)) }
  }
}
