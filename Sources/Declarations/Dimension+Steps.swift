extension Dimension {
  /// The units in which a number of some unit can be shown, the unit itself first, each with how many of
  /// it there are: `wei/gas` and `gwei/gas` for `wei/gas`.
  ///
  /// - Parameter unit: an SI unit as parameters and measures declare it; empty or 1 for a plain number.
  public static func steps(of unit: String) -> [(symbol: String, size: Double)] {
    if unit.isEmpty || unit == "1" { return [("", 1)] }
    let (numerator, rest) = unit.splitAtStroke
    func dimension(of base: String) -> Dimension? { allCases.first { $0.baseUnit == base } }
    let ofNumerator = numerator.isEmpty ? nil : dimension(of: numerator)
    guard let dimension = dimension(of: unit) ?? ofNumerator else { return [(unit, 1)] }
    let rests = dimension.baseUnit == unit ? "" : rest
    let steps = dimension.units.filter(\.isDecimalOrTime).map { step in
      // A rate is written /s, which reads well behind a number and not in brackets.
      (symbol: (step.symbol.hasPrefix("/") ? "1" : "") + step.symbol + rests, size: step.size)
    }
    // An amount can be in ether; a price of gas never is, so scenarios do not know that unit.
    return unit == "wei" ? steps + [("ETH", 1e18)] : steps
  }
}

extension Dimension.Unit {
  /// How many base units it is.
  fileprivate var size: Double {
    let power = Double("1e\(exponent)") ?? 1
    return Double(numerator) / Double(denominator) * power
  }

  /// Powers of two stand beside those of ten and mean nearly the same.
  fileprivate var isDecimalOrTime: Bool { !symbol.hasSuffix("iB") }
}

extension String {
  /// What stands before the first stroke, and the rest with it.
  fileprivate var splitAtStroke: (String, String) {
    let head = prefix { $0 != "/" }
    return (String(head), String(dropFirst(head.count)))
  }
}
