import EventKernel
import Foundation

extension SimDuration {
  /// The duration in the largest unit that gives at least 1, for people.
  var words: String { Duration.words(seconds) }
}

extension Duration {
  /// A number of seconds in the largest unit that gives at least 1, for people.
  static func words(_ seconds: Double) -> String {
    let units = [("d", 86_400.0), ("h", 3600), ("min", 60), ("s", 1), ("ms", 1e-3)]
    let (symbol, size) = units.first { seconds >= $0.1 } ?? ("s", 1)
    return "\((seconds / size).rounded(to: 3)) \(symbol)"
  }
}

extension Double {
  /// The number with so many significant digits at most, for people.
  func rounded(to digits: Int) -> String {
    guard isFinite, self != 0 else { return readable }
    let scale = pow(10, Double(digits - 1) - log10(abs(self)).rounded(.down))
    return ((self * scale).rounded() / scale).readable
  }
}
