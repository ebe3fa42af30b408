import Catalogue
import Declarations

extension FigureSpec {
  /// What a figure says of one of its axes.
  public struct AxisSpec: Hashable, Sendable {
    /// Which: "x", "y" or "color".
    public let channel: String
    /// What stands beside it; nil for the title of what it shows.
    public var title: String?
    /// The unit of its numbers; nil for one that suits them.
    public var unit: String?
    /// The texts of its lowest and highest value, with their units; empty for what suits the numbers.
    public var range: [String] = []

    static let channels = ["x", "y", "color"]
    private static let keys = InputSchema.axisMembers.map(\.key)

    static func readAll(
      _ node: InputNode, _ places: inout KeyPlaces, _ problems: inout [Problem]
    ) -> [AxisSpec] {
      guard let members = node.members else {
        problems.append(node.problem("expected axes such as {y: {unit: gwei}}"))
        return []
      }
      var axes: [AxisSpec] = []
      for (key, value) in members {
        guard let channel = key.text, channels.contains(channel), let members = value.members else {
          let isKnown = key.text.map(channels.contains) ?? false
          problems.append(
            isKnown
              ? value.problem("expected {title: …, unit: …, range: […]}")
              : key.problem("expected one of: \(channels.joined(separator: ", "))"))
          continue
        }
        var axis = AxisSpec(channel: channel)
        for (key, value) in members {
          places.note("figures.axes.\(channel).\(key.text ?? "?")", value)
          switch key.text ?? "?" {
          case "title": axis.title = value.anyText(&problems)
          case "unit": axis.unit = value.anyText(&problems)
          case "range":
            axis.range = (value.elements ?? []).compactMap(\.text)
            if axis.range.count != 2 {
              problems.append(value.problem("expected lowest and highest value: [1 gwei, 50 gwei]"))
            }
          case let name:
            problems.append(key.problem("unknown key\(advice(for: name, among: keys))"))
          }
        }
        axes.append(axis)
      }
      return axes
    }
  }

  /// What it says of an axis.
  package func axis(_ channel: String) -> AxisSpec? { axes.first { $0.channel == channel } }

  /// The unit of the numbers along an axis; nil if it shows none.
  package func unit(along channel: String, _ spec: ExperimentSpec) -> String? {
    func unit(ofFactor path: String) -> String? {
      let kind = spec.request.shape.parameter(path)?.kind
      guard case .quantity(let dimension)? = kind, dimension != .instant else { return nil }
      return dimension.baseUnit
    }
    func unit(ofMeasures patterns: [String]) -> String? {
      shown(patterns, of: spec).first.map { spec.measureTable[$0].unit }
    }
    switch (kind, channel) {
    case (.line, "x"), (.heatMap, "x"), (.heatMap, "y"):
      return unit(ofFactor: channel == "x" ? x : y)
    case (.ladder, "x"), (.bar, "x"), (.quantiles, "x"), (.differences, "x"):
      return unit(ofMeasures: measures)
    case (.heatMap, "color"): return unit(ofMeasures: measures)
    case (.line, "y"), (.frontier, "y"): return unit(ofMeasures: [y])
    case (.histogram, "x"), (.ecdf, "x"), (.tornado, "x"), (.frontier, "x"):
      return unit(ofMeasures: [x])
    case (.path, "x"): return FeePathSpec.columns[0].unit
    case (.path, "y"): return FeePathSpec.columns.first { $0.name == y }?.unit
    case (.ecdf, "y"): return "1"
    default: return nil
    }
  }

  /// What is wrong with what it says of its axes.
  func axisProblems(_ spec: ExperimentSpec) -> [Problem] {
    axes.flatMap { axis -> [Problem] in
      let steps = unit(along: axis.channel, spec).map(Dimension.steps) ?? []
      let symbols = steps.map(\.symbol).filter { !$0.isEmpty }
      func problem(_ key: String, _ message: String) -> Problem {
        self.problem("axes.\(axis.channel).\(key)", message, of: spec)
      }
      var problems: [Problem] = []
      if let unit = axis.unit, !symbols.contains(unit) {
        let choice =
          symbols.isEmpty
          ? "this axis has no unit"
          : "expected one of: \(symbols.joined(separator: ", "))"
            + advice(for: unit, among: symbols)
        problems.append(problem("unit", "'\(unit.excerpt())' is no unit of the axis; \(choice)"))
      }
      guard !axis.range.isEmpty else { return problems }
      let limits = axis.range.compactMap { Self.number($0, steps) }
      let isLogarithmic = kind == .ladder || logarithmic.contains(axis.channel)
      if limits.count < 2 {
        let units = symbols.isEmpty ? "" : " with a unit, such as '10 \(symbols[0])'"
        problems.append(
          problem("range", steps.isEmpty ? "this axis has no numbers" : "expected numbers\(units)"))
      } else if limits[0] >= limits[1] {
        problems.append(problem("range", "expected the lowest value first"))
      } else if isLogarithmic, limits[0] <= 0 {
        problems.append(problem("range", "expected positive values on a logarithmic axis"))
      }
      return problems
    }
  }

  /// The limits of an axis in base units; nil for what suits the numbers.
  package func range(along channel: String, _ spec: ExperimentSpec) -> ClosedRange<Double>? {
    let steps = unit(along: channel, spec).map(Dimension.steps) ?? []
    let limits = (axis(channel)?.range ?? []).compactMap { Self.number($0, steps) }
    return limits.count == 2 && limits[0] < limits[1] ? limits[0]...limits[1] : nil
  }

  /// Reads a number with one of some units; nil if it is none.
  private static func number(_ text: String, _ steps: [(symbol: String, size: Double)]) -> Double? {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let first = words.first, let number = Double(first), number.isFinite else { return nil }
    let symbol = words.count > 1 ? words[1] : ""
    // A scenario writes rates as /s.
    return steps.first { $0.symbol == symbol || $0.symbol == "1\(symbol)" }.map { number * $0.size }
  }
}
