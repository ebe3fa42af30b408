import Catalogue
import Results
import Worlds

/// Something that an experiment varies, and the values that it takes.
public struct Factor: Sendable {
  /// One value, and what it changes in a scenario.
  public enum Level: Hashable, Sendable {
    /// Another system.
    case system(ScenarioRequest.Name)
    /// Another settlement chain.
    case chain(ScenarioRequest.Name)
    /// Another value of a parameter.
    case setting(ScenarioRequest.Setting)
  }

  /// The path that varies: `system`, `settlement.chain` or a parameter.
  public let path: String
  /// The values in the order of the specification.
  public let levels: [Level]

  /// The column of results that shows the value.
  public var column: Table.Column {
    switch path {
    case "system": .init("system", .string, "Preset of the rollup.")
    case "settlement.chain":
      .init("settlement_chain", .string, "Preset of the settlement chain.")
    default:
      if let parameter = Parameter.named(path) {
        Self.column(of: parameter)
      } else {
        preconditionFailure("a factor without a parameter")
      }
    }
  }

  private static func column(of parameter: Parameter) -> Table.Column {
    var isNumber = false
    if case .quantity = parameter.kind { isNumber = true }
    return .init(
      parameter.column, isNumber ? .number : .string, unit: parameter.kind.unit, parameter.summary)
  }
}

extension Factor.Level {
  /// The value as it stands in results.
  public var cell: Table.Cell {
    switch self {
    case .system(let name), .chain(let name): .string(name.text)
    case .setting(let setting):
      switch setting.value {
      case .quantity(let number): .number(number)
      case .word, .distribution, .trace:
        .string(setting.value.text(in: Parameter.all[setting.parameter].kind))
      }
    }
  }

  /// Applies the value to a request.
  func apply(to request: inout ScenarioRequest) {
    switch self {
    case .system(let name): request.system = name
    case .chain(let name): request.chain = name
    case .setting(let setting): request.settings.append(setting)
    }
  }
}

extension Factor {
  /// Reads a factor from its path and values, or adds to `problems` why it is none.
  static func read(
    _ key: InputNode, _ values: InputNode, _ problems: inout [Problem]
  ) -> Factor? {
    let name = key.text ?? "?"
    let path = name == "settlement" ? "settlement.chain" : name
    if path == "system" || path == "settlement.chain" {
      guard let levels = names(values, &problems) else { return nil }
      return Factor(
        path: path,
        levels: levels.map { path == "system" ? .system($0) : .chain($0) })
    }
    guard let index = Parameter.index(of: path) else {
      let candidates = Parameter.all.map(\.path) + ["system", "settlement.chain"]
      problems.append(key.problem("unknown factor\(advice(for: path, among: candidates))"))
      return nil
    }
    let found = problems.count
    let levels = settings(of: index, values, &problems)
    return problems.count == found
      ? Factor(path: path, levels: levels.map(Level.setting)) : nil
  }

  private static func names(
    _ values: InputNode, _ problems: inout [Problem]
  ) -> [ScenarioRequest.Name]? {
    guard let elements = values.elements, !elements.isEmpty else {
      problems.append(values.problem("expected a list of at least one preset"))
      return nil
    }
    return elements.map { ScenarioRequest.Name($0.text ?? "?", $0.location) }
  }

  private static func settings(
    of index: Int, _ values: InputNode, _ problems: inout [Problem]
  ) -> [ScenarioRequest.Setting] {
    let parameter = Parameter.all[index]
    if let elements = values.elements, !elements.isEmpty {
      return elements.compactMap { element in
        problems.isFull
          ? nil
          : element.value(of: parameter.kind, &problems).map {
            .init(parameter: index, value: $0, location: element.location)
          }
      }
    }
    guard case .quantity(let dimension) = parameter.kind,
      let range = FactorRange.read(values, dimension, &problems)
    else {
      problems.append(
        values.problem(
          "expected a list of values, or for quantities {linear: [low, high], points: n} or "
            + "{log: [low, high], points: n}"))
      return []
    }
    return range.values.map {
      .init(parameter: index, value: .quantity($0), location: values.location)
    }
  }
}
