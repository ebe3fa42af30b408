#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A fee that takes one of a few values, and the next of which depends on the present one alone.
public struct FeeChain: Sendable {
  /// One value that the next fee can take.
  struct Step: Sendable {
    let level: Int
    let probability: Double
  }

  /// The values, rising [wei per gas or blob gas].
  public let levels: [Double]
  /// What can follow each of them, rising.
  let steps: [[Step]]

  /// A chain with these values, rising, and for each the probabilities of what follows it.
  public init(levels: [Double], transitions: [[Double]]) {
    precondition(
      transitions.count == levels.count && transitions.allSatisfy { $0.count == levels.count },
      "a row of probabilities for each level")
    self.levels = levels
    steps = transitions.map { row in
      // What is all but impossible would only take time.
      let kept = row.enumerated().filter { $0.element > 1e-12 }
      let sum = kept.reduce(0) { $0 + $1.element }
      return kept.map { Step(level: $0.offset, probability: $0.element / sum) }
    }
  }

  /// A fee whose logarithm is a Gaussian autoregression of first order, by Rouwenhorst's method.
  ///
  /// Persistence, variance and conditional mean of the logarithm are exact at any number of levels and any
  /// persistence (Rouwenhorst 1995; Kopecky & Suen 2010, Review of Economic Dynamics 13, 701–714): with p =
  /// (1 + φ)/2 the matrix of n levels is made from that of n − 1, and levels reach √(n − 1) standard deviations.
  ///
  /// - Parameters:
  ///   - median: of the fee [wei].
  ///   - volatility: standard deviation of its logarithm.
  ///   - persistence: correlation of the logarithm with the next, φ, from 0 to 1.
  ///   - count: of levels; one if the fee does not vary.
  public static func lognormal(
    median: Double, volatility: Double, persistence: Double, count: Int
  ) -> FeeChain {
    guard volatility > 0, count > 1 else { return FeeChain(levels: [median], transitions: [[1]]) }
    let reach = volatility * Double(count - 1).squareRoot()
    let levels = (0..<count).map {
      median * exp(reach * (2 * Double($0) / Double(count - 1) - 1))
    }
    return FeeChain(levels: levels, transitions: rouwenhorst(persistence, count))
  }

  private static func rouwenhorst(_ persistence: Double, _ count: Int) -> [[Double]] {
    let stay = (1 + persistence) / 2
    var matrix = [[stay, 1 - stay], [1 - stay, stay]]
    for size in 3..<max(count + 1, 3) {
      var next = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
      for (row, values) in matrix.enumerated() {
        for (column, value) in values.enumerated() {
          next[row][column] += stay * value
          next[row][column + 1] += (1 - stay) * value
          next[row + 1][column] += (1 - stay) * value
          next[row + 1][column + 1] += stay * value
        }
      }
      // Of all rows but the first and the last, two halves were added.
      for row in 1..<size - 1 { next[row] = next[row].map { $0 / 2 } }
      matrix = next
    }
    return matrix
  }

  /// What a function of the next level is expected to be.
  func expectation(after level: Int, of value: (Int) -> Double) -> Double {
    steps[level].reduce(0) { $0 + $1.probability * value($1.level) }
  }
}
