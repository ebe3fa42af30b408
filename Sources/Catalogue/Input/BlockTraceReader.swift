import Declarations
import EventKernel
import Worlds

/// Reads the history of a chain: CSV with a row for each block.
///
/// A column of times, as a trace of demand has it or in Unix milliseconds (`timestamp_ms`), says when
/// blocks come; `block_number` says that no row is missing. One of the two has to be there. All others
/// are found by the names of header fields.
struct BlockTraceReader {
  /// Fees beyond this are refused, as that of a chain's first block is [wei].
  private static let largest: UInt64 = 1_000_000_000_000_000_000
  /// Ten problems are enough to see what is wrong with a file.
  private static let problemLimit = 10
  private static let numberColumn = "block_number"

  private let table: InputTable
  private let time: (column: TraceTime, place: Int)?
  private let number: Int?
  private let figures: [(column: BlockTrace.Column, place: Int)]

  /// Reads the history that `node` names, or adds to `problems` why there is none.
  ///
  /// A relative path begins at the folder of the file in which it is written.
  static func read(_ node: InputNode, _ problems: inout [Problem]) -> BlockTrace? {
    guard node.text != "none" else { return BlockTrace.none }
    guard let table = InputTable.read(node, &problems),
      let name = table.traceName(node, &problems),
      let reader = BlockTraceReader(table, &problems), let blocks = reader.blocks(&problems)
    else { return nil }
    return BlockTrace(
      name: name, blocks: blocks, columns: Set(reader.figures.map(\.column)),
      clock: reader.time?.column.clock, firstNumber: reader.firstNumber, path: table.path)
  }

  private init?(_ table: InputTable, _ problems: inout [Problem]) {
    let found = problems.count
    func place(_ name: String) -> Int? {
      guard table.header.contains(where: { $0.text == name }) else { return nil }
      return table.column(name, &problems) { Problem(table.header[0].location, $0) }
    }
    let times = TraceTime.allCases.compactMap { column in
      place(column.rawValue).map { (column: column, place: $0) }
    }
    number = place(Self.numberColumn)
    figures = BlockTrace.Column.allCases.compactMap { column in
      place(column.rawValue).map { (column: column, place: $0) }
    }
    self.table = table
    time = times.first
    if times.count > 1 || times.isEmpty && number == nil {
      problems.append(
        Problem(
          table.header[0].location,
          "expected block_number, one column of times (\(Self.timeNames)), or both; found "
            + "'\(table.header.map(\.text).joined(separator: ",").excerpt())'"))
    }
    guard problems.count == found else { return nil }
  }

  private static var timeNames: String {
    TraceTime.allCases.map(\.rawValue).joined(separator: ", ")
  }

  private var firstNumber: UInt64? {
    number.flatMap { place in table.rows.first.flatMap { UInt64($0[place].text) } }
  }

  private func blocks(_ problems: inout [Problem]) -> [BlockTrace.Block]? {
    let found = problems.count
    var blocks: [BlockTrace.Block] = []
    blocks.reserveCapacity(table.rows.count)
    for (index, row) in table.rows.enumerated() where problems.count < found + Self.problemLimit {
      checkNumber(row, at: index, &problems)
      var block = BlockTrace.Block()
      for (column, place) in figures { block[column] = figure(row[place], &problems) }
      if let time {
        guard let instant = time.column.read(row[time.place], &problems) else { continue }
        block.time = instant
        if let last = blocks.last, instant <= last.time {
          problems.append(
            Problem(row[time.place].location, "expected a time after that of the row before"))
          continue
        }
      }
      blocks.append(block)
    }
    return problems.count == found ? blocks : nil
  }

  /// A number that is left out is a row that is missing: nothing says what its block used.
  private func checkNumber(
    _ row: [InputTable.Cell], at index: Int, _ problems: inout [Problem]
  ) {
    guard let number else { return }
    let expected = firstNumber.map { "block \($0 + UInt64(index))" } ?? "a block number"
    guard UInt64(row[number].text) != firstNumber.map({ $0 + UInt64(index) }) || firstNumber == nil
    else { return }
    problems.append(
      Problem(
        row[number].location,
        "expected \(expected), one row for each block; found '\(row[number].text.excerpt())'"))
  }

  private func figure(_ cell: InputTable.Cell, _ problems: inout [Problem]) -> UInt64 {
    if let value = UInt64(cell.text), value <= Self.largest { return value }
    problems.append(
      Problem(
        cell.location, "expected a whole number up to 1e18; found '\(cell.text.excerpt())'"))
    return 0
  }
}
