import Declarations
import Results
import Specifications
import Worlds

/// The table with one row per point and replication.
struct RunTable {
  private let spec: ExperimentSpec
  /// The parameters that are unknown at some point, in the order of the parameter table.
  private let unknowns: [Parameter]

  init(_ experiment: Experiment) {
    spec = experiment.spec
    var unknown: Set<String> = []
    for point in experiment.points {
      unknown.formUnion(point.resolved.unknowns.map(\.parameter.path))
    }
    unknowns = spec.request.shape.parameters.filter { unknown.contains($0.path) }
  }

  var columns: [Table.Column] {
    Report.runKey + spec.factors.map(\.column) + spec.measures.map { spec.measureTable[$0].column }
      + unknowns.map(Self.drawnColumn) + [
        .init("events", .integer, "Events executed."),
        .init("fingerprint", .string, "Hash of the trajectory, in hexadecimal."),
      ]
  }

  func row(
    _ point: Experiment.Point, _ replication: Int, _ result: RunResult, drawn: [Double]
  ) -> [Table.Cell] {
    // One array from the start: a table may have a million of these.
    var row = Report.runKey(point, replication)
    row.reserveCapacity(4 + point.levels.count + spec.measures.count + unknowns.count)
    for level in point.levels { row.append(level.cell) }
    for measure in spec.measures { row.append(.init(result.measures[measure])) }
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

extension MeasureTable.Entry {
  /// The column of a table of runs.
  package var column: Table.Column { .init(name, .number, unit: unit, meaning) }
}
