import Foundation

/// Ishigami and Homma's function sin x + 7 sin² y + 0.1 z⁴ sin x of three factors from −π to π.
enum Ishigami {
  /// First-order indices.
  static let first = [0.31390519, 0.44241114, 0]
  /// Total indices.
  static let total = [0.55758886, 0.44241114, 0.24368366]

  /// The value at a place in the unit cube.
  static func value(_ shares: [Double]) -> Double {
    let x = shares.map { .pi * (2 * $0 - 1) }
    return sin(x[0]) + 7 * pow(sin(x[1]), 2) + 0.1 * pow(x[2], 4) * sin(x[0])
  }
}
