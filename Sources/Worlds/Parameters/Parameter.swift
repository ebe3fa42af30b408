import EventKernel
import Randomness
import Rollup
import Settlement

/// One thing that a scenario can set: its path, what values it takes and what it does.
public struct Parameter: Sendable {
  /// Where it stands in a scenario, for example `poster.max_age`.
  public let path: String
  /// What values it takes.
  public let kind: ParameterKind
  /// What it does, in one sentence.
  public let summary: String
  /// The measures that it can move.
  public let affects: Set<MeasureGroup>
  /// Reads it from a scenario; nil where the scenario says something else in its place.
  public let read: @Sendable (Scenario) -> ParameterValue?
  /// Writes a value of the parameter's kind into a scenario.
  public let write: @Sendable (inout Scenario, ParameterValue) -> Void

  /// The name of its column in results: the path with underscores and the unit at the end.
  public var column: String {
    // The values of a distribution are texts that name their units.
    if case .distribution = kind { path.replacing(".", with: "_") } else { numberColumn }
  }

  /// The name of a column of its numbers, such as values that were drawn from a range.
  public var numberColumn: String {
    let name = path.replacing(".", with: "_")
    switch kind {
    case .quantity(let dimension), .distribution(let dimension):
      return name.hasSuffix(dimension.columnSuffix) ? name : name + dimension.columnSuffix
    case .word, .trace: return name
    }
  }

  /// The parameter at `path`.
  public static func named(_ path: String) -> Parameter? {
    indexByPath[path].map { all[$0] }
  }

  /// The place of the parameter at `path` in `all`.
  public static func index(of path: String) -> Int? { indexByPath[path] }

  /// What a path sets: itself, or what parameters share of which each replaces the others.
  public static func subject(of path: String) -> String {
    path.hasPrefix(arrivals + ".") ? arrivals : path
  }

  private static let arrivals = "workload.arrivals"

  /// The paths that group parameters, such as `poster`, in the order of `all`.
  public static let groups: [String] = all.reduce(into: []) { groups, parameter in
    let words = parameter.path.split(separator: ".")
    for depth in 1..<max(words.count, 1) {
      let group = words.prefix(depth).joined(separator: ".")
      if !groups.contains(group) { groups.append(group) }
    }
  }

  private static let indexByPath = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1.path, $0) })
}

typealias ScenarioPath<Value> = WritableKeyPath<Scenario, Value> & Sendable

extension Parameter {
  private static func quantity(
    _ path: String, _ dimension: Dimension, _ summary: String, affects: Set<MeasureGroup>,
    read: @escaping @Sendable (Scenario) -> Double?,
    write: @escaping @Sendable (inout Scenario, Double) -> Void
  ) -> Parameter {
    Parameter(
      path: path, kind: .quantity(dimension), summary: summary, affects: affects,
      read: { read($0).map(ParameterValue.quantity) },
      write: { scenario, value in
        guard case .quantity(let number) = value else {
          preconditionFailure("\(path) takes a quantity")
        }
        write(&scenario, number)
      })
  }

  static func duration(
    _ path: String, _ key: any ScenarioPath<SimDuration>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> Parameter {
    quantity(path, .duration, summary, affects: affects) {
      $0[keyPath: key].seconds
    } write: {
      guard let duration = SimDuration(seconds: $1) else {
        preconditionFailure("\(path) is beyond the clock")
      }
      $0[keyPath: key] = duration
    }
  }

  static func number(
    _ path: String, _ dimension: Dimension, _ key: any ScenarioPath<Double>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> Parameter {
    quantity(path, dimension, summary, affects: affects) {
      $0[keyPath: key]
    } write: {
      $0[keyPath: key] = $1
    }
  }

  static func whole<Number: FixedWidthInteger & Sendable>(
    _ path: String, _ dimension: Dimension, _ key: any ScenarioPath<Number>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> Parameter {
    quantity(path, dimension, summary, affects: affects) {
      Double($0[keyPath: key])
    } write: {
      guard let number = Number(exactly: $1.rounded()) else {
        preconditionFailure("\(path) is beyond its whole numbers")
      }
      $0[keyPath: key] = number
    }
  }

  static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ path: String, _ key: any ScenarioPath<Word>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> Parameter {
    Parameter(
      path: path, kind: .word(Word.allCases.map(\.rawValue)), summary: summary, affects: affects,
      read: { .word($0[keyPath: key].rawValue) },
      write: { scenario, value in
        guard case .word(let text) = value, let word = Word(rawValue: text) else {
          preconditionFailure("\(path) takes one of its words")
        }
        scenario[keyPath: key] = word
      })
  }

  static func flag(
    _ path: String, _ key: any ScenarioPath<Bool>, _ summary: String,
    affects: Set<MeasureGroup> = .everything
  ) -> Parameter {
    Parameter(
      path: path, kind: .word(["no", "yes"]), summary: summary, affects: affects,
      read: { .word($0[keyPath: key] ? "yes" : "no") },
      write: { $0[keyPath: key] = $1 == .word("yes") })
  }

  static func distribution(
    _ path: String, _ dimension: Dimension, _ key: any ScenarioPath<Distribution>,
    _ summary: String, affects: Set<MeasureGroup> = .everything
  ) -> Parameter {
    Parameter(
      path: path, kind: .distribution(dimension), summary: summary, affects: affects,
      read: { .distribution($0[keyPath: key]) },
      write: { scenario, value in
        switch value {
        case .distribution(let distribution): scenario[keyPath: key] = distribution
        case .quantity(let number): scenario[keyPath: key] = .constant(number)
        case .word, .trace: preconditionFailure("\(path) takes a distribution")
        }
      })
  }

  static func trace(
    _ path: String, _ key: any ScenarioPath<DemandTrace>, _ summary: String
  ) -> Parameter {
    Parameter(
      path: path, kind: .trace, summary: summary, affects: .everything,
      read: { .trace($0[keyPath: key]) },
      write: { scenario, value in
        guard case .trace(let trace) = value else { preconditionFailure("\(path) takes a trace") }
        scenario[keyPath: key] = trace
      })
  }

  /// The two arrival processes, each of which replaces the other.
  static func arrivals(
    _ name: String, _ summary: String,
    rate: @escaping @Sendable (ArrivalProcess) -> Double?,
    make: @escaping @Sendable (Double) -> ArrivalProcess
  ) -> Parameter {
    quantity("\(arrivals).\(name).rate", .rate, summary, affects: .everything) {
      rate($0.workload.arrivals)
    } write: {
      $0.workload.arrivals = make($1)
    }
  }
}

extension Set<MeasureGroup> {
  /// Every measure.
  static let everything = Set(MeasureGroup.allCases)
  /// Money alone.
  static let money: Self = [.cost, .fee]
}
