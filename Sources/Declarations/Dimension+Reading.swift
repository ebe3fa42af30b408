import EventKernel

extension Dimension {
  /// Reads a quantity with its unit.
  ///
  /// - Parameter text: a decimal number, optional space, a unit; for plain numbers no unit.
  /// - Returns: the value in base units, rounded once, maybe beyond the limit, or nil if the text is no
  ///   finite, non-negative quantity of this dimension.
  public func parse(_ text: String) -> Double? { exact(text)?.double }

  /// Reads a quantity with its unit, in base units and without rounding; nil if the text is none.
  public func exact(_ text: String) -> ExactDecimal? {
    if self == .instant, let seconds = UnixTime.seconds(text) { return ExactDecimal("\(seconds)") }
    let trimmed = text.trimmingPrefix { $0 == " " }
    var digits = trimmed.prefix { $0.isNumber || "+-.eE_".contains($0) }
    // A unit can begin with the letter of an exponent.
    if digits.last == "E" { digits = digits.dropLast() }
    guard let number = ExactDecimal(digits) else { return nil }
    let symbol = String(trimmed.dropFirst(digits.count).drop { $0 == " " })
    guard let unit = units.first(where: { $0.symbol == symbol }) else { return nil }
    let value = number.times(unit)
    return isWhole && !keeps(value) ? nil : value
  }

  /// Reads a number that may be negative; nil if the text is none, or one beyond the limit.
  public static func signedNumber(_ text: String) -> Double? {
    let isNegative = text.hasPrefix("-")
    let digits = isNegative ? String(text.dropFirst()) : text
    // Neither a second sign nor a space after the first belongs to a number.
    guard !isNegative || digits.first?.isNumber == true || digits.first == ".",
      let magnitude = number.parse(digits),
      magnitude <= number.limit
    else { return nil }
    return isNegative && magnitude > 0 ? -magnitude : magnitude
  }

  /// Whether a run has a parameter of this dimension as exactly as it was written: some are whole
  /// numbers there, and time is whole nanoseconds.
  public func keeps(_ value: ExactDecimal) -> Bool {
    switch self {
    case .duration: value.isMultiple(ofTenTo: -9)
    case .bytes, .gas, .weiPerGas, .gasPerSecond, .count, .instant: value.isMultiple(ofTenTo: 0)
    case .bytesPerSecond, .rate, .share, .number, .usd, .usdPerHour, .ether: true
    }
  }

  /// What a value that a run does not keep must look like.
  public var keptExpectation: String {
    switch self {
    case .duration: "expected whole nanoseconds"
    case .bytes: "expected whole bytes"
    case .gas, .weiPerGas, .gasPerSecond: "expected whole \(baseUnit)"
    case .bytesPerSecond, .rate, .share, .number, .count, .instant, .usd, .usdPerHour, .ether:
      expectation
    }
  }

  /// A number that was computed, as a run has it where a parameter of this dimension is set to it.
  ///
  /// Counts and dates are not rounded: a formula that is meant to give one says how. What is no value
  /// of the dimension is left as it is, to be refused.
  public func kept(_ value: Double) -> Double {
    guard value >= 0, value <= limit else { return value }
    return switch self {
    case .duration: SimDuration(seconds: value)?.seconds ?? value
    case .bytes, .gas, .weiPerGas, .gasPerSecond: value.rounded()
    case .bytesPerSecond, .rate, .share, .number, .count, .instant, .usd, .usdPerHour, .ether:
      value
    }
  }
}
