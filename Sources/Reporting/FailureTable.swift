import Results
import Running
import Specifications

/// The table with one row per run that has no result.
enum FailureTable {
  static func columns(_ spec: ExperimentSpec) -> [Table.Column] {
    Report.runKey + spec.factors.map(\.column) + [
      .init("reason", .string, "Why the run has no result.")
    ]
  }

  static func row(
    _ point: Experiment.Point, _ replication: Int, _ failure: RunOutcome.Failed
  ) -> [Table.Cell] {
    Report.runKey(point, replication) + point.levels.map(\.cell)
      + [.string(failure.description)]
  }
}
