/// A decimal number of 0 or more as it was written: nothing is rounded until it becomes a `Double`,
/// once, to the nearest one.
public struct ExactDecimal: Hashable, Sendable {
  /// Its digits without zeros at either end; none for 0.
  private let digits: [UInt8]
  /// The power of ten of the last digit; 0 for 0.
  private let exponent: Int

  /// Beyond this any number of digits that fits into memory is 0 or infinite.
  private static let exponentLimit = 1_000_000_000_000
  /// Numbers halfway between two `Double`s have at most 767 digits.
  private static let quotientDigits = 800

  private init(digits: [UInt8], exponent: Int) {
    let end = (digits.lastIndex { $0 != 0 } ?? -1) + 1
    self.digits = Array(digits[..<end].drop { $0 == 0 })
    self.exponent = end == 0 ? 0 : exponent + digits.count - end
  }

  /// Reads digits with an optional sign, point and exponent; underscores may stand among them.
  ///
  /// - Returns: nil if the text is nothing of that or a negative number. 0 has no sign.
  public init?(_ text: some StringProtocol) {
    var rest = text.utf8.filter { $0 != UInt8(ascii: "_") }[...]
    let isNegative = Self.takeSign(&rest)
    let whole = Self.takeDigits(&rest)
    var fraction: [UInt8] = []
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = Self.takeDigits(&rest)
    }
    var exponent = 0
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      let isBelowOne = Self.takeSign(&rest)
      let figures = Self.takeDigits(&rest)
      guard !figures.isEmpty else { return nil }
      exponent = figures.reduce(0) { min($0 * 10 + Int($1), Self.exponentLimit) }
      if isBelowOne { exponent.negate() }
    }
    guard rest.isEmpty, !whole.isEmpty || !fraction.isEmpty else { return nil }
    self.init(digits: whole + fraction, exponent: exponent - fraction.count)
    if isNegative, !digits.isEmpty { return nil }
  }

  private static func takeSign(_ text: inout ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, "+-".utf8.contains(first) else { return false }
    text.removeFirst()
    return first == UInt8(ascii: "-")
  }

  private static func takeDigits(_ text: inout ArraySlice<UInt8>) -> [UInt8] {
    let figures = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    text.removeFirst(figures.count)
    return figures.map { $0 - UInt8(ascii: "0") }
  }

  /// The number times a unit, exactly but for a quotient that never ends.
  func times(_ unit: Dimension.Unit) -> ExactDecimal {
    multiplied(by: unit.numerator).divided(by: unit.denominator).scaled(by: unit.exponent)
  }

  private func scaled(by power: Int) -> ExactDecimal {
    ExactDecimal(digits: digits, exponent: exponent + power)
  }

  private func multiplied(by factor: Int) -> ExactDecimal {
    guard factor != 1 else { return self }
    var product: [UInt8] = []
    var carry = 0
    for digit in digits.reversed() {
      carry += Int(digit) * factor
      product.append(UInt8(carry % 10))
      carry /= 10
    }
    while carry > 0 {
      product.append(UInt8(carry % 10))
      carry /= 10
    }
    return ExactDecimal(digits: product.reversed(), exponent: exponent)
  }

  /// A quotient that does not end within its digits gets one more, 1, for all that follow.
  ///
  /// It then lies on the same side of every number between two `Double`s, since each of these has
  /// fewer digits, and becomes the same `Double`.
  private func divided(by divisor: Int) -> ExactDecimal {
    guard divisor != 1 else { return self }
    var quotient: [UInt8] = []
    var rest = 0
    var place = 0
    while place < digits.count || rest > 0 && quotient.count < Self.quotientDigits {
      rest = rest * 10 + (place < digits.count ? Int(digits[place]) : 0)
      if !quotient.isEmpty || rest >= divisor { quotient.append(UInt8(rest / divisor)) }
      rest %= divisor
      place += 1
    }
    let last = exponent + digits.count - place
    return rest == 0
      ? ExactDecimal(digits: quotient, exponent: last)
      : ExactDecimal(digits: quotient + [1], exponent: last - 1)
  }

  /// Whether it is a whole number of times a power of ten.
  func isMultiple(ofTenTo power: Int) -> Bool { digits.isEmpty || exponent >= power }

  /// The nearest `Double`; nil if that is infinite.
  public var double: Double? {
    guard !digits.isEmpty else { return 0 }
    // The place of the first digit: what lies beyond the range needs no reading.
    let order = digits.count + exponent
    guard order < 400 else { return nil }
    guard order > -400 else { return 0 }
    let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return Double("\(text)e\(exponent)").flatMap { $0.isFinite ? $0 : nil }
  }
}
