extension UInt128 {
  /// The nearest number in floating point, of two the even one: `Double(self)`, which the standard library
  /// finds in some 3,500 instructions where this takes twenty.
  var asDouble: Double {
    let high = UInt64(truncatingIfNeeded: self >> 64)
    guard high > 0 else { return Double(UInt64(truncatingIfNeeded: self)) }
    let shift = 64 - high.leadingZeroBitCount
    var first = UInt64(truncatingIfNeeded: self >> UInt128(shift))
    // What is cut off only says on which side of a tie the number is.
    if UInt128(first) << UInt128(shift) != self { first |= 1 }
    return Double(sign: .plus, exponent: shift, significand: Double(first))
  }
}

extension Int128 {
  /// The nearest number in floating point, of two the even one.
  var asDouble: Double { self < 0 ? -magnitude.asDouble : magnitude.asDouble }
}
