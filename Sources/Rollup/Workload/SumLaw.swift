import Randomness

/// The law of the sum of what many transactions of a class use.
///
/// Exact for a constant, an exponential and a gamma variable. Any other sum is drawn as a gamma variable
/// with its exact mean and variance. What that leaves out is skewness: of lognormals with coefficient of
/// variation c a sum of n has the skewness (3c + c³)/√n, its gamma 2c/√n. By the first term of an Edgeworth
/// series the two distribution functions differ by at most their difference / (6 √(2π)): 0.0042 for 100
/// transactions with c = 0.5. See decision record 47.
struct SumLaw {
  /// The mean of one [base unit].
  let mean: Double
  /// The shape of the gamma variable that stands for one; infinite where it does not vary.
  let shape: Double

  /// The law of sums of values of a distribution.
  ///
  /// - Parameter isWhole: whether each value is rounded to a whole number.
  init(_ distribution: Distribution, isWhole: Bool) {
    mean =
      if isWhole, case .constant(let value) = distribution { Double(UInt32(rounding: value)) } else
      {
        distribution.mean
      }
    let variance = distribution.variance
    shape = variance > 0 ? mean * mean / variance : .infinity
  }

  /// The law of sums of values with a mean and a variance.
  init(mean: Double, variance: Double) {
    self.mean = mean
    shape = variance > 0 ? mean * mean / variance : .infinity
  }

  /// The sum of `count` values.
  func sum(of count: Int, _ stream: inout RandomStream) -> Double {
    guard count > 0, mean > 0 else { return 0 }
    guard shape < .infinity else { return Double(count) * mean }
    return stream.gamma(shape: Double(count) * shape, scale: mean / shape)
  }

  /// The law of values of several classes together, by mean and variance.
  init(mixing laws: [(law: SumLaw, weight: Double)]) {
    let total = laws.reduce(0) { $0 + $1.weight }
    let mean = laws.reduce(0) { $0 + $1.weight * $1.law.mean } / total
    let square = laws.reduce(0) { $0 + $1.weight * $1.law.square } / total
    self.mean = mean
    let variance = square - mean * mean
    shape = variance > 1e-12 * square ? mean * mean / variance : .infinity
  }

  /// The mean of the square of one.
  var square: Double { mean * mean * (1 + (shape < .infinity ? 1 / shape : 0)) }

  /// The share of a sum of `left + right` values that the first `left` have.
  ///
  /// Of gamma variables it is a beta variable, independent of the sum.
  func share(of left: Int, beside right: Int, _ stream: inout RandomStream) -> Double {
    if left == 0 { return 0 }
    if right == 0 { return 1 }
    guard shape < .infinity else { return Double(left) / Double(left + right) }
    return stream.beta(Double(left) * shape, Double(right) * shape)
  }
}
