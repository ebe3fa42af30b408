import Results

extension Chart {
  /// The rows of a table of points for one measure, as data of a figure.
  ///
  /// - Parameters:
  ///   - label: what the figure calls the measure.
  ///   - fields: the columns of factors that it shows, beside that of its panels.
  ///   - value: the column of the estimate.
  func values(
    _ points: Table, measure: String, label: String, fields: [Axis], value: String = "mean"
  ) -> [JSON] {
    let reader = RowReader(points)
    var names: [String] = []
    for axis in fields + (row.map { [$0] } ?? []) where !names.contains(axis.field) {
      names.append(axis.field)
    }
    return points.rows.filter { reader.json($0, "measure") == .string(measure) }.map { cells in
      let isUnknown = reader.json(cells, "basis") == .string("unknown")
      return reader.object(cells, names).with([
        "label": .string(label), value: reader.json(cells, value),
        "ci_low": reader.json(cells, "ci_low"), "ci_high": reader.json(cells, "ci_high"),
        "mark": .string(isUnknown ? "†" : ""),
      ])
    }
  }
}

extension Chart {
  /// The rows of each panel.
  func panels(of data: [JSON]) -> [[JSON]] {
    guard let row else { return [data] }
    return data.levels(of: row.field).map { level in data.filter { $0[row.field] == level } }
  }
}

/// Reads cells of a table by the names of their columns.
struct RowReader {
  private let names: [String]

  init(_ table: Table) { names = table.columns.map(\.name) }

  /// The cell in a column, null if there is none.
  func json(_ row: [Table.Cell], _ name: String) -> JSON {
    names.firstIndex(of: name).map { row[$0].json } ?? .null
  }

  /// The cells in some columns, by their names.
  func object(_ row: [Table.Cell], _ names: [String]) -> JSON {
    .object(names.map { .init(key: $0, value: json(row, $0)) })
  }
}

extension [JSON] {
  /// The different values of a member, in the order of the data.
  func levels(of field: String) -> [JSON] {
    var known = Set<JSON>()
    return compactMap { $0[field] }.filter { known.insert($0).inserted }
  }

  /// The numbers of a member.
  func numbers(_ field: String) -> [Double] { compactMap { $0.number(field) } }

  /// The different numbers of a member, from low to high.
  func numberLevels(of field: String) -> [Double] { Set(numbers(field)).sorted() }
}
