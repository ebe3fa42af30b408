import Analysing
import Digest
import Reporting
import Results
import Specifications

/// The tables and figures of a result, as its files have them.
struct RecordedTables {
  /// A figure that the specification asks for.
  struct Figure {
    /// The name of its file, without its end.
    let name: String
    /// The Vega-Lite document.
    let document: String
    let spec: FigureSpec
  }

  /// More text than this is not put into a page: browsers would stumble over it [bytes].
  private static let largest = 16 << 20

  /// `points.csv`, or the rows of it that a page has room for.
  private(set) var points: String
  /// What is left out of the points; empty for nothing.
  private(set) var pointNote = ""
  let figures: [Figure]
  /// Paired differences as CSV; empty if there are none.
  private(set) var differences = ""
  /// What they are.
  private(set) var differenceNote: String
  /// What is left out of them and why.
  private(set) var differenceGaps: [String] = []
  /// How many runs have no result.
  let failureCount: Int

  /// Reads the files, each of which has to be as its manifest says.
  init(
    _ folder: ResultFolder, _ recorded: RecordedExperiment, _ experiment: Experiment
  ) throws(RecordedExperiment.Unusable) {
    points = try Self.read("points.csv", folder, recorded)
    _ = try Self.read("runs.csv", folder, recorded)
    let hasFailures = recorded.files["failures.csv"] != nil
    failureCount =
      hasFailures
      ? try Self.read("failures.csv", folder, recorded).split(separator: "\n").count - 1 : 0
    var figures: [Figure] = []
    for (index, figure) in experiment.spec.figures.enumerated() {
      let name = figure.fileName(at: index)
      let document = try Self.read("figures/\(name).vl.json", folder, recorded)
      figures.append(Figure(name: name, document: document, spec: figure))
    }
    self.figures = figures
    if recorded.files["differences.csv"] != nil {
      differences = try Self.read("differences.csv", folder, recorded)
      differenceNote =
        "Mean over replications of the value at a point less that at its reference, run by run."
    } else {
      differenceNote = ""
      setEffects(folder, experiment)
    }
    shorten(experiment.spec, to: Self.largest)
  }

  private static func read(
    _ path: String, _ folder: ResultFolder, _ recorded: RecordedExperiment
  ) throws(RecordedExperiment.Unusable) -> String {
    let name = folder.url.appendingPathComponent(path).relativePath
    guard let hash = recorded.files[path], let text = folder.read(path) else {
      throw .init(description: "there is no '\(name)'; expected the folder of a finished sweep")
    }
    guard SHA256.hexadecimal(of: text.utf8) == hash else {
      throw .init(description: "'\(name)' was changed after it was written")
    }
    return text
  }

  /// Takes what each level of a factor changes from the first one, where no baseline was asked for.
  private mutating func setEffects(_ folder: ResultFolder, _ experiment: Experiment) {
    guard !Analysis.isSensitivity(experiment.spec) else {
      differenceNote = "The design is one for sensitivity indices, which 'rollsim analyse' prints."
      return
    }
    do {
      let effects = try Analysis.mainEffects(
        RecordedRuns(folder), confidence: experiment.spec.confidence)
      differences = effects.table.csv
      differenceNote =
        "What a level changes from the first one of its factor, on average over the settings of the "
        + "other factors at which the design has both, paired by replication."
      differenceGaps = effects.notes
    } catch {
      differenceNote = "None: \(error)."
    }
  }

  /// Leaves out rows that a page has no room for.
  ///
  /// - Parameter largest: the size of a table that it has room for [bytes].
  mutating func shorten(_ spec: ExperimentSpec, to largest: Int) {
    if differences.utf8.count > largest {
      differences = ""
      differenceNote = "Too many for a page; 'rollsim analyse' prints them."
    }
    guard points.utf8.count > largest else { return }
    let shown = Set(figures.flatMap { $0.spec.shown(of: spec) }.map { spec.measureTable[$0].name })
    let lines = points.split(separator: "\n", omittingEmptySubsequences: true)
    let header = CSVDifference.cells(String(lines[0]))
    let column = header.firstIndex(of: "measure") ?? 0
    var size = 0
    let kept = lines.dropFirst().filter { line in
      let measure = CSVDifference.cells(String(line))[column]
      guard shown.isEmpty || shown.contains(measure) else { return false }
      size += line.utf8.count
      return size <= largest
    }
    points = ([lines[0]] + kept).joined(separator: "\n") + "\n"
    pointNote =
      "This page has \(kept.count) of \(lines.count - 1) rows, the first of measures that figures show; "
      + "points.csv has all."
  }
}
