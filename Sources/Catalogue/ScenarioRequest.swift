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
    /// The place of the parameter in `Parameter.all`.
    public let parameter: Int
    /// Its value.
    public let value: ParameterValue
    /// Where it was set.
    public let location: Location

    /// A value of a parameter, set at a place.
    public init(parameter: Int, value: ParameterValue, location: Location) {
      self.parameter = parameter
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

  /// The rollup; nil for the base case.
  public var system: Name?
  /// The settlement chain; nil for the system's own.
  public var chain: Name?
  /// What differs, later entries over earlier ones.
  public var settings: [Setting] = []
  /// The warm-up that is to be found by pilot runs; nil for one that is set.
  public var automaticWarmUp: AutomaticWarmUp?
  /// The file that all this comes from.
  public let source: Location

  /// A request for the base case.
  public init(source: Location) { self.source = source }

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
  public mutating func add(_ node: InputNode, _ problems: inout [Problem]) {
    var mentions = Mentions()
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
    let path = key.path
    let isName =
      path == "system" || path == "settlement" && value.text != nil || path == "settlement.chain"
    if isName || Parameter.index(of: path) != nil {
      let subject = path == "settlement" ? "settlement.chain" : path
      if let message = mentions.repetition(of: subject, at: key.location) {
        problems.append(key.problem(message))
        return
      }
    }
    if isName {
      guard let text = value.text else {
        problems.append(value.problem("expected the name of a preset; found \(value.quotation)"))
        return
      }
      if path == "system" {
        system = Name(text, value.location)
      } else {
        chain = Name(text, value.location)
      }
    } else if path == Self.warmUp, value.text == Self.automatic {
      automaticWarmUp = AutomaticWarmUp(location: value.location)
    } else if let index = Parameter.index(of: path) {
      if path == Self.warmUp { automaticWarmUp = nil }
      if let read = value.value(of: Parameter.all[index].kind, &problems) {
        settings.append(Setting(parameter: index, value: read, location: value.location))
      }
    } else if Parameter.groups.contains(path) {
      add(value, &mentions, &problems)
    } else {
      problems.append(key.problem(Self.unknownKey(path)))
    }
  }

  /// Whether a key may stand at the top of a scenario.
  public static func isKey(_ name: String) -> Bool {
    ["system", "settlement.chain"].contains(name) || Parameter.groups.contains(name)
      || Parameter.index(of: name) != nil
  }

  /// The path of the warm-up.
  public static let warmUp = "warmup"
  /// The word for one that pilot runs find.
  public static let automatic = "auto"

  private static func unknownKey(_ path: String) -> String {
    let depth = path.utf8.count { $0 == UInt8(ascii: ".") } + 1
    return "unknown key" + advice(for: path, among: keys[min(depth, keys.count) - 1])
  }

  /// What a path of one word, two words and so on may be.
  private static let keys: [[String]] = (1...6).map { depth in
    Parameter.all.map { $0.path.split(separator: ".").prefix(depth).joined(separator: ".") }
      + ["system", "settlement.chain"]
  }
}
