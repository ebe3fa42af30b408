import Results
import Specifications

/// The figures of an experiment, drawn from its tables.
public enum Figures {
  /// Vega-Lite documents by file name.
  public static func documents(
    _ experiment: Experiment, _ report: Report
  ) -> [(path: String, content: String)] {
    zip(paths(experiment.spec), experiment.spec.figures).map { path, figure in
      (path, document(figure, experiment.spec, report).text)
    }
  }

  /// The paths of the documents, in their order.
  static func paths(_ spec: ExperimentSpec) -> [String] {
    spec.figures.enumerated().map { "figures/\($1.fileName(at: $0)).vl.json" }
  }

  /// The measures that the figures show.
  static func measures(_ spec: ExperimentSpec) -> [Int] {
    spec.measures.filter { index in
      spec.figures.contains { spec.measureTable[index].matches($0.pattern) }
    }
  }

  private static func document(
    _ figure: FigureSpec, _ spec: ExperimentSpec, _ report: Report
  ) -> JSON {
    func shown(_ table: Table) -> Table {
      figure.filter.reduce(table) { table, shown in
        table.filtered(column: axis(shown.path, spec).field, is: shown.cell)
      }
    }
    let points = shown(report.points).filtered(rows(of: figure, spec))
    let chart = Chart(
      title: spec.question,
      subtitle: "\(spec.replicationsText) replications, seed \(spec.seed); bars and bands: "
        + "\((spec.confidence * 100).shortest) % confidence; † rests on unknown figures",
      row: figure.row.map { axis($0, spec) })
    switch figure.kind {
    case .line:
      let measure = figure.shown(of: spec).first.map { spec.measureTable[$0] }
      return chart.lines(
        points, measure: measure?.name ?? figure.y, unit: measure?.unit ?? "",
        x: axis(figure.x, spec), color: figure.color.map { axis($0, spec) },
        logarithmic: figure.logarithmic)
    case .ladder:
      return chart.ladder(points, rungs: axis(figure.y, spec), stages: labels(figure, spec))
    case .bar:
      return chart.bars(points, bars: axis(figure.y, spec), parts: labels(figure, spec))
    case .path:
      let paths = Chart(
        title: spec.question, subtitle: "first replication, seed \(spec.seed)",
        row: figure.row.map { axis($0, spec) })
      guard let fees = report.fees.map(shown),
        let fee = FeePathSpec.columns.first(where: { $0.name == figure.y })
      else {
        preconditionFailure("a figure was not checked against its experiment")
      }
      return paths.path(
        fees.filtered(column: "replication", is: .integer(0)), fee: fee,
        color: figure.color.map { axis($0, spec) }, logarithmic: figure.logarithmic)
    }
  }

  /// Whether a row is of a measure that the figure shows.
  private static func rows(
    of figure: FigureSpec, _ spec: ExperimentSpec
  ) -> ([Table.Cell]) -> Bool {
    let shown = Set(figure.shown(of: spec).map { Array(spec.measureCells($0)) })
    let start = PointTable.key(spec).count
    let size = spec.subjectColumns.count + 2
    return { shown.contains(Array($0[start..<start + size])) }
  }

  private static func axis(_ path: String, _ spec: ExperimentSpec) -> Chart.Axis {
    if path == FigureSpec.subjectAxis {
      return Chart.Axis(field: path, title: path, isNumber: false)
    }
    guard let column = spec.factors.first(where: { $0.path == path })?.column else {
      preconditionFailure("a figure was not checked against its experiment")
    }
    return Chart.Axis(
      field: column.name, title: path + (column.unit.isEmpty ? "" : " [\(column.unit)]"),
      isNumber: column.kind == .number)
  }

  /// The measures that a figure shows, each with what its name has in place of the `*`.
  private static func labels(
    _ figure: FigureSpec, _ spec: ExperimentSpec
  ) -> [(measure: String, label: String)] {
    let pattern = figure.measures.split(separator: ".").last ?? ""
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    let shown = figure.shown(of: spec)
    // Several rollups have a measure of the same name.
    return SubjectRows(of: shown, in: spec.measureTable).columns.map { index in
      let name = spec.measureTable[index].name
      let label = name.dropFirst(parts.first?.count ?? 0).dropLast(parts.last?.count ?? 0)
      return (name, String(label))
    }
  }
}
