import Charts
import Declarations
import Specifications

// What the axes of figures are called and measured in: as parameters and measures declare it.

extension ExperimentSpec {
  /// The axis of a factor, or of whose a row is.
  package func axis(_ path: String) -> Axis {
    if path == FigureSpec.subjectAxis {
      return Axis(field: path, title: "Rollup", kind: .words)
    }
    guard let factor = factors.first(where: { $0.path == path }) else {
      preconditionFailure("a figure was not checked against its experiment")
    }
    let parameter = request.shape.parameter(path)
    let title = parameter?.title ?? Self.title(ofPreset: path)
    guard case .quantity(let dimension)? = parameter?.kind else {
      return Axis(field: factor.column.name, title: title, kind: .words)
    }
    return Axis(
      field: factor.column.name, title: title, kind: dimension == .instant ? .dates : .numbers,
      units: .steps(of: dimension.baseUnit))
  }

  /// What a factor that chooses presets is called: `system`, `rollups.a.system` or `settlement.chain`.
  private static func title(ofPreset path: String) -> String {
    let words = path.split(separator: ".")
    if words.first == "settlement" { return "Settlement chain" }
    return words.count > 2 ? "System of \(words[1])" : "System"
  }

  /// The axis of measures; of several, with what their titles have in common.
  package func axis(of measures: [Int]) -> Axis {
    let entries = measures.map { measureTable[$0] }
    let title = entries.map(\.title).common
    return Axis(
      field: entries.first?.name ?? "", title: title, kind: .numbers,
      units: .steps(of: entries.first?.unit ?? ""))
  }
}

extension [Axis.Unit] {
  /// The units in which numbers of a unit can be shown.
  package static func steps(of unit: String) -> [Axis.Unit] {
    Dimension.steps(of: unit).map { Axis.Unit($0.symbol, $0.size) }
  }
}

extension [String] {
  /// The words that some titles begin and end with.
  private var ends: (begin: [Substring], end: [Substring]) {
    let titles = map { $0.split(separator: " ") }
    func shared(_ words: ([Substring]) -> [Substring]) -> [Substring] {
      titles.dropFirst().map(words).reduce(titles.first.map(words) ?? []) { shared, words in
        zip(shared, words).prefix { $0 == $1 }.map { $0.0 }
      }
    }
    return (shared { $0 }, shared { $0.reversed() }.reversed())
  }

  /// What some titles have in common; all of one that is alone.
  var common: String {
    guard contains(where: { $0 != first }) else { return first ?? "" }
    let begin = ends.begin.joined(separator: " ")
    let parts = [
      begin.hasSuffix(",") ? String(begin.dropLast()) : begin, ends.end.joined(separator: " "),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: " …, ").capitalizedFirst
  }

  /// What tells each of some titles from the others; all of one that is alone.
  var distinctParts: [String] {
    guard contains(where: { $0 != first }) else { return self }
    let (begin, end) = ends
    return map { title in
      let words = title.split(separator: " ").dropFirst(begin.count).dropLast(end.count)
      let part = words.joined(separator: " ").capitalizedFirst
      return part.hasSuffix(",") ? String(part.dropLast()) : part
    }
  }
}
