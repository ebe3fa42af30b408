import Results
import Specifications

extension ExperimentSpec {
  /// The column that says whose a row is; none where the scenario names no rollup.
  package var subjectColumns: [Table.Column] {
    guard measureTable.shape.isNamed else { return [] }
    return [
      .init(
        "rollup", .string, "Name of the rollup or service; empty for what is of several of them.")
    ]
  }

  /// What tells the rows of a table of runs from each other.
  package var runKey: [Table.Column] { Report.runKey + subjectColumns }

  /// The columns that name the measure of a row.
  ///
  /// - Parameter quantities: what has the unit of the measure.
  package func measureColumns(unitOf quantities: String) -> [Table.Column] {
    subjectColumns + [
      .init("measure", .string, "Name of the measure."),
      .init("unit", .string, "Unit of \(quantities)."),
    ]
  }

  /// The cells of those columns.
  package func measureCells(_ index: Int) -> [Table.Cell] {
    let entry = measureTable[index]
    return subjectCells(entry.subjectName) + [.string(entry.name), .string(entry.unit)]
  }

  /// The cell that says whose a row is; none where the scenario names no rollup.
  func subjectCells(_ name: String) -> [Table.Cell] {
    guard measureTable.shape.isNamed else { return [] }
    return [name.isEmpty ? .empty : .string(name)]
  }
}

extension MeasureTable.Entry {
  /// The column of a table of runs.
  package var column: Table.Column { .init(name, .number, unit: unit, meaning) }

  /// The column of a table that has measures of several subjects in one row.
  package var qualifiedColumn: Table.Column {
    .init(qualifiedName.replacing(".", with: "_"), .number, unit: unit, meaning)
  }
}
