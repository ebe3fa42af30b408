import CVectors

extension UnsafeMutableBufferPointer<Double> {
  /// Up to which size `raiseToPowersOfE` takes exponents.
  static var mostExponent: Double { 700 }

  /// How many powers of e this processor makes at once.
  static var powersAtOnce: Int { Int(cvectors_width()) }

  /// Makes each exponent e to its power, within a unit in the last place (0.92 of 300,000).
  ///
  /// Nothing but IEEE products and sums without a branch, so that all processors and libraries make the same bits; a call
  /// of the C library's function for each takes four to ten times as long.
  ///
  /// - Parameter atOnce: no more than `powersAtOnce`.
  func raiseToPowersOfE(_ atOnce: Int = powersAtOnce) {
    cvectors_powers_of_e(baseAddress, count, Int32(atOnce))
  }
}
