import EventKernel
import Results
import Specifications
import Worlds

/// The fees of the settlement chain over time, one row per sample of each path that was kept.
public enum FeeTable {
  /// Whether a line of text is the header of such a table, whatever its factors.
  public static func isHeader(_ line: String) -> Bool {
    let names = line.split(separator: ",").map(String.init)
    return names.starts(with: Report.runKey.map(\.name))
      && names.suffix(FeePathSpec.columns.count) == FeePathSpec.columns.map(\.name)[...]
  }

  static func empty(_ spec: ExperimentSpec) -> Table {
    Table(columns: Report.runKey + spec.factors.map(\.column) + FeePathSpec.columns)
  }

  static func rows(
    _ point: Experiment.Point, _ replication: Int, _ result: RunResult
  ) -> [[Table.Cell]] {
    let key = Report.runKey(point, replication)
    let levels = point.levels.map(\.cell)
    let hasBlobs = point.resolved.scenario.settlement.hasBlobs
    return result.feePath.map { sample in
      key + levels + [
        .number((sample.time - .start).seconds), .integer(Int(clamping: sample.baseFee)),
        hasBlobs ? .integer(Int(clamping: sample.blobBaseFee)) : .empty,
        .number(sample.operatorsUSD),
      ]
    }
  }
}
