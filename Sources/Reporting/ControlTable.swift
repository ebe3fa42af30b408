import Designs
import Results
import Specifications
import Statistics
import Worlds

/// The table with one row per point and measure of what controls make of its mean.
struct ControlTable {
  /// A measure beside the controls, over the means of groups of replications.
  private struct Controlled {
    var means: [GroupMeans]
    var variates: ControlVariates

    mutating func record(_ values: [Double], at replication: Int) {
      let completed = means.indices.compactMap { means[$0].add(values[$0], at: replication) }
      guard completed.count == values.count else { return }
      variates.record(completed[0], Array(completed.dropFirst()))
    }
  }

  private let spec: ExperimentSpec
  private let measures: [Int]
  private let none: [Controlled]
  private var controlled: [Controlled]

  /// Nothing recorded yet; nil for an experiment without controls.
  init?(_ spec: ExperimentSpec) {
    guard !spec.controls.isEmpty else { return nil }
    self.spec = spec
    measures = spec.measures.filter { !spec.controls.contains($0) }
    let means = GroupMeans(ofGroupsOf: spec.coupling.groupSize)
    let empty = Controlled(
      means: [GroupMeans](repeating: means, count: spec.controls.count + 1),
      variates: ControlVariates(controls: spec.controls.count))
    none = [Controlled](repeating: empty, count: measures.count)
    controlled = none
  }

  /// Adds a replication of a point.
  mutating func record(
    _ point: Experiment.Point, _ replication: Int, _ result: RunResult, drawn: [Double]
  ) {
    let scenario = point.resolved.scenario(drawing: drawn)
    let controls = spec.controls.compactMap { control in
      result.measures[control].flatMap { value in
        spec.measureTable.knownMean(of: control, in: scenario).map { value - $0 }
      }
    }
    guard controls.count == spec.controls.count else { return }
    for (index, measure) in measures.enumerated() {
      if let value = result.measures[measure] {
        controlled[index].record([value] + controls, at: replication)
      }
    }
  }

  /// The rows of a point whose replications are all recorded; what follows is of another point.
  mutating func rows(_ point: Experiment.Point) -> [[Table.Cell]] {
    defer { controlled = none }
    let single = spec.confidencePerLook(spec.confidence)
    return zip(measures, controlled).compactMap { index, controlled in
      let plain = controlled.variates.responses
      guard plain.count > 0 else { return nil }
      let found = controlled.variates.estimate(confidence: single)
      return PointTable.key(point, spec) + spec.measureCells(index)
        + [.number(plain.mean)] + .limits(of: plain, confidence: single) + [
          .init(found?.mean), .init(found?.interval.low), .init(found?.interval.high),
          .number(spec.confidence), .integer(plain.count), .init(found?.correlation),
          .init(found?.runsSaved),
        ]
    }
  }

  /// The table without rows.
  static func empty(_ spec: ExperimentSpec) -> Table {
    let student = PointTable.interval(of: "mean", spec)
    let controlled = PointTable.interval(of: "controlled mean", spec)
    let controls = spec.controls.map { spec.measureTable[$0].qualifiedName }.joined(separator: ", ")
    return Table(
      columns: PointTable.key(spec) + spec.measureColumns(unitOf: "means and limits") + [
        .init("mean", .number, "Mean over \(spec.coupling.unitsOfIntervals)."),
        .init("ci_low", .number, "Lower limit of \(student)."),
        .init("ci_high", .number, "Upper limit of \(student)."),
        .init("controlled_mean", .number, "Mean as the controls correct it: \(controls)."),
        .init("controlled_ci_low", .number, "Lower limit of \(controlled)."),
        .init("controlled_ci_high", .number, "Upper limit of \(controlled)."),
        .init("confidence", .number, "Confidence of the intervals."),
        .init(
          "n", .integer,
          "\(spec.coupling.groups) in which the measure and the controls have values."),
        .init(
          "correlation", .number, "Multiple correlation of the measure with the controls."),
        .init(
          "runs_saved", .number,
          "How many times fewer runs give a controlled interval as wide as the plain one."),
      ])
  }
}
