import Catalogue
import Results
import Statistics
import Worlds

/// The tables of a finished experiment.
public struct Report: Sendable {
  /// One row per point and measure.
  public let points: Table
  /// One row per point and replication.
  public let runs: Table
  /// One row per sample of the fees that were kept; nil if the experiment asks for none.
  public let fees: Table?

  /// Builds the tables.
  ///
  /// - Parameter outcomes: of all runs, in the order of `Runner.run`, none of them failed.
  public init(_ experiment: Experiment, _ outcomes: [RunOutcome]) {
    let runs = Self.runTable(experiment, outcomes)
    self.runs = runs
    points = Self.pointTable(experiment, outcomes)
    fees = experiment.spec.feePaths.map { _ in Self.feeTable(experiment, outcomes) }
  }

  // MARK: One row per point and measure

  private static func pointTable(_ experiment: Experiment, _ outcomes: [RunOutcome]) -> Table {
    let spec = experiment.spec
    let confidence = (spec.confidence * 100).shortest
    var table = Table(
      columns: spec.factors.map(\.column) + [
        .init("measure", .string, "Name of the measure."),
        .init("unit", .string, "Unit of mean, limits and standard deviation."),
        .init("mean", .number, "Mean over replications."),
        .init("ci_low", .number, "Lower limit of Student's \(confidence) % interval of the mean."),
        .init("ci_high", .number, "Upper limit of Student's \(confidence) % interval of the mean."),
        .init("confidence", .number, "Confidence of the interval."),
        .init("n", .integer, "Replications in which the measure has a value."),
        .init("sd", .number, "Standard deviation between replications."),
        .init(
          "basis", .string,
          "The worst of what the measure rests on: documented, estimated, or unknown figures, which "
            + "each replication draws from their range."),
      ])
    for (index, point) in experiment.points.enumerated() {
      for measure in spec.measures {
        let tally = tally(of: measure, at: index, experiment, outcomes)
        guard tally.count > 0 else { continue }
        table.append(point.levels.map(\.cell) + row(measure, tally, point, spec))
      }
    }
    return table
  }

  private static func row(
    _ index: Int, _ tally: Tally, _ point: Experiment.Point, _ spec: ExperimentSpec
  ) -> [Table.Cell] {
    let measure = Measure.all[index]
    let interval = ConfidenceInterval(meanOf: tally, confidence: spec.confidence)
    return [
      .string(measure.name), .string(measure.unit), .number(tally.mean), .init(interval?.low),
      .init(interval?.high), .number(spec.confidence), .integer(tally.count),
      .init(tally.standardDeviation),
      .string(point.resolved.basis(of: measure).rawValue),
    ]
  }

  /// The values of a measure over the replications of a point.
  public static func tally(
    of measure: Int, at point: Int, _ experiment: Experiment, _ outcomes: [RunOutcome]
  ) -> Tally {
    let replications = experiment.spec.replications
    var tally = Tally()
    for outcome in outcomes[point * replications..<(point + 1) * replications] {
      if case .success(let result) = outcome.result, let value = result.measures[measure] {
        tally.record(value)
      }
    }
    return tally
  }

  // MARK: One row per run

  /// What tells a run from the others of its experiment.
  static let runKey: [Table.Column] = [
    .init("point", .integer, "Number of the design point, from 0."),
    .init("replication", .integer, "Number of the replication, from 0."),
  ]

  private static func runTable(_ experiment: Experiment, _ outcomes: [RunOutcome]) -> Table {
    let spec = experiment.spec
    let unknowns = unknownPaths(experiment)
    var table = Table(
      columns: runKey + spec.factors.map(\.column)
        + spec.measures.map { Measure.all[$0].column }
        + unknowns.map(drawnColumn) + [
          .init("events", .integer, "Events executed."),
          .init("fingerprint", .string, "Hash of the trajectory, in hexadecimal."),
        ])
    for (index, outcome) in outcomes.enumerated() {
      guard case .success(let result) = outcome.result else { continue }
      let (pointIndex, replication) = experiment.place(ofRun: index)
      let point = experiment.points[pointIndex]
      let drawn = zip(point.resolved.unknowns.map(\.parameter.path), outcome.drawn)
      table.append(
        [.integer(pointIndex), .integer(replication)] + point.levels.map(\.cell)
          + spec.measures.map { .init(result.measures[$0]) }
          + unknowns.map { path in .init(drawn.first { $0.0 == path }?.1) } + [
            .integer(Int(result.events)), .string(hexadecimal(result.fingerprint)),
          ])
    }
    return table
  }

  /// The parameters that are unknown at some point, in the order of the parameter table.
  private static func unknownPaths(_ experiment: Experiment) -> [String] {
    let unknown = Set(
      experiment.points.flatMap { $0.resolved.unknowns.map(\.parameter.path) })
    return Parameter.all.map(\.path).filter(unknown.contains)
  }

  private static func drawnColumn(_ path: String) -> Table.Column {
    guard let parameter = Parameter.named(path) else {
      preconditionFailure("an unknown value without a parameter")
    }
    return .init(
      "drawn_" + parameter.numberColumn, .number, unit: parameter.kind.unit,
      "Value drawn from the range of an unknown figure. \(parameter.summary)")
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Measure {
  /// The column of a table of runs.
  var column: Table.Column { .init(name, .number, unit: unit, meaning) }
}
