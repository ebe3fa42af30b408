import Designs
import Worlds

// What a figure cannot show without saying something that is not so.

extension FigureSpec {
  /// What is wrong with its measures together; nil for nothing.
  func misleadingMeasures(_ spec: ExperimentSpec) -> (key: String, message: String)? {
    let key = "measures"
    guard roles.measures == [key] else { return nil }
    // Several rollups have a measure of the same name.
    let shown = SubjectRows(of: shown(of: spec), in: spec.measureTable).columns
    let entries = shown.map { spec.measureTable[$0] }
    guard let first = entries.first else { return nil }
    let patterns = measures.map { "'\($0)'" }.joined(separator: " and ")
    if let other = entries.first(where: { $0.unit != first.unit }) {
      return (
        key,
        "\(patterns) \(measures.count > 1 ? "mix" : "mixes") units: '\(first.name)' is in "
          + "\(first.unit.inWords), '\(other.name)' in \(other.unit.inWords)"
      )
    }
    if kind == .ladder, first.unit != "s" {
      return (key, "a ladder shows times; '\(first.name)' is in \(first.unit.inWords)")
    }
    if [.heatMap, .differences].contains(kind), entries.count > 1 {
      return (
        key,
        "expected one measure; \(patterns) \(measures.count > 1 ? "match" : "matches") "
          + "\(entries.count), such as '\(first.name)' and '\(entries[1].name)'"
      )
    }
    return kind == .bar && entries.count > 1 ? stackDefect(entries).map { (key, $0) } : nil
  }

  /// Why bars of some measures cannot be stacked; nil if they are parts of one sum.
  private func stackDefect(_ entries: [MeasureTable.Entry]) -> String? {
    if let other = entries.first(where: { $0.portions.isEmpty }) {
      return "bars of several measures are stacked, and '\(other.name)' is no part of a sum; "
        + "expected one measure, or kind: quantiles"
    }
    // The widest first, so that a total is named before its parts.
    let widest = entries.enumerated().sorted {
      ($1.element.portions.count, $0.offset) < ($0.element.portions.count, $1.offset)
    }.map(\.element)
    for (index, total) in widest.enumerated() {
      let parts = widest[(index + 1)...].filter { !$0.portions.isDisjoint(with: total.portions) }
      guard let part = parts.first else { continue }
      let kept = entries.reduce(into: [MeasureTable.Entry]()) { kept, entry in
        let isApart = kept.allSatisfy { $0.portions.isDisjoint(with: entry.portions) }
        if isApart, entry.name != total.name { kept.append(entry) }
      }
      let names = kept.map(\.name).joined(separator: ", ")
      return "a stack counts twice what both '\(total.name)' and '\(part.name)' count; "
        + "expected parts of one sum, such as [\(names)]"
    }
    return nil
  }

  /// The factor whose levels would be drawn over each other at one place, and what to do about it; nil if
  /// there is none.
  ///
  /// Points of a list, and those whose levels go together, cannot be told from their factors.
  func hiddenFactor(_ spec: ExperimentSpec) -> (String, String)? {
    guard spec.design == .grid, ![.frontier, .tornado, .path].contains(kind) else { return nil }
    let told = shownFactors + filter.map(\.path)
    let hidden = spec.factors.first { $0.levels.count > 1 && !told.contains($0.path) }
    guard let hidden else { return nil }
    let channel = usesColor ? "color, row" : "row"
    return (
      roles.factors.last ?? "x",
      "'\(hidden.path)' varies and is not shown, so that its levels would cover each other; "
        + "expected it as \(channel) or in where"
    )
  }

  /// Whether a factor can be shown by colours.
  var usesColor: Bool { [.line, .path, .ecdf, .frontier, .differences].contains(kind) }
}

extension String {
  /// A unit within a sentence.
  fileprivate var inWords: String { self == "1" ? "plain numbers" : self }
}
