import Catalogue
import Declarations
import Worlds

extension ExperimentSpec {
  /// More controls than this are refused: each costs a degree of freedom.
  static let controlLimit = 10

  /// Reads which measures are controls, or adds to `problems` why there are none.
  static func readControls(_ node: InputNode, _ problems: inout [Problem]) -> [Int] {
    guard let elements = node.elements, (1...controlLimit).contains(elements.count) else {
      problems.append(
        node.problem(
          "expected a list of 1 to \(controlLimit) measures such as [throughput_offered_tx_per_s]"))
      return []
    }
    var controls: [Int] = []
    for element in elements {
      let name = element.text ?? "?"
      guard let index = Measure.all.firstIndex(where: { $0.name == name }) else {
        let nearest = advice(for: name, among: Measure.all.map(\.name))
        problems.append(element.problem("no measure is called '\(name)'\(nearest)"))
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
    for control in spec.controls where Measure.all[control].knownMean(in: scenario) == nil {
      let known = Measure.all.filter { $0.knownMean(in: scenario) != nil }.map(\.name)
      let choice = known.isEmpty ? "no measure" : known.joined(separator: ", ")
      let message =
        "the mean of '\(Measure.all[control].name)' is not known, or its runs do not vary; "
        + "a control can be: \(choice)"
      throw InvalidInput([spec.problem("controls", message)])
    }
  }
}
