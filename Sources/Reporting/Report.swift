import Catalogue
import Results
import RunStore
import Running
import Specifications
import Statistics
import Worlds

/// The tables of a finished experiment.
public struct Report: Sendable {
  /// One row per point and measure.
  public private(set) var points: Table
  /// One row per point and replication, and subject where the scenario names rollups; without rows where
  /// they went elsewhere.
  public private(set) var runs: Table
  /// One row per sample of the fees that were kept; nil if the experiment asks for none.
  public private(set) var fees: Table?
  /// One row per point and measure of the difference from the point's reference; nil without a
  /// baseline.
  public private(set) var differences: Table?
  /// One row per point and measure of what controls make of its mean; nil without controls.
  public private(set) var controls: Table?
  /// One row per run that has no result.
  public private(set) var failures: Table
  /// How many points have all replications that a rule allows and are less precise than it wants.
  public private(set) var impreciseCount = 0

  /// Where rows go as they are made.
  struct Sinks<Row, PointRow> {
    let onPoint: (PointRow) throws -> Void
    let onDifference: ([Table.Cell]) throws -> Void
    let onControl: ([Table.Cell]) throws -> Void
    let onRun: (Row) throws -> Void
  }

  /// Runs an experiment in memory and builds its tables.
  ///
  /// - Parameters:
  ///   - jobs: threads that work; results do not depend on it.
  ///   - onProgress: gets how many runs are done, with the shares of long ones that go on.
  /// - Throws: `InvalidInput` if pilot runs are to find a warm-up and do not.
  public init(
    running experiment: Experiment, jobs: Int = 1,
    onProgress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws {
    let experiment = try experiment.findingWarmUp(jobs: jobs)
    let store = try RunStore(RunStore.inMemory, mayWrite: true)
    try Sweep(experiment, in: store, jobs: jobs, onProgress: onProgress).run()
    try self.init(experiment, from: StoredRuns(experiment, in: [store], jobs: jobs))
  }

  /// Builds the tables and keeps all rows.
  public init(_ experiment: Experiment, from stored: StoredRuns) throws {
    var (runs, differences, controls) = ([[Table.Cell]](), [[Table.Cell]](), [[Table.Cell]]())
    try self.init(
      experiment, from: stored, row: \.self, pointRow: { _ in },
      sinks: .init(
        onPoint: {}, onDifference: { differences.append($0) },
        onControl: { controls.append($0) }, onRun: { runs.append($0) }),
      keeping: experiment.spec.measures)
    keep(runs: runs, differences: differences)
    for row in controls { self.controls?.append(row) }
  }

  /// Adds rows that went elsewhere and that figures need.
  mutating func keep(runs: [[Table.Cell]], differences: [[Table.Cell]]) {
    for row in runs { self.runs.append(row) }
    for row in differences { self.differences?.append(row) }
  }

  /// Builds the tables, some points after others: memory holds the rows of these, and of all `points` those of
  /// some measures.
  ///
  /// - Parameters:
  ///   - row: makes what is wanted of a row of `runs`, on several threads.
  ///   - pointRow: makes what is wanted of a row of `points`, on several threads.
  ///   - sinks: get all rows, in order.
  ///   - measures: those whose rows of `points` are kept.
  init<Row: Sendable, PointRow: Sendable>(
    _ experiment: Experiment, from stored: StoredRuns,
    row: @escaping @Sendable ([Table.Cell]) -> Row,
    pointRow: @escaping @Sendable ([Table.Cell]) -> PointRow, sinks: Sinks<Row, PointRow>,
    keeping measures: [Int]
  ) throws {
    let kept = Set(measures)
    let runTable = RunTable(experiment)
    points = Table(columns: PointTable.columns(experiment.spec))
    runs = Table(columns: runTable.columns)
    fees = experiment.spec.feePaths.map { _ in FeeTable.empty(experiment.spec) }
    failures = Table(columns: FailureTable.columns(experiment.spec))
    let numbers = experiment.spec.baseline.map { _ in experiment.numbers }
    differences = numbers.map { _ in DifferenceTable.empty(experiment.spec) }
    var controlTable = ControlTable(experiment.spec)
    controls = controlTable.map { _ in ControlTable.empty(experiment.spec) }
    let makeRows: @Sendable (Experiment.Point, Int, RunOutcome) -> [Row] = {
      point, replication, outcome in
      guard case .success(let result) = outcome.result else { return [] }
      return runTable.rows(point, replication, result, drawn: outcome.drawn).map(row)
    }
    let noTallies = PointTallies(experiment.spec)
    var tallies = noTallies
    var finished: [(point: Experiment.Point, tallies: PointTallies)] = []
    /// Adds a piece of a point's runs, and whatever is said of a point when it is at its end.
    func add(_ block: StoredRuns.Block<[Row]>) throws {
      let point = block.point
      for (replication, outcome, rows) in block.runs {
        switch outcome.result {
        case .failure(let failure):
          failures.append(FailureTable.row(point, replication, failure))
        case .success(let result):
          tallies.record(result, at: replication)
          controlTable?.record(point, replication, result, drawn: outcome.drawn)
          for row in rows { try sinks.onRun(row) }
          for row in FeeTable.rows(point, replication, result) { fees?.append(row) }
        }
      }
      guard block.endsPoint else { return }
      if !block.isMet { impreciseCount += 1 }
      finished.append((point, tallies))
      tallies = noTallies
      for row in controlTable?.rows(point) ?? [] { try sinks.onControl(row) }
      guard let baseline = experiment.spec.baseline,
        let reference = numbers?[baseline.reference(of: point, experiment.spec)],
        reference != point.index
      else { return }
      let rows = try DifferenceTable.rows(
        point, experiment.points[reference], stored, experiment.spec)
      for row in rows { try sinks.onDifference(row) }
    }
    try stored.forEachPiece(prepare: makeRows) { blocks in
      finished = []
      for block in blocks { try add(block) }
      let rows = PointTable.rows(finished, experiment.spec, jobs: stored.jobs) { measure, row in
        (cells: kept.contains(measure) ? row : nil, made: pointRow(row))
      }
      for row in rows {
        if let cells = row.cells { points.append(cells) }
        try sinks.onPoint(row.made)
      }
    }
  }

  /// What tells a run from the others of its experiment.
  package static let runKey: [Table.Column] = [
    .init("point", .integer, "Number of the design point, from 0."),
    .init("replication", .integer, "Number of the replication, from 0."),
  ]

  /// The cells of that key.
  static func runKey(_ point: Experiment.Point, _ replication: Int) -> [Table.Cell] {
    [.integer(point.index), .integer(replication)]
  }
}
