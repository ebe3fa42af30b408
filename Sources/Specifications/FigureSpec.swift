import Catalogue
import Worlds

/// A figure that an experiment asks for.
public struct FigureSpec: Hashable, Sendable {
  /// What it looks like.
  public enum Kind: String, CaseIterable, Sendable {
    /// Points over a factor, joined by lines, with confidence bands.
    case line
    /// The stages of a journey on a logarithmic time axis, a rung for each value of a factor.
    case ladder
    /// The parts of a sum, stacked, a bar for each value of a factor.
    case bar
    /// A fee of the settlement chain over time, in the first replication.
    case path
  }

  /// What it looks like.
  public var kind = Kind.line
  /// Its file name; nil for the kind and its number.
  public var name: String?
  /// Path of the factor on the x axis of lines.
  public var x = ""
  /// A measure for lines, a column of fees for paths; the factor whose values are the rungs or
  /// bars otherwise.
  public var y = ""
  /// Pattern of the measures of a ladder or bar.
  public var measures = ""
  /// Path of the factor that colours lines.
  public var color: String?
  /// Path of the factor with a panel for each of its values.
  public var row: String?
  /// Factors of which one value is shown, and whose measures are; of the others all are.
  public var filter: [Filter] = []
  /// Axes that are logarithmic: "x", "y" or both.
  public var logarithmic = ""
  /// Where its keys stand.
  var places = KeyPlaces()

  /// What stands for a factor where the scenario names rollups: whose a value is.
  package static let subjectAxis = "rollup"

  /// What `logarithmic` may be beside empty.
  static let axes = ["x", "y", "xy"]
  private static let keys = InputSchema.figureMembers.map(\.key)

  /// The pattern of the measures that it shows; empty for a path.
  package var pattern: String {
    switch kind {
    case .line: y
    case .ladder, .bar: measures
    case .path: ""
    }
  }

  /// Whether it tells rollups and services from each other.
  var showsSubjects: Bool {
    (kind == .line ? [color, row, x] : [row, y]).contains(Self.subjectAxis)
  }

  /// Its file name as the figure at `index` of its experiment.
  package func fileName(at index: Int) -> String { name ?? "\(kind.rawValue)-\(index + 1)" }

  static func read(
    _ node: InputNode, _ shape: WorldShape, _ problems: inout [Problem]
  ) -> FigureSpec? {
    guard let members = node.members else {
      problems.append(node.problem("expected a figure such as {x: poster.max_age, y: …}"))
      return nil
    }
    var figure = FigureSpec()
    figure.places.note("figures", node)
    for (key, value) in members where !problems.isFull {
      let text = value.text ?? ""
      figure.places.note("figures.\(key.text ?? "?")", value)
      switch key.text ?? "?" {
      case "kind":
        let words = Kind.allCases.map(\.rawValue)
        guard case .word(let word) = value.value(of: .word(words), &problems) else { return nil }
        figure.kind = Kind(rawValue: word) ?? .line
      case "name": figure.name = value.fileName(&problems)
      case "x": figure.x = text
      case "y": figure.y = text
      case "measures": figure.measures = text
      case "color": figure.color = text
      case "row": figure.row = text
      case "where": figure.filter = Filter.readAll(value, shape, allowingSubject: true, &problems)
      case "log":
        guard case .word(let axes) = value.value(of: .word(axes), &problems) else { continue }
        figure.logarithmic = axes
      case let name:
        problems.append(key.problem("unknown key\(advice(for: name, among: keys))"))
      }
    }
    return figure
  }

  /// Checks that the figure shows factors and measures of its experiment.
  func check(_ spec: ExperimentSpec) -> [Problem] {
    let factors = spec.factors.map(\.path)
    var problems: [Problem] = []
    func expectFactor(_ path: String?, _ key: String) {
      guard let path, !factors.contains(path) else { return }
      let hasSubjects = spec.measureTable.shape.isNamed && kind != .path
      if path == Self.subjectAxis, hasSubjects { return }
      let nearest = advice(for: path, among: factors + (hasSubjects ? [Self.subjectAxis] : []))
      problems.append(
        problem(key, "'\(path)' is no factor of the experiment\(nearest)", of: spec))
    }
    func expectMeasure(_ pattern: String, _ key: String) {
      if let defect = defect(of: pattern, spec) {
        problems.append(problem(key, defect, of: spec))
      }
    }
    for shown in filter where shown.path != Self.subjectAxis {
      expectFactor(shown.path, "where")
      let levels = spec.factors.first { $0.path == shown.path }?.levels ?? []
      if !levels.isEmpty, !levels.contains(where: { $0.cell == shown.cell }) {
        problems.append(problem("where", "\(shown.path) never is \(shown.cell.text)", of: spec))
      }
    }
    if let defect = subjectDefect(spec) {
      problems.append(problem("where", defect, of: spec))
      // What it has no measures of is no second problem.
      return problems
    }
    expectFactor(color, "color")
    expectFactor(row, "row")
    switch kind {
    case .line:
      expectFactor(x, "x")
      expectMeasure(y, "y")
    case .ladder, .bar:
      expectFactor(y, "y")
      expectMeasure(measures, "measures")
    case .path:
      if spec.feePaths == nil {
        problems.append(problem("kind", "a path needs the experiment's key 'fee_paths'", of: spec))
      }
      let fees = FeePathSpec.columns.dropFirst().map(\.name)
      if !fees.contains(y) {
        let choice = "\(advice(for: y, among: fees)); expected \(fees.joined(separator: " or "))"
        problems.append(problem("y", "'\(y)' is no fee\(choice)", of: spec))
      }
    }
    return problems
  }

  /// Why a pattern does not name measures that it can show.
  private func defect(of pattern: String, _ spec: ExperimentSpec) -> String? {
    let shown = shown(of: spec)
    guard !shown.isEmpty else {
      let owner = subject.map { " of '\($0)'" } ?? ""
      return "'\(pattern)' matches no reported measure\(owner)"
    }
    var subjects: [String] = []
    for index in shown {
      let subject = spec.measureTable[index].subjectPath
      if !subjects.contains(subject) { subjects.append(subject) }
    }
    guard subjects.count > 1, !showsSubjects else { return nil }
    let name = pattern.split(separator: ".").last ?? ""
    let names = subjects.map { $0.isEmpty ? "\(name)" : "\($0).\(name)" }
    return "'\(pattern)' is of several; expected one of: \(names.joined(separator: ", ")), "
      + "or \(kind == .line ? "color" : "row"): \(Self.subjectAxis)"
  }

  /// A problem with one of its keys, at its place.
  func problem(_ key: String, _ message: String, of spec: ExperimentSpec) -> Problem {
    let path = "figures.\(key)"
    guard let location = places.location(of: path) else { return spec.problem(path, message) }
    return Problem(location, path: path, message)
  }
}
