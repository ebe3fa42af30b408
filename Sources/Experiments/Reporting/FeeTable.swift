import EventKernel
import Results
import Worlds

/// The fees of the settlement chain over time, as a table.
extension Report {
  static let feeColumns: [Table.Column] = [
    .init("time_s", .number, unit: "s", "Time since the start of the run, warm-up included."),
    .init(
      "base_fee_wei_per_gas", .integer, unit: "wei/gas",
      "Base fee of the next block at this time."),
    .init(
      "blob_base_fee_wei_per_gas", .integer, unit: "wei/gas",
      "Blob base fee of the next block at this time, per blob gas."),
  ]

  /// One row per sample of each path that was kept.
  static func feeTable(_ experiment: Experiment, _ outcomes: [RunOutcome]) -> Table {
    let factors = experiment.spec.factors.map(\.column)
    var table = Table(columns: runKey + factors + feeColumns)
    for (index, outcome) in outcomes.enumerated() {
      guard case .success(let result) = outcome.result else { continue }
      let (point, replication) = experiment.place(ofRun: index)
      let levels = experiment.points[point].levels.map(\.cell)
      let hasBlobs = experiment.points[point].resolved.scenario.settlement.hasBlobs
      for sample in result.feePath {
        table.append(
          [.integer(point), .integer(replication)] + levels + [
            .number((sample.time - .start).seconds), .integer(Int(clamping: sample.baseFee)),
            hasBlobs ? .integer(Int(clamping: sample.blobBaseFee)) : .empty,
          ])
      }
    }
    return table
  }
}
