import Charts
import Results
import Specifications
import Statistics

/// One figure of an experiment on its way to a document.
struct FigureDrawing {
  private let figure: FigureSpec
  private let spec: ExperimentSpec
  private let report: Report

  init(of figure: FigureSpec, _ spec: ExperimentSpec, _ report: Report) {
    self.figure = figure
    self.spec = spec
    self.report = report
  }

  /// The figure as a Vega-Lite document.
  var document: JSON {
    let (color, row) = (figure.color.map(spec.axis), figure.row.map(spec.axis))
    let chart = Chart(
      title: figure.title ?? spec.question, subtitle: subtitle, row: row, layout: layout)
    switch figure.kind {
    case .line:
      return chart.lines(
        points, measure: measures("y", [figure.y]), x: factor("x", figure.x),
        color: color, logarithmic: figure.logarithmic)
    case .ladder:
      var time = measures("x", figure.measures)
      if figure.axis("x")?.title == nil { time.title = "Time since submission" + statistic }
      return chart.ladder(points, time: time, rungs: factor("y", figure.y), stages: labels)
    case .bar:
      return chart.bars(
        points, amount: measures("x", figure.measures), bars: factor("y", figure.y), parts: labels)
    case .quantiles:
      return chart.quantiles(
        points, amount: measures("x", figure.measures), lanes: factor("y", figure.y),
        parts: labels, isLogarithmic: figure.logarithmic.contains("x"))
    case .heatMap:
      return chart.heatMap(
        points, measure: measures("color", figure.measures), x: factor("x", figure.x),
        y: factor("y", figure.y))
    case .differences:
      return chart.differences(
        shown(report.differences).filtered(isShown(behind: PointTable.key(spec).count)),
        measure: measures("x", figure.measures), lanes: factor("y", figure.y), color: color)
    case .histogram, .ecdf:
      return chart.runs(
        shown(report.runs), measure: measures("x", [figure.x]), color: color,
        isCumulative: figure.kind == .ecdf, isLogarithmic: figure.logarithmic.contains("x"))
    case .frontier:
      return chart.frontier(
        points, x: measures("x", [figure.x]), y: measures("y", [figure.y]), color: color,
        key: (PointTable.key(spec) + spec.subjectColumns).map(\.name),
        logarithmic: figure.logarithmic, unbeaten: Frontier.unbeaten)
    case .tornado:
      return chart.tornado(
        points, measure: measures("x", [figure.x]),
        factors: spec.factors.map { spec.axis($0.path) })
    case .path:
      let samples = shown(report.fees).filtered(column: "replication", is: .integer(0))
      return chart.path(
        samples, time: fee("x", FeePathSpec.columns[0].name), fee: fee("y", figure.y),
        color: color, logarithmic: figure.logarithmic)
    }
  }

  private var subtitle: String {
    let levels = figure.filter.map { shown in
      let axis = spec.axis(shown.path)
      return "; \(axis.title.lowercasedFirst): \(axis.words(shown.cell.json))"
    }.joined()
    if figure.kind == .path { return "first replication, seed \(spec.seed)\(levels)" }
    let start = "\(spec.replicationsText) replications, seed \(spec.seed)\(levels)"
    let hasIntervals = ![.heatMap, .histogram, .ecdf, .tornado].contains(figure.kind)
    let percent = (spec.confidence * 100).shortest
    let isStack = figure.kind == .bar && figure.shown(of: spec).count > 1
    return hasIntervals && !isStack ? "\(start); intervals: \(percent) % confidence" : start
  }

  private var layout: Chart.Layout {
    var layout = Chart.Layout()
    if figure.size.count == 2 { (layout.width, layout.height) = (figure.size[0], figure.size[1]) }
    layout.formats = figure.formats
    return layout
  }

  /// The rows of a table that the filter leaves.
  private func shown(_ table: Table?) -> Table {
    guard let table else { preconditionFailure("a figure was not checked against its experiment") }
    return figure.filter.reduce(table) { table, shown in
      table.filtered(column: spec.axis(shown.path).field, is: shown.cell)
    }
  }

  private var points: Table {
    shown(report.points).filtered(isShown(behind: PointTable.key(spec).count))
  }

  /// Whether a row is of a measure that the figure shows.
  ///
  /// - Parameter start: the place of the columns that say of which measure it is.
  private func isShown(behind start: Int) -> ([Table.Cell]) -> Bool {
    let shown = Set(figure.shown(of: spec).map { Array(spec.measureCells($0)) })
    let size = spec.subjectColumns.count + 2
    return { shown.contains(Array($0[start..<start + size])) }
  }

  private func factor(_ channel: String, _ path: String) -> Axis {
    adapted(spec.axis(path), channel)
  }

  private func measures(_ channel: String, _ patterns: [String]) -> Axis {
    let shown = figure.shown(patterns, of: spec)
    // A pattern of lines and runs means the first measure that is reported.
    let isOne = [.line, .histogram, .ecdf, .frontier, .tornado].contains(figure.kind)
    return adapted(spec.axis(of: isOne ? Array(shown.prefix(1)) : shown), channel)
  }

  private func fee(_ channel: String, _ name: String) -> Axis {
    guard let column = FeePathSpec.columns.first(where: { $0.name == name }) else {
      preconditionFailure("a figure was not checked against its experiment")
    }
    return adapted(
      Axis(
        field: name, title: FeePathSpec.title(of: column), kind: .numbers,
        units: .steps(of: column.unit)), channel)
  }

  /// An axis with what the figure says of it.
  private func adapted(_ axis: Axis, _ channel: String) -> Axis {
    var axis = axis
    let said = figure.axis(channel)
    axis.title = said?.title ?? axis.title
    axis.unit = axis.units.first { $0.symbol == said?.unit && said?.unit != nil }
    axis.range = figure.range(along: channel, spec)
    return axis
  }

  /// What the titles of the shown measures have behind a comma, if it is the same.
  private var statistic: String {
    let ends = figure.shown(of: spec).map { index in
      spec.measureTable[index].title.split(separator: ",").dropFirst().joined(separator: ",")
    }
    guard let end = ends.first, ends.allSatisfy({ $0 == end }), !end.isEmpty else { return "" }
    return ",\(end)"
  }

  /// The measures that the figure shows, each with what its name has in place of the `*`, or else with its
  /// title.
  private var labels: [(measure: String, label: String)] {
    let shown = figure.shown(of: spec)
    let pattern = figure.measures.count == 1 ? figure.measures[0] : ""
    let name = pattern.split(separator: ".").last.map(String.init) ?? ""
    let parts = name.split(separator: "*", omittingEmptySubsequences: false)
    // Several rollups have a measure of the same name.
    let columns = SubjectRows(of: shown, in: spec.measureTable).columns
    let titles = columns.map { spec.measureTable[$0].title }.distinctParts
    return zip(columns, titles).map { index, title -> (measure: String, label: String) in
      let name = spec.measureTable[index].name
      // What stands for the star names stages and parts well, and quantiles badly.
      guard parts.count == 2, figure.kind != .quantiles else { return (name, title) }
      let label = String(name.dropFirst(parts[0].count).dropLast(parts[1].count))
      return (name, label.isEmpty ? title : label.replacing("_", with: " "))
    }
  }
}
