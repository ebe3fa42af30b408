import Declarations
import Rollup

/// What a scenario names: its rollups, services and groups of light rollups.
///
/// What can be said about it, and what is measured, follow.
public final class WorldShape: Sendable {
  /// The names of the whole rollups, in the order of rows; one empty name where none is named.
  public let rollups: [String]
  /// The names of the services, in the order of rows.
  public let services: [String]
  /// The names of the groups of light rollups.
  public let groups: [String]
  /// The changes of rollups at dates, those of each in the order of time.
  public let changes: [Change]

  /// A change of a rollup at a date.
  public struct Change: Hashable, Sendable {
    /// The name of the rollup; empty for the only one of a scenario that names none.
    public let rollup: String
    /// Its own name.
    public let name: String

    /// A change of a rollup.
    public init(of rollup: String, called name: String) {
      self.rollup = rollup
      self.name = name
    }

    /// What its paths begin with.
    public var path: String {
      (rollup.isEmpty ? "" : WorldShape.path(ofRollup: rollup) + ".") + "changes.\(name)"
    }
  }
  /// Everything that a scenario of this shape can set, in the order of the journey of a transaction.
  public let parameters: [Parameter]
  /// The paths that group parameters, such as `poster`, in the order of `parameters`.
  public let parameterGroups: [String]
  /// Everything that is measured, by subject.
  public let measures: [Measure]
  private let indexByPath: [String: Int]

  /// A shape with these names, each once.
  ///
  /// - Parameter groups: those beside the three that every scenario knows.
  public init(
    rollups: [String] = [""], services: [String] = [], groups: [String] = [],
    changes: [Change] = []
  ) {
    self.rollups = rollups
    self.services = services
    self.groups = NeighbourPolicy.sizes + groups
    self.changes = changes
    parameters = Self.parameters(rollups, services, self.groups, changes)
    parameterGroups = Self.groups(of: parameters)
    indexByPath = Dictionary(
      uniqueKeysWithValues: parameters.enumerated().map { ($1.path, $0) })
    let places = parameters.map { (place: ParameterPlace($0.path), affects: $0.affects) }
    measures = Measure.all(rollups: rollups, services: services).map { $0.among(places) }
  }

  /// One rollup without a name, and no services.
  public static let single = WorldShape()

  /// Whether it names its rollups, so that tables say whose each row is.
  public var isNamed: Bool { rollups != [""] }

  /// The place of the parameter at `path` in `parameters`; nil if there is none.
  public func index(of path: String) -> Int? { indexByPath[path] }

  /// The parameter at `path`.
  public func parameter(_ path: String) -> Parameter? { indexByPath[path].map { parameters[$0] } }

  /// The place of a parameter that has another one where one rollup has no name.
  ///
  /// - Parameters:
  ///   - single: its place in the shape of one rollup.
  ///   - rollup: the rollup that it is about here, if it is about one.
  public func place(of single: Int, rollup: Int) -> Int {
    guard isNamed || parameters.count != Self.single.parameters.count else { return single }
    let path = Self.single.parameters[single].path
    let own = isNamed ? "\(Self.path(ofRollup: rollups[rollup])).\(path)" : path
    guard let place = indexByPath[own] ?? indexByPath[path] else {
      preconditionFailure("\(path) has no place in this shape")
    }
    return place
  }

  /// The base case of this shape.
  public var baseCase: Scenario {
    var scenario = Scenario.baseCase
    scenario.rollups = rollups.sorted().map { name in
      var rollup = RollupScenario.baseCase.named(name)
      rollup.changes = changes(of: name).map { RollupChange(name: $0.name) }
      return rollup
    }
    scenario.services = services.sorted().map { .init(name: $0, policy: .baseCase) }
    scenario.neighbours = groups.map { .init(name: $0, policy: .baseCase(of: $0)) }
    return scenario
  }

  /// What the paths of a rollup begin with; empty for the one without a name.
  public static func path(ofRollup name: String) -> String {
    name.isEmpty ? "" : "rollups.\(name)"
  }

  /// The changes of a rollup, in the order of time.
  public func changes(of rollup: String) -> [Change] { changes.filter { $0.rollup == rollup } }

  private static func parameters(
    _ rollups: [String], _ services: [String], _ groups: [String], _ changes: [Change]
  ) -> [Parameter] {
    let ofRollups = rollups.placed.flatMap { name, place -> [Parameter] in
      let others = rollups.filter { $0 != name }
      let hosting =
        others.isEmpty
        ? [] : RollupScenario.hosting(among: others) + RollupScenario.calling(among: others)
      let served =
        services.isEmpty
        ? []
        : RollupScenario.posting(among: services) + RollupScenario.proving(among: services)
      let ofChanges = changes.filter { $0.rollup == name }.enumerated().flatMap {
        RollupScenario.parameters(ofChange: $0, called: $1.name)
      }
      // What only later terms read is read.
      let ofRollup =
        ofChanges.isEmpty
        ? RollupScenario.parameters : RollupScenario.parameters.map { $0.used(inAnyOf: \.terms) }
      return (ofRollup + hosting + served + ofChanges).map {
        $0.at(place).lifted(under: path(ofRollup: name), to: \Scenario.rollups)
      }.map { usedByOthers($0, of: name) }.titled { name.isEmpty ? $0 : "\($0), \(name)" }
    }
    let ofServices = services.placed.flatMap { name, place -> [Parameter] in
      ServiceScenario.parameters.map {
        $0.at(place).lifted(under: "services.\(name)", to: \Scenario.services)
      }.titled { "\($0), \(name)" }
    }
    let ofGroups = groups.enumerated().flatMap { place, name in
      NeighbourPolicy.parameters.map {
        $0.lifted(under: "", to: \NeighbourGroup.policy).at(place)
          .lifted(under: "neighbours.\(name)", to: \Scenario.neighbours)
      }.titled { "\($0), \(name) neighbours" }
    }
    return Scenario.runParameters + ofRollups + ofServices + Scenario.settlementParameters
      + ofGroups + Scenario.priceParameters
  }

  /// What a rollup tells rollups that settle on it matters where there are some, and how it takes what comes from its host
  /// where there are deposits, or calls of another.
  private static func usedByOthers(_ parameter: Parameter, of name: String) -> Parameter {
    if parameter.path.hasSuffix("sequencer.block_number") {
      return parameter.used { $0.rollups.contains { $0.hosting.host == name } }
    }
    guard
      parameter.path.hasSuffix("deposits.credit")
        || parameter.path.hasSuffix("deposits.confirmations")
    else { return parameter }
    return parameter.used { scenario in
      scenario.rollups.contains {
        $0.name == name && $0.deposits.rate != 0 || $0.calls.happens && $0.calls.to == name
      }
    }
  }

  private static func groups(of parameters: [Parameter]) -> [String] {
    var known = Set<String>()
    return parameters.flatMap { parameter in
      // By bytes: characters take a millisecond of each start.
      let bytes = parameter.path.utf8
      let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }
      return ends.map { String(parameter.path[..<$0]) }.filter { known.insert($0).inserted }
    }
  }
}

extension [String] {
  /// Names in the order of a file, each with its place in a scenario, where they are sorted.
  var placed: [(name: String, place: Int)] {
    let sorted = sorted()
    return map { name in (name, sorted.firstIndex(of: name) ?? 0) }
  }
}

extension WorldShape {
  private static let arrivals = "workload.arrivals"

  /// What a path sets: itself, or what parameters share of which each replaces the others.
  public static func subject(of path: String) -> String {
    guard let range = path.firstRange(of: arrivals + ".") else { return path }
    return String(path[..<range.lowerBound]) + arrivals
  }

  /// Whether setting one path undoes what setting another did: they are the same, or belong to parameters
  /// of which each replaces the others, as those of two arrival processes do.
  public static func path(_ path: String, undoes other: String) -> Bool {
    if path == other { return true }
    guard subject(of: path) == subject(of: other) else { return false }
    return alternative(of: path) != alternative(of: other)
  }

  /// What stands below the subject of a path first: the name of an arrival process.
  private static func alternative(of path: String) -> Substring {
    path.dropFirst(subject(of: path).count + 1).prefix { $0 != "." }
  }
}

// The shape of a scenario of one rollup.
extension PartParameter where Root == Scenario {
  /// Everything that a scenario of one rollup can set.
  public static var all: [Parameter] { WorldShape.single.parameters }

  /// The parameter at `path`.
  public static func named(_ path: String) -> Parameter? { WorldShape.single.parameter(path) }

  /// The place of the parameter at `path` in `all`.
  public static func index(of path: String) -> Int? { WorldShape.single.index(of: path) }

  /// The paths that group parameters.
  public static var groups: [String] { WorldShape.single.parameterGroups }

  /// What a path sets: itself, or what parameters share of which each replaces the others.
  public static func subject(of path: String) -> String { WorldShape.subject(of: path) }
}
