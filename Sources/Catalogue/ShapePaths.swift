import Declarations
import Worlds

/// What a path means in scenarios of a shape.
public enum ScenarioTarget: Hashable, Sendable {
  /// The preset of a rollup or of its terms after a change, by its place in `systemPaths`.
  case system(Int)
  /// The preset of the settlement chain.
  case chain
  /// A parameter, by its place in the shape.
  case parameter(Int)
}

extension WorldShape {
  /// What a path means; nil if nothing.
  ///
  /// - Parameter isText: whether a text is given for it: a chain or a service is named by a text, and
  ///   what is said about it stands below.
  public func target(of path: String, isText: Bool = true) -> ScenarioTarget? {
    if path == "settlement.chain" || path == "settlement" && isText { return .chain }
    if let rollup = systemPaths.firstIndex(of: path) { return .system(rollup) }
    if let index = index(of: path) { return .parameter(index) }
    guard isText, path.hasSuffix("prover") else { return nil }
    return index(of: path + ".service").map(ScenarioTarget.parameter)
  }

  /// The paths of the presets of the rollups, in order, and then of those of their changes.
  public var systemPaths: [String] {
    (isNamed ? rollups.map { "rollups.\($0).system" } : ["system"])
      + changes.map { "\($0.path).system" }
  }

  /// The path of a target as results have it.
  public func path(of target: ScenarioTarget) -> String {
    switch target {
    case .system(let rollup): systemPaths[rollup]
    case .chain: "settlement.chain"
    case .parameter(let index): parameters[index].path
    }
  }

  /// Whether a path groups others.
  public func isGroup(_ path: String) -> Bool {
    parameterGroups.contains(path) || isNamed && path == "rollups"
  }

  /// All paths that mean something.
  public var paths: [String] { parameters.map(\.path) + systemPaths + ["settlement.chain"] }

  /// The shape with these names; the same object for the one that most scenarios have.
  static func of(
    rollups: [String], services: [String], groups: [String], changes: [Change]
  ) -> WorldShape {
    rollups == [""] && services.isEmpty && groups.isEmpty && changes.isEmpty
      ? .single
      : WorldShape(rollups: rollups, services: services, groups: groups, changes: changes)
  }

  /// The groups of light rollups beside those that every scenario knows.
  var ownGroups: [String] { Array(groups.dropFirst(WorldShape.single.groups.count)) }

  /// Why a key of a scenario means nothing, and what was probably meant.
  func unknownKey(_ path: String) -> String {
    if path == "family" { return "unknown key; 'sequence' says how claims become final" }
    if path.split(separator: ".").last.map(String.init) == NamedParts.changes {
      return "expected changes by their names, each a mapping with a time"
    }
    if let defect = defect(ofNamesIn: path) { return defect }
    let depth = path.utf8.count { $0 == UInt8(ascii: ".") } + 1
    let candidates = paths.map { $0.split(separator: ".").prefix(depth).joined(separator: ".") }
    return "unknown key" + advice(for: path, among: candidates)
  }

  /// Why whatever a path is about is not in the scenario, as a rollup that it does not name; nil if it is.
  package func defect(ofNamesIn path: String) -> String? {
    if isNamed, !rollups.contains(path), isOfRollup(path) { return unnamed }
    let words = path.split(separator: ".").map(String.init)
    if let defect = defect(ofChangeIn: words) { return defect }
    guard words.count > 1, let kind = NamedParts.Kind(rawValue: words[0]) else { return nil }
    return Self.defect(of: words[1], names(of: kind), one: kind.one, all: kind.rawValue)
  }

  private func defect(ofChangeIn words: [String]) -> String? {
    let isOfNamed = words[0] == NamedParts.Kind.rollups.rawValue && words.count > 2
    let own = isOfNamed ? Array(words[2...]) : words
    guard own[0] == NamedParts.changes, own.count > 1 else { return nil }
    let known = changes(of: isOfNamed ? words[1] : "").map(\.name)
    return Self.defect(of: own[1], known, one: "change", all: NamedParts.changes)
  }

  /// That a name is none of those that are known; nil if it is one.
  ///
  /// - Parameters:
  ///   - one: what it would name.
  ///   - all: several of these.
  private static func defect(
    of name: String, _ known: [String], one: String, all: String
  ) -> String? {
    guard !known.contains(name) else { return nil }
    guard !known.isEmpty else { return "this scenario names no \(all)" }
    return "no \(one) is called '\(name.excerpt())'\(advice(for: name, among: known)); "
      + "expected one of: \(known.joined(separator: ", "))"
  }

  private func names(of kind: NamedParts.Kind) -> [String] {
    switch kind {
    case .rollups: isNamed ? rollups : []
    case .services: services
    case .neighbours: groups
    }
  }

  /// That a rollup is meant which has a name.
  var unnamed: String {
    "this scenario names its rollups; expected a path below rollups.\(rollups[0])"
  }

  /// Whether a path is one of the only rollup of a scenario that names none.
  private func isOfRollup(_ path: String) -> Bool {
    path == "system"
      || index(of: "rollups.\(rollups[0]).\(path)") != nil
      || parameterGroups.contains("rollups.\(rollups[0]).\(path)")
  }

  /// Why the names do not fit together: whose a row of results is must be clear.
  var defects: [String] {
    if !isNamed, !services.isEmpty {
      return ["expected rollups with names below 'rollups', of which some use the services"]
    }
    if isNamed, changes.contains(where: { $0.rollup.isEmpty }) { return [unnamed] }
    return services.filter(rollups.contains).map {
      "expected another name: a rollup and a service are called '\($0)'"
    }
  }
}
