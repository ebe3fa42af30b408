import Charts
import EventKernel
import Reporting
import Results
import Specifications

extension ReportPage {
  /// What varies, how often it was run, and what of it failed.
  var design: String {
    let rows = spec.factors.map { factor in
      [
        Markup.text(spec.axis(factor.path).title), Markup.code(factor.path),
        Markup.text(levels(of: factor)),
      ]
    }
    let table =
      rows.isEmpty
      ? "<p>Nothing varies: the experiment has one point.</p>"
      : Markup.table("factors", ["factor", "path", "levels"], rows)
    return table + Markup.list(circumstances.map(Markup.text))
  }

  private func levels(of factor: Factor) -> String {
    let axis = spec.axis(factor.path)
    guard factor.levels.isEmpty else {
      let words = factor.levels.prefix(40).map { axis.words($0.cell.json) }
      let rest = factor.levels.count - words.count
      return words.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
    return factor.expression.map { "= \($0.text)" } ?? "a range, in which the design chooses"
  }

  private var circumstances: [String] {
    let scenario = experiment.points[0].resolved.scenario
    let percent = (spec.confidence * 100).shortest
    var lines = [
      "Design: \(spec.design.name), \(size).",
      "Measured from \(words(scenario.warmUp)) to \(words(scenario.horizon)) of simulated time.",
      "Intervals: \(percent) %, over \(spec.coupling.unitsOfIntervals).",
      spec.usesCommonRandomNumbers
        ? "All points use the same random streams, so that differences between them are paired."
        : "Each point has random streams of its own.",
    ]
    if let stopping = spec.stopping {
      lines.append(
        "A point has enough replications when its intervals are narrow enough; looks after "
          + stopping.looks.map(String.init).joined(separator: ", ") + ".")
    }
    if tables.failureCount > 0 {
      lines.append("\(tables.failureCount) runs have no result; failures.csv says why.")
    }
    return lines
  }

  private func words(_ duration: SimDuration) -> String {
    Axis(field: "", title: "", kind: .numbers, units: .steps(of: "s")).words(
      .number(duration.seconds))
  }

  /// What is assumed, and what is allowed and probably not meant.
  var assumptions: String {
    let cautions = experiment.points.prefix(Self.cautionedPoints).flatMap {
      $0.resolved.scenario.cautions.map(\.message)
    }
    var seen: Set<String> = []
    let messages = cautions.filter { seen.insert($0).inserted }
    let warnings =
      messages.isEmpty
      ? "<p>No point gives cause for a caution.</p>"
      : "<p>Cautions of the scenarios:</p>" + Markup.list(messages.map(Markup.text))
    return """
      <p>\(Markup.text(parameters.summary))</p>
      \(warnings)
      <p>What the model leaves out and what it takes as given stands, with sources, on the page
      <em>Assumptions</em> of the handbook; what its figures were checked against on
      <em>Validation</em>. A mark † says that a measure rests on a figure that was looked for and not
      found; each replication draws such a figure from its range, so that intervals hold what is not
      known.</p>
      """
  }

  /// Cautions of more points are not looked for: each has to be resolved.
  private static let cautionedPoints = 1000

  /// The figures that nobody knows and that what figures show rests on.
  var unknowns: String {
    let shown = tables.figures.flatMap { $0.spec.shown(of: spec) }
    let measures = shown.isEmpty ? spec.measures : spec.measures.filter(shown.contains)
    let rows = parameters.entries.filter { $0.flag == .unknown }.compactMap { entry in
      let moved = measures.filter {
        spec.measureTable.isMoved($0, byParameterAt: entry.index)
      }
      guard !moved.isEmpty else { return nil as [String]? }
      let names = moved.prefix(6).map { index in
        let measure = spec.measureTable[index]
        return (measure.subjectName.isEmpty ? "" : "\(measure.subjectName): ") + measure.title
      }
      let rest = moved.count > names.count ? " and \(moved.count - names.count) more" : ""
      return [
        Markup.code(entry.path), Markup.text(entry.value), Markup.text(entry.systems),
        Markup.text(names.joined(separator: "; ") + rest), Markup.text(entry.note),
      ]
    }
    guard !rows.isEmpty else {
      return "<p>None: no measure that the figures show rests on an unknown figure.</p>"
    }
    return
      "<p>Each replication draws them, evenly in the logarithm. Set one with <code>--set</code> to "
      + "see what depends on it.</p>"
      + Markup.table("unknowns", ["parameter", "range", "of", "moves", "note"], rows)
  }
}
