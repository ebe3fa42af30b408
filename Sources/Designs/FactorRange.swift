import Foundation

/// The values of a factor between two bounds: `{linear: [low, high]}` or `{log: [low, high]}`.
package struct FactorRange: Hashable, Sendable {
  package let low: Double
  package let high: Double
  package let isLogarithmic: Bool
  package let isWhole: Bool

  /// The values from `low` to `high`.
  package init(low: Double, high: Double, isLogarithmic: Bool, isWhole: Bool) {
    self.low = low
    self.high = high
    self.isLogarithmic = isLogarithmic
    self.isWhole = isWhole
  }

  /// So many evenly spaced values from `low` to `high`, both included exactly.
  package func values(_ points: Int) -> [Double] {
    (0..<points).map { index in
      if index == 0 { return low }
      if index == points - 1 { return high }
      let share = Double(index) / Double(points - 1)
      let value = isLogarithmic ? low * pow(high / low, share) : low + (high - low) * share
      return isWhole ? value.rounded() : value
    }
  }

  /// The value below which lies a share, from 0 to 1, of the range.
  ///
  /// Each whole number has the part of the range from itself to the next one, so on a linear scale
  /// all of them, the last included, are equally likely.
  package func value(at share: Double) -> Double {
    let end = isWhole ? high + 1 : high
    let value = isLogarithmic ? low * pow(end / low, share) : low + (end - low) * share
    return min(max(isWhole ? value.rounded(.down) : value, low), high)
  }
}
