import Specifications

/// Where the values of measures stand in a table of runs.
struct RunColumns {
  /// So many cells tell a row from the others.
  let keySize: Int
  /// How many rows a run has.
  let rowsOfRun: Int
  /// By the name of the subject: which of the measures stands in which column.
  private let columns: [String: [(index: Int, column: Int)]]
  private let isNamed: Bool

  /// nil if a column is missing.
  init?(of measures: [Int], _ spec: ExperimentSpec, _ header: [String]) {
    isNamed = !spec.subjectColumns.isEmpty
    keySize = spec.runKey.count
    let rows = spec.subjectRows.rows
    rowsOfRun = rows.count
    guard header.starts(with: spec.runKey.map(\.name)) else { return nil }
    var columns = Dictionary(uniqueKeysWithValues: rows.map { ($0.subjectName, [(Int, Int)]()) })
    for (index, measure) in measures.enumerated() {
      let entry = spec.measureTable[measure]
      guard let column = header.firstIndex(of: entry.name) else { return nil }
      columns[entry.subjectName]?.append((index, column))
    }
    self.columns = columns
  }

  /// What stands in a row; nil if it is of no subject.
  func columns(ofRow cells: [String]) -> [(index: Int, column: Int)]? {
    columns[isNamed ? cells[keySize - 1] : ""]
  }
}
