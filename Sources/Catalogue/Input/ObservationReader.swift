import Foundation
import Randomness
import Worlds

extension DistributionReader {
  /// Reads the column of a CSV file whose numbers are in the dimension's base unit.
  ///
  /// The name of the result holds the hash of the file, so that whatever is stored under it changes
  /// with the content.
  func observations(
    _ arguments: DistributionForm.Arguments, _ problems: inout [Problem]
  ) -> Distribution? {
    guard case .node(let file) = arguments.all.first, case .node(let column) = arguments.all.last,
      let path = file.text, let name = column.text,
      let table = InputTable.read(file, &problems)
    else { return nil }
    guard let index = table.column(name, &problems, else: column.problem) else { return nil }
    let found = problems.count
    var values: [Double] = []
    for row in table.rows where problems.count < found + 10 {
      let cell = row[index]
      if let value = cell.number, dimension.defect(of: value) == nil {
        values.append(value)
      } else {
        problems.append(cell.problem(path: file.path, expectation(instead: cell)))
      }
    }
    guard problems.count == found else { return nil }
    let digest = table.digest.prefix(16)
    let base = URL(fileURLWithPath: path).lastPathComponent
    return .empirical(
      Observations(
        name: "{file: \(base), column: \(name), sha256: \(digest)}", values: values))
  }

  /// What was expected in place of an observation that is none.
  private func expectation(instead cell: InputTable.Cell) -> String {
    if cell.text.isEmpty { return "the cell is empty" }
    let unit = dimension.baseUnit.isEmpty ? "" : ", in \(dimension.baseUnit) without the unit"
    let isTooLarge = cell.number.map { $0 > dimension.limit } ?? false
    let expected = isTooLarge ? dimension.limitExpectation : "expected a number of 0 or more\(unit)"
    return "\(expected); found '\(cell.text.excerpt())'"
  }
}
