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
    /// The parts of a sum, stacked, or one measure, a bar for each value of a factor.
    case bar
    /// A fee of the settlement chain over time, in the first replication.
    case path
    /// A measure over two factors, as colours and numbers.
    case heatMap = "heat-map"
    /// How often runs have which value of a measure.
    case histogram
    /// The share of runs with at most some value of a measure.
    case ecdf
    /// Several measures of one unit, such as quantiles, with their intervals.
    case quantiles
    /// Paired differences from the baseline, with their intervals.
    case differences
    /// Two measures against each other, and the points that no other beats in both.
    case frontier
    /// How far each factor alone moves a measure from where all have their first level.
    case tornado
  }

  /// What it looks like.
  public var kind = Kind.line
  /// Its file name; nil for the kind and its number.
  public var name: String?
  /// What stands above it; nil for the question of the experiment.
  public var title: String?
  /// Path of the factor on the x axis of lines and heat maps; a measure for histograms, cumulative
  /// shares, frontiers and tornados.
  public var x = ""
  /// A measure for lines and frontiers, a column of fees for paths; otherwise the factor whose values are
  /// the rungs, bars or rows.
  public var y = ""
  /// Patterns of the measures of a ladder, bar, heat map, or of quantiles and differences.
  public var measures: [String] = []
  /// Path of the factor that colours lines.
  public var color: String?
  /// Path of the factor with a panel for each of its values.
  public var row: String?
  /// Factors of which one value is shown, and whose measures are; of the others all are.
  public var filter: [Filter] = []
  /// Axes that are logarithmic: "x", "y" or both.
  public var logarithmic = ""
  /// What is said of its axes, by "x", "y" and "color".
  public var axes: [AxisSpec] = []
  /// Width and height of a panel [pixels]; nil for those of the kind.
  public var size: [Int] = []
  /// The pictures that are drawn of it; none for SVG and PNG.
  public var formats: [String] = []
  /// Where its keys stand.
  var places = KeyPlaces()

  /// What stands for a factor where the scenario names rollups: whose a value is.
  package static let subjectAxis = "rollup"

  /// What `logarithmic` may be beside empty.
  static let axes = ["x", "y", "xy"]
  /// What `formats` may name.
  static let pictures = ["svg", "png", "pdf"]
  /// The fewest and most pixels of a side of a panel.
  static let sides = 40...4000
  private static let keys = InputSchema.figureMembers.map(\.key)

  /// The keys that hold a factor or a measure in a figure of a kind, in the order of checks.
  struct Roles {
    var factors: [String]
    var measures: [String]
  }

  /// What its keys mean.
  var roles: Roles {
    switch kind {
    case .line: Roles(factors: ["x"], measures: ["y"])
    case .ladder, .bar, .quantiles, .differences: Roles(factors: ["y"], measures: ["measures"])
    case .heatMap: Roles(factors: ["x", "y"], measures: ["measures"])
    case .histogram, .ecdf, .tornado: Roles(factors: [], measures: ["x"])
    case .frontier: Roles(factors: [], measures: ["x", "y"])
    case .path: Roles(factors: [], measures: [])
    }
  }

  /// The patterns that a key holds.
  func patterns(_ key: String) -> [String] {
    switch key {
    case "x": [x]
    case "y": [y]
    default: measures
    }
  }

  /// The patterns of all measures that it shows; none for a path.
  package var patterns: [String] { roles.measures.flatMap(patterns) }

  /// The factors along its axes, in its colours and in its panels.
  var shownFactors: [String] {
    roles.factors.flatMap(patterns) + [usesColor ? color : nil, row].compactMap(\.self)
  }

  /// Whether it tells rollups and services from each other.
  var showsSubjects: Bool {
    shownFactors.contains(Self.subjectAxis)
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
      case "title": figure.title = value.anyText(&problems)
      case "x": figure.x = text
      case "y": figure.y = text
      case "measures":
        figure.measures = (value.elements ?? [value]).compactMap { $0.anyText(&problems) }
      case "color": figure.color = text
      case "row": figure.row = text
      case "where": figure.filter = Filter.readAll(value, shape, allowingSubject: true, &problems)
      case "log":
        guard case .word(let axes) = value.value(of: .word(axes), &problems) else { continue }
        figure.logarithmic = axes
      case "axes": figure.axes = AxisSpec.readAll(value, &figure.places, &problems)
      case "size": figure.size = readSize(value, &problems)
      case "formats": figure.formats = readFormats(value, &problems)
      case let name:
        problems.append(key.problem("unknown key\(advice(for: name, among: keys))"))
      }
    }
    return figure
  }

  private static func readSize(_ node: InputNode, _ problems: inout [Problem]) -> [Int] {
    guard let elements = node.elements, elements.count == 2 else {
      problems.append(node.problem("expected width and height of a panel in pixels: [560, 320]"))
      return []
    }
    return elements.compactMap { $0.count(in: sides, &problems) }
  }

  private static func readFormats(_ node: InputNode, _ problems: inout [Problem]) -> [String] {
    guard let elements = node.elements, !elements.isEmpty else {
      problems.append(node.problem("expected a list of \(pictures.joined(separator: ", "))"))
      return []
    }
    return elements.compactMap { element in
      guard case .word(let word) = element.value(of: .word(pictures), &problems) else { return nil }
      return word
    }
  }

  /// A problem with one of its keys, at its place.
  func problem(_ key: String, _ message: String, of spec: ExperimentSpec) -> Problem {
    let path = "figures.\(key)"
    guard let location = places.location(of: path) else { return spec.problem(path, message) }
    return Problem(location, path: path, message)
  }
}
