import Charts
import Foundation
import Reporting

// Numbers for people.

extension Double {
  /// The number with at most six significant digits, for people.
  var readable: String {
    guard isFinite, self != 0 else { return description == "0.0" ? "0" : description }
    let magnitude = Int(log10(abs(self)).rounded(.down))
    guard (-5..<15).contains(magnitude) else { return description }
    let decimals = max(0, 5 - magnitude)
    let scale = pow(10, Double(decimals))
    let rounded = (self * scale).rounded() / scale
    let text = rounded.description
    if text.contains("e") { return magnitude < 0 ? text : String(Int(rounded)) }
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// A mean and half its interval in a unit that suits them, for people.
struct ReadableEstimate {
  /// Both, the half cut behind its second digit and the mean at the same place: `214.30 ± 0.41`.
  let text: String
  /// The unit that they are in; empty for plain numbers.
  let unit: String

  /// - Parameters:
  ///   - limits: of the interval of the mean, around it; nil if there is none.
  ///   - unit: that of mean and limits.
  init(mean: Double, limits: (low: Double, high: Double)?, unit: String) {
    let axis = Axis(field: "", title: "", kind: .numbers, units: .steps(of: unit))
    let step = axis.unit(for: [mean])
    self.unit = step.symbol
    let scaled = mean / step.size
    let half = limits.map { ($0.high - $0.low) / 2 / step.size }
    text = half.map { Self.text(scaled, plusMinus: $0) } ?? scaled.readable
  }

  private static func text(_ mean: Double, plusMinus half: Double) -> String {
    guard half > 0 else { return "\(mean.readable) ± 0" }
    let places = 1 - Int(log10(half).rounded(.down))
    // Beyond what a double has, or a line.
    guard (-12...12).contains(places) else { return "\(mean.readable) ± \(half.readable)" }
    let parts = [mean, half].map { number in
      let size = pow(10, Double(-places))
      return places >= 0
        ? String(format: "%.\(places)f", number)
        : String(format: "%.0f", (number / size).rounded() * size)
    }
    return parts.joined(separator: " ± ")
  }
}
