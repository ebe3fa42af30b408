import Declarations
import Worlds

/// What a user asks for: a system, a settlement chain, and what differs from their presets.
public struct ScenarioRequest: Sendable {
  /// A text and the place where it stands.
  public struct Name: Hashable, Sendable {
    /// The text.
    public let text: String
    /// Where it stands.
    public let location: Location
    /// What results call it: the text, or the own name of a preset in a file.
    public var label: String

    /// A text at a place.
    public init(_ text: String, _ location: Location) {
      self.text = text
      self.location = location
      label = text
    }
  }

  /// One parameter that differs.
  public struct Setting: Hashable, Sendable {
    /// The place of the parameter in the shape's parameters.
    public internal(set) var parameter: Int
    /// What values the parameter takes.
    public let kind: ParameterKind
    /// Its value.
    public let value: ParameterValue
    /// Where it was set.
    public let location: Location

    /// A value of a parameter, set at a place.
    public init(
      parameter: Int, kind: ParameterKind, value: ParameterValue, location: Location
    ) {
      self.parameter = parameter
      self.kind = kind
      self.value = value
      self.location = location
    }
  }

  /// A warm-up that was asked for as `auto`.
  public struct AutomaticWarmUp: Hashable, Sendable {
    /// Where it was.
    public let location: Location
    /// What was found [s]; nil before.
    public var seconds: Double?
  }

  /// What the scenario names; what it can say follows.
  public private(set) var shape = WorldShape.single
  /// The preset of each rollup, in the order of the shape, and then of each change; nil for the base case,
  /// and for a change that goes on from the terms before it.
  public var systems: [Name?] = [nil]
  /// The settlement chain; nil for the system's own.
  public var chain: Name?
  /// What differs, later entries over earlier ones.
  public var settings: [Setting] = []
  /// The warm-up that is to be found by pilot runs; nil for one that is set.
  public var automaticWarmUp: AutomaticWarmUp?
  /// The file that all this comes from.
  public let source: Location

  /// The preset of the only rollup, or of the first; nil for the base case.
  public var system: Name? {
    get { systems[0] }
    set { systems[0] = newValue }
  }

  /// A request for the base case.
  public init(source: Location) { self.source = source }

  /// A request of the same shape that asks for nothing.
  public func withoutSettings(source: Location) -> ScenarioRequest {
    var request = ScenarioRequest(source: source)
    request.shape = shape
    request.systems = systems.map { _ in nil }
    return request
  }

  /// Reads a scenario.
  ///
  /// - Throws: `InvalidInput` with every problem.
  public static func read(_ root: InputNode) throws(InvalidInput) -> ScenarioRequest {
    var request = ScenarioRequest(source: root.location)
    var problems: [Problem] = []
    if root.members?.contains(where: { $0.key.text == "parameters" }) == true {
      let message =
        "this is a preset, not a scenario; expected a file with 'system: \(root.file)'"
      throw InvalidInput([root.problem(message)])
    }
    request.add(root, &problems)
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return request
  }

  /// Adds all settings of a mapping; keys may be nested or joined by dots, but each thing is set once.
  ///
  /// What it names for the first time, such as another rollup, becomes part of the shape.
  public mutating func add(_ node: InputNode, _ problems: inout [Problem]) {
    var mentions = Mentions()
    let found = problems.count
    extend(by: NamedParts(in: node, &problems), &problems)
    problems += shape.defects.map { node.problem($0) }
    guard problems.count == found else { return }
    add(node, &mentions, &problems)
  }

  private mutating func add(
    _ node: InputNode, _ mentions: inout Mentions, _ problems: inout [Problem]
  ) {
    guard let members = node.members else {
      problems.append(node.problem("expected a mapping of parameters; found \(node.quotation)"))
      return
    }
    for (key, value) in members where !problems.isFull {
      addMember(key, value, &mentions, &problems)
    }
  }

  /// Sets the parameter at the path of `value`, or several below a path that groups them.
  ///
  /// - Parameter mentions: what the same source has set, none of which it may set again.
  public mutating func set(
    _ value: InputNode, _ mentions: inout Mentions, _ problems: inout [Problem]
  ) {
    addMember(value, value, &mentions, &problems)
  }

  private mutating func addMember(
    _ key: InputNode, _ value: InputNode, _ mentions: inout Mentions, _ problems: inout [Problem]
  ) {
    let target = shape.target(of: key.path, isText: value.text != nil)
    if let target {
      if let message = mentions.repetition(of: shape.path(of: target), at: key.location) {
        problems.append(key.problem(message))
        return
      }
    }
    switch target {
    case .system(let rollup):
      if let name = name(value, &problems) { systems[rollup] = name }
    case .chain:
      if let name = name(value, &problems) { chain = name }
    case .parameter(let index):
      let isWarmUp = shape.parameters[index].path == Self.warmUp
      if isWarmUp, value.text == Self.automatic {
        automaticWarmUp = AutomaticWarmUp(location: value.location)
        return
      }
      if isWarmUp { automaticWarmUp = nil }
      let kind = shape.parameters[index].kind
      if let read = value.value(of: kind, &problems) {
        settings.append(
          Setting(parameter: index, kind: kind, value: read, location: value.location))
      }
    case nil where shape.isGroup(key.path):
      add(value, &mentions, &problems)
    case nil:
      problems.append(key.problem(shape.unknownKey(key.path)))
    }
  }

  private func name(_ node: InputNode, _ problems: inout [Problem]) -> Name? {
    guard let text = node.text else {
      problems.append(node.problem("expected the name of a preset; found \(node.quotation)"))
      return nil
    }
    return Name(text, node.location)
  }

  /// Makes names part of the shape, and finds the places of what was set before anew.
  private mutating func extend(by names: NamedParts, _ problems: inout [Problem]) {
    let known = shape.isNamed ? shape.rollups : []
    let rollups = known + names.rollups.filter { !known.contains($0) }
    let larger = WorldShape.of(
      rollups: rollups.isEmpty ? shape.rollups : rollups,
      services: shape.services + names.services.filter { !shape.services.contains($0) },
      groups: shape.ownGroups + names.groups.filter { !shape.ownGroups.contains($0) },
      changes: shape.changes + names.changes.filter { !shape.changes.contains($0) })
    guard larger !== shape else { return }
    let places = larger.systemPaths
    var named = [Name?](repeating: nil, count: places.count)
    for (path, name) in zip(shape.systemPaths, systems) {
      guard let name else { continue }
      if let place = places.firstIndex(of: path) {
        named[place] = name
      } else {
        problems.append(Problem(name.location, path: path, larger.unnamed))
      }
    }
    systems = named
    settings = settings.compactMap { setting in
      let path = shape.parameters[setting.parameter].path
      guard let index = larger.index(of: path) else {
        problems.append(Problem(setting.location, path: path, larger.unknownKey(path)))
        return nil
      }
      var setting = setting
      setting.parameter = index
      return setting
    }
    shape = larger
  }

  /// Whether a key may stand at the top of a scenario.
  public static func isKey(_ name: String) -> Bool {
    let isNamed =
      NamedParts.Kind.allCases.contains {
        name == $0.rawValue || name.hasPrefix("\($0.rawValue).")
      } || name == NamedParts.changes || name.hasPrefix("\(NamedParts.changes).")
    return isNamed || ["system", "settlement.chain"].contains(name)
      || WorldShape.single.isGroup(name) || WorldShape.single.index(of: name) != nil
  }

  /// The path of the warm-up.
  public static let warmUp = "warmup"
  /// The word for one that pilot runs find.
  public static let automatic = "auto"
}
