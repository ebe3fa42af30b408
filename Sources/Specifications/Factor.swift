import Catalogue
import Declarations
import Designs
import Results
import Worlds

/// Something that an experiment varies, and the values that it takes.
public struct Factor: Sendable {
  /// One value, and what it changes in a scenario.
  public enum Level: Hashable, Sendable {
    /// Another system of a rollup, by its place.
    case system(Int, ScenarioRequest.Name)
    /// Another settlement chain.
    case chain(ScenarioRequest.Name)
    /// Another value of a parameter.
    case setting(ScenarioRequest.Setting)
  }

  /// Where its values come from.
  enum Source: Sendable {
    /// A list, in the order of the specification.
    case levels([Level])
    /// A range of a parameter, in which a sampled design chooses.
    case range(FactorRange, Target)
    /// Other factors.
    case expression(Expression, Target)
  }

  /// The parameter that a number sets, and where that was said.
  struct Target: Sendable {
    let parameter: Int
    let kind: ParameterKind
    let location: Location

    /// The level of a computed number, which is rounded to what a run uses.
    func level(_ number: Double) -> Level {
      var number = number
      if case .quantity(let dimension) = kind {
        number = dimension.kept(number)
      }
      return .setting(
        .init(parameter: parameter, kind: kind, value: .quantity(number), location: location))
    }
  }

  /// The path that varies: `system`, `settlement.chain` or a parameter.
  public let path: String
  /// The column of results that shows the value.
  public let column: Table.Column
  /// Where its values come from.
  let source: Source

  /// The values in the order of the specification; none if they are not listed there.
  public var levels: [Level] {
    if case .levels(let levels) = source { levels } else { [] }
  }

  /// The formula that gives its values; nil if the design chooses them.
  package var expression: Expression? {
    if case .expression(let expression, _) = source { expression } else { nil }
  }

  /// Whether all its values are numbers.
  var isNumeric: Bool { levels.allSatisfy { $0.number != nil } }
}

extension Factor.Level {
  /// The value as it stands in results.
  public var cell: Table.Cell {
    switch self {
    case .system(_, let name), .chain(let name): .string(name.label)
    case .setting(let setting):
      switch setting.value {
      case .quantity(let number): .number(number)
      case .word, .distribution, .trace, .history:
        .string(setting.value.text(in: setting.kind))
      }
    }
  }

  /// The value as a number in base units; nil if it is none.
  var number: Double? {
    if case .setting(let setting) = self { setting.value.constant } else { nil }
  }

  /// Applies the value to a request.
  package func apply(to request: inout ScenarioRequest) {
    switch self {
    case .system(let rollup, let name): request.systems[rollup] = name
    case .chain(let name): request.chain = name
    case .setting(let setting): request.settings.append(setting)
    }
  }
}

extension Factor {
  /// The value at a share, from 0 to 1, of the range, or of the list.
  package func level(at share: Double) -> Level {
    switch source {
    case .range(let range, let target): target.level(range.value(at: share))
    case .levels(let levels): levels[min(Int(share * Double(levels.count)), levels.count - 1)]
    case .expression: preconditionFailure("the design does not choose this value")
    }
  }

  /// What is wrong with a value that was computed; nil for nothing.
  func defect(of level: Level) -> Problem? {
    guard case .expression(let expression, let target) = source, let number = level.number,
      case .quantity(let dimension) = target.kind,
      let defect = dimension.defect(of: number)
    else { return nil }
    return Problem(
      target.location, path: path, "\(dimension.expectation); '\(expression.text)' \(defect)")
  }
}
