extension Double {
  /// The natural logarithm of a positive number, to about nine digits.
  ///
  /// Figures choose units and places by it, so it is calculated here and not by the C library, of which
  /// versions differ in the last bit: the same numbers give the same document on every machine.
  var naturalLogarithm: Double {
    let z = (significand - 1) / (significand + 1)
    let square = z * z
    var (power, sum) = (z, 0.0)
    for divisor in stride(from: 1.0, through: 17, by: 2) {
      sum += power / divisor
      power *= square
    }
    return Double(exponent) * 0.693_147_180_559_945_3 + 2 * sum
  }
}
