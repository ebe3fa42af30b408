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
    guard let index = table.header.firstIndex(where: { $0.text == name }) else {
      let columns = table.header.map(\.text)
      problems.append(column.problem("no column has this name\(advice(for: name, among: columns))"))
      return nil
    }
    let found = problems.count
    var values: [Double] = []
    for row in table.rows where problems.count < found + 10 {
      let cell = row[index]
      if let value = Double(cell.text), dimension.defect(of: value) == nil {
        values.append(value)
      } else {
        let unit = dimension.baseUnit
        problems.append(
          cell.problem(
            path: file.path,
            "expected a number of 0 or more\(unit.isEmpty ? "" : ", in \(unit) without the unit"); "
              + "found '\(cell.text.excerpt())'"))
      }
    }
    guard problems.count == found else { return nil }
    let digest = table.digest.prefix(16)
    let base = URL(fileURLWithPath: path).lastPathComponent
    return .empirical(
      Observations(
        name: "{file: \(base), column: \(name), sha256: \(digest)}", values: values))
  }
}
