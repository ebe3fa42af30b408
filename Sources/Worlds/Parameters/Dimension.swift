/// What kind of quantity a parameter is, and the units in which it may be written.
public enum Dimension: String, CaseIterable, Sendable {
  /// A length of time [s].
  case duration
  /// An amount of data [B].
  case bytes
  /// Gas.
  case gas
  /// A price of gas or blob gas [wei].
  case weiPerGas
  /// Data per unit of time [B/s].
  case bytesPerSecond
  /// Events per unit of time [1/s].
  case rate
  /// A part of a whole, as a number or in percent.
  case share
  /// A number without a unit.
  case number
  /// A whole number.
  case count
  /// A date or Unix time [s].
  case instant
  /// A price in US dollars.
  case usd
  /// A rent in US dollars.
  case usdPerHour

  /// The units that a scenario may use and how many base units each is; the base unit first.
  public var units: [(symbol: String, factor: Double)] {
    switch self {
    case .duration:
      [
        ("s", 1), ("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("min", 60), ("h", 3600), ("d", 86_400),
      ]
    case .bytes: [("B", 1), ("kB", 1e3), ("MB", 1e6), ("KiB", 1024), ("MiB", 1_048_576)]
    case .gas: [("gas", 1), ("kgas", 1e3), ("Mgas", 1e6), ("Ggas", 1e9)]
    case .weiPerGas: [("wei", 1), ("gwei", 1e9)]
    case .bytesPerSecond: [("B/s", 1), ("kB/s", 1e3), ("MB/s", 1e6)]
    case .rate: [("/s", 1), ("/min", 1.0 / 60), ("/h", 1.0 / 3600), ("/d", 1.0 / 86_400)]
    case .share: [("", 1), ("%", 0.01)]
    case .number, .count, .instant: [("", 1)]
    case .usd: [("USD", 1)]
    case .usdPerHour: [("USD/h", 1)]
    }
  }

  /// The unit in which values are stored and printed; empty for plain numbers.
  public var baseUnit: String { units[0].symbol }

  /// What the name of a column in this dimension ends with; empty for plain numbers.
  public var columnSuffix: String {
    switch self {
    case .duration: "_s"
    case .bytes: "_bytes"
    case .gas: "_gas"
    case .weiPerGas: "_wei_per_gas"
    case .bytesPerSecond: "_bytes_per_s"
    case .rate: "_per_s"
    case .share, .number, .count, .instant: ""
    case .usd: "_usd"
    case .usdPerHour: "_usd_per_h"
    }
  }

  private var example: String {
    switch self {
    case .duration: "a duration such as '12 s'"
    case .bytes: "a size such as '100 kB'"
    case .gas: "an amount of gas such as '30 Mgas'"
    case .weiPerGas: "a gas price such as '15 gwei'"
    case .bytesPerSecond: "a flow of data such as '5 kB/s'"
    case .rate: "a rate such as '50 /s'"
    case .share: "a share such as '0.1' or '10 %'"
    case .number: "a number"
    case .count: "a whole number"
    case .instant: "a date such as '2025-12-03T21:00:00Z', or whole Unix seconds"
    case .usd: "a price such as '2500 USD'"
    case .usdPerHour: "a rent such as '5 USD/h'"
    }
  }

  /// Whether its values are whole numbers.
  public var isWhole: Bool { self == .count || self == .instant }

  /// The largest value that can be said [base units].
  ///
  /// The clock reaches 292 years, and a run adds several durations. Up to 1e15 a whole number is
  /// exact, and 1e18 fits into 64 bits.
  public var limit: Double {
    switch self {
    case .duration: 30 * 365.25 * 86_400
    case .count, .instant: 1e15
    case .bytes, .gas, .weiPerGas, .bytesPerSecond, .rate, .share, .number, .usd, .usdPerHour: 1e18
    }
  }

  /// What a value beyond the limit must look like.
  public var limitExpectation: String {
    if self == .duration { return "expected a duration of at most 30 years" }
    let number = isWhole ? "1e15" : "1e18"
    return "expected at most \(number)\(baseUnit.isEmpty ? "" : " \(baseUnit)")"
  }

  /// What a value must look like, with all units.
  public var expectation: String {
    let symbols = units.map(\.symbol).filter { !$0.isEmpty && $0 != "%" }
    guard symbols.count > 1 else { return "expected \(example)" }
    return "expected \(example); units: \(symbols.joined(separator: ", "))"
  }

  /// Reads a quantity with its unit.
  ///
  /// - Parameter text: a decimal number, optional space, a unit; for plain numbers no unit.
  /// - Returns: the value in base units, maybe beyond the limit, or nil if the text is no finite,
  ///   non-negative quantity of this dimension.
  public func parse(_ text: String) -> Double? {
    if self == .instant, let seconds = UnixTime.seconds(text) { return Double(seconds) }
    let trimmed = text.trimmingPrefix { $0 == " " }
    let digits = trimmed.prefix { $0.isNumber || "+-.eE_".contains($0) }
    // "e" ends a number only when an exponent follows, which Double checks.
    guard let number = Double(digits.filter { $0 != "_" }), number.isFinite, number >= 0 else {
      return nil
    }
    let symbol = String(trimmed.dropFirst(digits.count).drop { $0 == " " })
    guard let unit = units.first(where: { $0.symbol == symbol }) else { return nil }
    let value = number * unit.factor
    if isWhole && value != value.rounded() { return nil }
    return value
  }
}
