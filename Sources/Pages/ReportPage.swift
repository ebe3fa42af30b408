import Analysing
import Foundation
import Reporting
import Results
import Specifications

/// One result as a page that needs no other file and no network: question, design, figures to look into,
/// tables, every parameter with its source, and how to make it again.
public struct ReportPage {
  /// The name of its file in the folder of the result.
  public static let file = ResultFolder.reportFile

  let recorded: RecordedExperiment
  let experiment: Experiment
  let tables: RecordedTables
  let parameters: ParameterList
  var spec: ExperimentSpec { experiment.spec }

  /// Whether a folder holds the result of a search, of which there is no report.
  public static func isOfSearch(_ folder: ResultFolder) -> Bool {
    let recorded = try? RecordedExperiment("manifest.json", in: folder)
    return recorded?.command.dropFirst().first == Manifest.Command.optimise.rawValue
  }

  /// Reads the result of a sweep.
  ///
  /// - Throws: `RecordedExperiment.Unusable` if there is none or it was changed, `InvalidInput` if this
  ///   program does not understand its specification.
  public init(of folder: ResultFolder) throws {
    recorded = try RecordedExperiment("manifest.json", in: folder)
    guard recorded.command.dropFirst().first == Manifest.Command.sweep.rawValue else {
      throw RecordedExperiment.Unusable(
        description: "'\(recorded.path)' is of a search; a report is of a sweep")
    }
    experiment = try recorded.experiment()
    let present = Manifest(experiment, settings: recorded.settings, inputs: recorded.inputs)
    guard present.specificationHash == recorded.specificationHash else {
      throw RecordedExperiment.Unusable(
        description:
          "'\(recorded.path)': this program resolves the specification to other values than "
          + "rollsim \(recorded.version) did; make the report with that, or the result again")
    }
    tables = try RecordedTables(folder, recorded, experiment)
    parameters = ParameterList(of: experiment)
  }

  /// The page.
  ///
  /// - Parameter scripts: those of Vega, Vega-Lite and Vega-Embed.
  public func html(scripts: String) -> String {
    let sections = [
      ("design", "Design", design), ("figures", "Figures", figures),
      ("explore", "Explore", Self.explorer), ("differences", "Paired differences", differences),
      ("unknown", "Unknown figures that matter", unknowns),
      ("parameters", "Parameters", parameters.html),
      ("assumptions", "Assumptions and cautions", assumptions),
      ("provenance", "Provenance", provenance),
    ]
    let links = sections.map { "<a href=\"#\($0.0)\">\($0.1)</a>" }.joined(separator: "\n")
    let body =
      """
      <header><p class="name">\(Markup.text(spec.name))</p>
      <h1>\(Markup.text(spec.question.isEmpty ? spec.name : spec.question))</h1>
      <p class="size">\(Markup.text(size))</p></header>
      <nav>\(links)</nav>
      <div id="filters" class="filters"></div>
      <main>

      """ + sections.map(Markup.section).joined() + """
        </main>
        <footer>Made by 'rollsim report' of a result of rollsim \(Markup.text(recorded.version)), with Vega, Vega-Lite and Vega-Embed (BSD
        3-Clause). The page is complete: it loads nothing.</footer>
        <noscript>Figures and tables of measures need JavaScript; the same numbers stand in
        points.csv beside this page.</noscript>

        """
    return Markup.page(
      ResultFolder.reportMark, title: "\(spec.name) · rollsim",
      // Modules run one after the other.
      body: body + Markup.data("result", data) + Markup.module(scripts)
        + Markup.module(Asset.scripts))
  }

  /// How large the experiment is, in a line.
  var size: String {
    let points = experiment.points.count
    let count = spec.replicationsText
    return
      "\(points) point\(points == 1 ? "" : "s") × \(count) replication\(count == "1" ? "" : "s"), "
      + "\(spec.measures.count) measures, seed \(spec.seed)"
  }

  private static let explorer = """
    <p>Any measure over any factor. Drag over points to keep the rows of that range, in all panels; click
    outside to release them. A click on a name in the legend shows it alone, with Shift several.</p>
    <div id="controls" class="controls"></div>
    <p id="page-note" class="note"></p>
    <div id="explorer" class="chart"></div>
    <p id="table-note" class="note"></p>
    <div class="scroll"><table id="points" class="data"></table></div>
    """

  private var differences: String {
    """
    <p>\(Markup.text(tables.differenceNote))</p>
    <div id="difference-controls" class="controls"></div>
    <div class="scroll"><table id="difference-table" class="data"></table></div>
    """ + gaps
  }

  private var gaps: String {
    guard !tables.differenceGaps.isEmpty else { return "" }
    let list = Markup.list(tables.differenceGaps.map(Markup.text))
    return "<details class=\"note\"><summary>What is left out, and why</summary>\(list)</details>"
  }

  private var figures: String {
    guard !tables.figures.isEmpty else { return "<p>The experiment draws no figure.</p>" }
    let charts = tables.figures.enumerated().map { number, figure in
      """
      <figure id="figure-\(Markup.text(figure.name))"><div class="chart" data-figure="\(number)"
      role="img" aria-label="\(Markup.text(figure.name))"></div></figure>
      """
    }
    return
      "<p>Point at a mark for its numbers. Drag to move along the axes, Ctrl and wheel to zoom, "
      + "double-click for all again. The filters above hide levels in figures and tables that show "
      + "them.</p>\n"
      + charts.joined(separator: "\n")
  }
}
