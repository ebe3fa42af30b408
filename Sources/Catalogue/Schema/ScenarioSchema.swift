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
        + Parameter.groups.map { .init(key: $0, value: group($0)) } + [
          .init(key: "scenario", value: mapping(members(below: "")))
        ])
  }

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
    return path == "settlement" ? any(of: [reference("settlement.chain"), members]) : members
  }

  /// Every path that begins so, by what follows.
  private static func members(below prefix: String) -> [JSON.Member] {
    (["system", "settlement.chain"] + Parameter.groups + Parameter.all.map(\.path))
      .filter { $0.hasPrefix(prefix) }
      .map { .init(key: String($0.dropFirst(prefix.count)), value: reference($0)) }
  }
}
