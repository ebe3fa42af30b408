import Declarations
import Results
import Specifications
import Worlds

/// The table with one row per point and replication; where the scenario names rollups, one for each
/// subject.
struct RunTable {
  private let spec: ExperimentSpec
  private let subjects: SubjectRows
  /// The parameters that are unknown and read at some point, in the order of the parameter table.
  private let unknowns: [Parameter]

  init(_ experiment: Experiment) {
    spec = experiment.spec
    subjects = spec.subjectRows
    var unknown: Set<String> = []
    for point in experiment.points {
      unknown.formUnion(point.resolved.unknowns.map(\.parameter.path))
    }
    unknowns = spec.request.shape.parameters.filter { unknown.contains($0.path) }
  }

  var columns: [Table.Column] {
    spec.runKey + spec.factors.map(\.column)
      + subjects.columns.map { spec.measureTable[$0].column } + unknowns.map(Self.drawnColumn) + [
        .init("events", .integer, "Events executed."),
        .init("fingerprint", .string, "Hash of the trajectory, in hexadecimal."),
      ]
  }

  /// How many rows a run has.
  var rowsOfRun: Int { subjects.rows.count }

  func rows(
    _ point: Experiment.Point, _ replication: Int, _ result: RunResult, drawn: [Double]
  ) -> [[Table.Cell]] {
    subjects.rows.map { row(of: $0, point, replication, result, drawn) }
  }

  private func row(
    of subject: SubjectRows.Row, _ point: Experiment.Point, _ replication: Int,
    _ result: RunResult, _ drawn: [Double]
  ) -> [Table.Cell] {
    // One array from the start: a table may have a million of these.
    var row = Report.runKey(point, replication)
    row.reserveCapacity(5 + point.levels.count + subject.measures.count + unknowns.count)
    row += spec.subjectCells(subject.subjectName)
    for level in point.levels { row.append(level.cell) }
    for measure in subject.measures { row.append(.init(measure.flatMap { result.measures[$0] })) }
    if !unknowns.isEmpty {
      let values = zip(point.resolved.unknowns.map(\.parameter.path), drawn)
      for unknown in unknowns {
        row.append(.init(values.first { $0.0 == unknown.path }?.1))
      }
    }
    row.append(.integer(Int(result.events)))
    row.append(.string(Self.hexadecimal(result.fingerprint)))
    return row
  }

  private static func drawnColumn(_ parameter: Parameter) -> Table.Column {
    .init(
      "drawn_" + parameter.numberColumn, .number, unit: parameter.kind.unit,
      "Value drawn from the range of an unknown figure. \(parameter.summary)")
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
