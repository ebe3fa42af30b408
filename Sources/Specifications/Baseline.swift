import Catalogue
import Results
import Worlds

/// Values of factors that other points are compared with, run by run.
///
/// The reference of a point has these values and its own ones of all other factors; so a baseline of
/// one factor compares within each combination of the others, one of all factors with a single point.
public struct Baseline: Hashable, Sendable {
  /// The values, each of one factor.
  package let values: [FigureSpec.Filter]

  static func read(
    _ node: InputNode, _ factors: [Factor], _ shape: WorldShape, _ problems: inout [Problem]
  ) -> Baseline {
    let values = FigureSpec.Filter.readAll(node, shape, &problems)
    for value in values {
      guard let factor = factors.first(where: { $0.path == value.path }) else {
        let nearest = advice(for: value.path, among: factors.map(\.path))
        problems.append(node.problem("'\(value.path)' is no factor of the experiment\(nearest)"))
        continue
      }
      if !factor.levels.contains(where: { $0.cell == value.cell }) {
        problems.append(node.problem("\(value.path) never is \(value.cell.text)"))
      }
    }
    if node.members?.isEmpty == true { problems.append(node.problem("expected {factor: value}")) }
    return Baseline(values: values)
  }

  /// The values of the chosen factors at the reference of a point.
  package func reference(of point: Experiment.Point, _ spec: ExperimentSpec) -> [Table.Cell] {
    spec.chosenCells(of: point.levels) { path, cell in
      values.first { $0.path == path }?.cell ?? cell
    }
  }
}

extension ExperimentSpec {
  /// The values of the factors that the design chooses, each as `change` makes it.
  package func chosenCells(
    of levels: [Factor.Level], _ change: (String, Table.Cell) -> Table.Cell = { $1 }
  ) -> [Table.Cell] {
    Swift.zip(factors, levels).filter { $0.0.expression == nil }
      .map { change($0.0.path, $0.1.cell) }
  }
}

extension Experiment {
  /// The numbers of points by the values of their chosen factors.
  package var numbers: [[Table.Cell]: Int] {
    Dictionary(points.map { (spec.chosenCells(of: $0.levels), $0.index) }) { first, _ in first }
  }

  /// Checks that every point has a reference in the design.
  func checkBaseline() throws(InvalidInput) {
    guard let baseline = spec.baseline else { return }
    let numbers = numbers
    for point in points where numbers[baseline.reference(of: point, spec)] == nil {
      let values = Swift.zip(spec.chosenFactors, baseline.reference(of: point, spec))
        .map { "\($0.path) = \($1.text)" }
      throw InvalidInput([
        spec.problem(
          "baseline",
          "point \(point.index) has no reference: no point has \(values.joined(separator: ", "))")
      ])
    }
  }
}
