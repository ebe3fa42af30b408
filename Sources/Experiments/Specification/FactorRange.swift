import Catalogue
import Foundation
import Worlds

/// Evenly spaced values of a factor: `{linear: [low, high], points: n}` or `{log: …}`.
struct FactorRange {
  let low: Double
  let high: Double
  let points: Int
  let isLogarithmic: Bool
  let isWhole: Bool

  /// The values from `low` to `high`, both included exactly.
  var values: [Double] {
    (0..<points).map { index in
      if index == 0 { return low }
      if index == points - 1 { return high }
      let share = Double(index) / Double(points - 1)
      let value = isLogarithmic ? low * pow(high / low, share) : low + (high - low) * share
      return isWhole ? value.rounded() : value
    }
  }

  static func read(
    _ node: InputNode, _ dimension: Worlds.Dimension, _ problems: inout [Problem]
  ) -> FactorRange? {
    guard let members = node.members else { return nil }
    var bounds: [Double] = []
    var points = 0.0
    var isLogarithmic = false
    for (key, value) in members where !problems.isFull {
      switch key.text {
      case "linear", "log":
        isLogarithmic = key.text == "log"
        bounds = (value.elements ?? []).prefix(3).compactMap { $0.quantity(dimension, &problems) }
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
    guard (2...100_000).contains(points) else {
      problems.append(node.problem("expected from 2 to 100,000 points"))
      return nil
    }
    return FactorRange(
      low: bounds[0], high: bounds[1], points: Int(points), isLogarithmic: isLogarithmic,
      isWhole: dimension.isWhole)
  }
}
