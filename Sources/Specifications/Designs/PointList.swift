import Catalogue
import Declarations
import Designs
import Worlds

/// Design points in a CSV file: a column for each factor, a row for each point.
enum PointList {
  /// So many problems are enough to see what is wrong with a file.
  private static let problemLimit = 50

  /// Reads the file that `node` names, or adds to `problems` why it cannot be used.
  static func read(
    _ node: InputNode, _ shape: WorldShape, _ problems: inout [Problem]
  ) -> (design: ExperimentSpec.Design, factors: [Factor]) {
    guard let table = InputTable.read(node, &problems) else {
      return (.list(file: "", sha256: ""), [])
    }
    var found: [Problem] = []
    var factors: [Factor] = []
    var mentions = Mentions()
    for (column, name) in table.header.enumerated() where !found.isFull {
      guard let subject = Factor.Subject.named(name.text, shape) else {
        found.append(name.problem(path: name.text, Factor.Subject.unknown(name.text, shape)))
        continue
      }
      if let message = mentions.repetition(of: subject.path, at: name.location) {
        found.append(name.problem(path: name.text, message))
      }
      let levels = table.rows.compactMap {
        found.isFull ? nil : subject.level($0[column], &found)
      }
      factors.append(subject.factor(.levels(levels)))
    }
    found.sort { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
    problems += found.prefix(problemLimit)
    if found.count > problemLimit {
      problems.append(
        node.problem(
          "and \(found.isFull ? "at least " : "")\(found.count - problemLimit) more problems of its points"
        ))
    }
    return (.list(file: node.text ?? "", sha256: table.digest), factors)
  }
}

extension Factor.Subject {
  /// Reads a value from a cell, or adds to `problems` why it is none.
  fileprivate func level(
    _ cell: InputTable.Cell, _ problems: inout [Problem]
  ) -> Factor.Level? {
    guard !cell.text.isEmpty else {
      problems.append(cell.problem(path: path, "the cell is empty"))
      return nil
    }
    switch target {
    case .system(let rollup): return .system(rollup, .init(cell.text, cell.location))
    case .chain: return .chain(.init(cell.text, cell.location))
    case .parameter(let index):
      let kind = shape.parameters[index].kind
      return cell.value(of: kind, path: path, &problems).map {
        .setting(.init(parameter: index, kind: kind, value: $0, location: cell.location))
      }
    }
  }
}
