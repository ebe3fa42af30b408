import Catalogue
import Declarations
import Designs
import Worlds

extension FactorRange {
  /// Reads a range, with its number of points where one is due, or adds to `problems` why it is none.
  static func read(
    _ node: InputNode, _ dimension: Declarations.Dimension, isSampled: Bool,
    _ problems: inout [Problem]
  ) -> (range: FactorRange, points: Int)? {
    guard let members = node.members else { return nil }
    var bounds: [Double] = []
    var points = 0.0
    var isLogarithmic = false
    var scales = 0
    for (key, value) in members where !problems.isFull {
      switch key.text {
      case "linear", "log":
        if scales > 0 { problems.append(key.problem("expected linear or log, not both")) }
        scales += 1
        isLogarithmic = key.text == "log"
        bounds = (value.elements ?? []).prefix(3).compactMap {
          $0.quantity(dimension, exactly: true, &problems)
        }
      case "points" where isSampled:
        problems.append(
          key.problem("the design says how many points there are; leave 'points' out"))
      case "points": points = value.quantity(.count, &problems) ?? 0
      default: problems.append(key.problem("unknown key; expected linear or log, and points"))
      }
    }
    guard bounds.count == 2, bounds[0] < bounds[1],
      !isLogarithmic || bounds[0] > 0 && bounds[1] / bounds[0] < .infinity
    else {
      problems.append(node.problem("expected two increasing bounds, positive ones for log"))
      return nil
    }
    guard isSampled || (2...100_000).contains(points) else {
      problems.append(node.problem("expected from 2 to 100,000 points"))
      return nil
    }
    let range = FactorRange(
      low: bounds[0], high: bounds[1], isLogarithmic: isLogarithmic, isWhole: dimension.isWhole)
    return (range, Int(points))
  }
}
