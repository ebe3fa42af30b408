import Catalogue
import Declarations
import Worlds

extension ExperimentSpec {
  /// More controls than this are refused: each costs a degree of freedom.
  static let controlLimit = 10

  /// Reads which measures are controls, or adds to `problems` why there are none.
  static func readControls(
    _ node: InputNode, _ measures: MeasureTable, _ problems: inout [Problem]
  ) -> [Int] {
    guard let elements = node.elements, (1...controlLimit).contains(elements.count) else {
      problems.append(
        node.problem(
          "expected a list of 1 to \(controlLimit) measures such as [throughput_offered_tx_per_s]"))
      return []
    }
    var controls: [Int] = []
    for element in elements {
      let name = element.text ?? "?"
      let found = measures.indices(of: name).filter { measures[$0].isCalled(name) }
      guard found.count == 1, let index = found.first else {
        problems.append(element.problem(measures.defect(of: name, found)))
        continue
      }
      if controls.contains(index) {
        problems.append(element.problem("'\(name)' stands here twice"))
      }
      controls.append(index)
    }
    return controls
  }
}

extension Experiment {
  /// Checks that the mean of every control is known at a point.
  func checkControls(at point: Point) throws(InvalidInput) {
    let scenario = point.resolved.scenario
    let measures = spec.measureTable
    for control in spec.controls where measures.knownMean(of: control, in: scenario) == nil {
      let known = measures.indices.filter { measures.knownMean(of: $0, in: scenario) != nil }
        .map { measures[$0].qualifiedName }
      let choice = known.isEmpty ? "no measure" : known.joined(separator: ", ")
      let message =
        "the mean of '\(measures[control].qualifiedName)' is not known, or its runs do not vary; "
        + "a control can be: \(choice)"
      throw InvalidInput([spec.problem("controls", message)])
    }
  }
}
