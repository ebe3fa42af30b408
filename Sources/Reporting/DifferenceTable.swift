import Designs
import Results
import Running
import Specifications
import Statistics

/// The table with one row per point and measure of what it differs in from its reference, run by run.
enum DifferenceTable {
  static func empty(_ spec: ExperimentSpec) -> Table {
    let interval = PointTable.interval(of: "paired difference", spec)
    return Table(
      columns: PointTable.key(spec)
        + spec.measureColumns(unitOf: "difference, limits and standard deviation") + [
          .init(
            "difference", .number,
            "Mean over replications of the value at this point less that at its reference."),
          .init(
            "ci_low", .number,
            "Lower limit of \(interval)."),
          .init(
            "ci_high", .number,
            "Upper limit of \(interval)."),
          .init("confidence", .number, "Confidence of the interval."),
          .init(
            "n", .integer,
            "\(spec.coupling.groups) in which the measure has a value at both points."),
          .init("sd", .number, "Standard deviation of the differences."),
          .init("reference", .integer, "Number of the reference, from 0."),
        ])
  }

  /// The rows of a point.
  ///
  /// - Parameter reference: the number of its reference, which is another point.
  static func rows(
    _ point: Experiment.Point, _ reference: Experiment.Point, _ stored: StoredRuns,
    _ spec: ExperimentSpec
  ) throws -> [[Table.Cell]] {
    var tallies = spec.noTallies
    try stored.forEach(of: point, beside: reference) { replication, here, there in
      for (index, measure) in spec.measures.enumerated() {
        guard let value = here.measures[measure], let other = there.measures[measure] else {
          continue
        }
        tallies[index].record(value - other, at: replication)
      }
    }
    return spec.measures.indices.filter { tallies[$0].means.count > 0 }.map { index in
      let tally = tallies[index].means
      return PointTable.key(point, spec) + spec.measureCells(spec.measures[index])
        + .estimate(tally, confidence: spec.confidence, spec) + [
          .integer(tally.count), .init(tally.standardDeviation), .integer(reference.index),
        ]
    }
  }
}
