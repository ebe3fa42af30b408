import Results
import Running
import Specifications

/// The files of a finished experiment.
public enum ResultFiles {
  /// What was written.
  public struct Summary: Sendable {
    /// Rows of `points.csv`.
    public let points: Int
    /// Rows of `runs.csv`.
    public let runs: Int
    /// The paths of the files that belong to the result, without the manifest.
    public let files: [String]
    /// Runs without a result, in words, the first twenty of them.
    public let failures: [String]
    /// How many runs have no result.
    public let failureCount: Int
    /// How many points have all replications that a rule allows and are less precise than it wants.
    public let impreciseCount: Int
    /// Pictures of figures that have changed or gone, which were removed.
    public let removedPictures: [String]
  }

  /// The paths of all files that results of an experiment may have.
  public static func paths(_ experiment: Experiment) -> [String] {
    let spec = experiment.spec
    let tables = [
      ("points", true), ("runs", true), ("differences", spec.baseline != nil),
      ("controls", !spec.controls.isEmpty), ("fees", spec.feePaths != nil), ("failures", true),
    ]
    return tables.filter(\.1).map { "\($0.0).csv" } + ["datapackage.json", "manifest.json"]
      + Figures.paths(spec)
  }

  /// Writes tables, figures, description and manifest into a folder: all of them, or none.
  ///
  /// - Throws: `ResultFolder.Failure` if they cannot be written, `StoreFailure` or
  ///   `StoredRuns.Missing` if the runs cannot be read.
  public static func write(
    _ experiment: Experiment, from stored: StoredRuns, _ manifest: Manifest,
    into folder: ResultFolder
  ) throws -> Summary {
    let staged = folder.stage()
    var (pointCount, runCount) = (0, 0)
    var report: Report?
    let points = try staged.open("points.csv")
    let differences = try experiment.spec.baseline.map { _ in try staged.open("differences.csv") }
    let controls =
      experiment.spec.controls.isEmpty ? nil : try staged.open("controls.csv")
    try points.append(Table(columns: PointTable.columns(experiment.spec)).csv)
    try differences?.append(DifferenceTable.empty(experiment.spec).csv)
    try controls?.append(ControlTable.empty(experiment.spec).csv)
    // Figures of single runs and of differences need rows that are not kept otherwise.
    let keepsRuns = Figures.areAny(of: [.histogram, .ecdf], experiment.spec)
    let keepsDifferences = Figures.areAny(of: [.differences], experiment.spec)
    var kept: (runs: [[Table.Cell]], differences: [[Table.Cell]]) = ([], [])
    try staged.write("runs.csv") { file in
      try file.append(Table(columns: RunTable(experiment).columns).csv)
      report = try Report(
        experiment, from: stored, row: { (line: $0.csvLine, cells: keepsRuns ? $0 : []) },
        pointRow: \.csvLine,
        sinks: .init(
          onPoint: { line in
            pointCount += 1
            try points.append(line)
          },
          onDifference: { row in
            if keepsDifferences { kept.differences.append(row) }
            try differences?.append(row.csvLine)
          },
          onControl: { try controls?.append($0.csvLine) },
          onRun: { row in
            runCount += 1
            if keepsRuns { kept.runs.append(row.cells) }
            try file.append(row.line)
          }),
        keeping: Figures.measures(experiment.spec))
    }
    guard let report else { preconditionFailure("a report that was not made") }
    try staged.finish("points.csv", points)
    if let differences { try staged.finish("differences.csv", differences) }
    if let controls { try staged.finish("controls.csv", controls) }
    for (name, table) in report.tables where ["fees", "failures"].contains(name) {
      try staged.write("\(name).csv", table.csv)
    }
    try staged.write("datapackage.json", package(experiment, report).text)
    var drawn = report
    drawn.keep(runs: kept.runs, differences: kept.differences)
    for figure in Figures.documents(experiment, drawn, jobs: stored.jobs) {
      try staged.write(figure.path, figure.content)
    }
    let files = staged.hashes.map(\.path)
    try staged.write("manifest.json", manifest.json(files: staged.hashes).text)
    let pictures = try staged.replaceFormer(as: manifest.owner)
    return Summary(
      points: pointCount, runs: runCount, files: files,
      failures: report.failures.rows.prefix(20).map { describe($0, experiment) },
      failureCount: report.failures.rows.count, impreciseCount: report.impreciseCount,
      removedPictures: pictures)
  }

  private static func package(_ experiment: Experiment, _ report: Report) -> JSON {
    let spec = experiment.spec
    let measureKey = (PointTable.key(spec) + spec.subjectColumns).map(\.name) + ["measure"]
    let keys = [
      "points": measureKey, "differences": measureKey, "controls": measureKey,
      "runs": spec.runKey.map(\.name), "fees": ["point", "replication", "time_s"],
    ]
    return DataPackage.descriptor(
      name: experiment.spec.name.lowercased(), title: experiment.spec.question,
      resources: report.tables.map { name, table in
        .init(
          name: name, path: "\(name).csv", table: table,
          primaryKey: keys[name] ?? ["point", "replication"])
      })
  }

  private static func describe(_ row: [Table.Cell], _ experiment: Experiment) -> String {
    let factors = experiment.spec.factors
    let levels = zip(factors, row.dropFirst(2)).map { "\($0.path) = \($1.text)" }
    let setting = levels.isEmpty ? "" : " (\(levels.joined(separator: ", ")))"
    return "point \(row[0].text)\(setting), replication \(row[1].text): \(row[row.count - 1].text)"
  }
}

extension Report {
  /// The tables by the names of their files, in the order of the description.
  fileprivate var tables: [(name: String, table: Table)] {
    [("points", points), ("runs", runs)] + (fees.map { [("fees", $0)] } ?? [])
      + (differences.map { [("differences", $0)] } ?? [])
      + (controls.map { [("controls", $0)] } ?? [])
      + (failures.rows.isEmpty ? [] : [("failures", failures)])
  }
}
