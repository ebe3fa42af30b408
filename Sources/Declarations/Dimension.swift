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
  /// Gas per unit of time [gas/s].
  case gasPerSecond
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
  /// Coins of the settlement chain.
  case ether

  /// A unit, and how many base units it is: a ratio of whole numbers times a power of ten.
  public struct Unit: Sendable {
    /// How it is written.
    public let symbol: String
    let numerator: Int
    let denominator: Int
    let exponent: Int

    fileprivate init(
      _ symbol: String, _ numerator: Int = 1, over denominator: Int = 1, tenTo exponent: Int = 0
    ) {
      self.symbol = symbol
      self.numerator = numerator
      self.denominator = denominator
      self.exponent = exponent
    }
  }

  /// The units that a scenario may use; the base unit first.
  public var units: [Unit] {
    switch self {
    case .duration:
      [
        Unit("s"), Unit("ns", tenTo: -9), Unit("us", tenTo: -6), Unit("ms", tenTo: -3),
        Unit("min", 60), Unit("h", 3600), Unit("d", 86_400),
      ]
    case .bytes:
      [
        Unit("B"), Unit("kB", tenTo: 3), Unit("MB", tenTo: 6), Unit("KiB", 1024),
        Unit("MiB", 1_048_576),
      ]
    case .gas:
      [Unit("gas"), Unit("kgas", tenTo: 3), Unit("Mgas", tenTo: 6), Unit("Ggas", tenTo: 9)]
    case .weiPerGas: [Unit("wei"), Unit("gwei", tenTo: 9)]
    case .gasPerSecond:
      [
        Unit("gas/s"), Unit("kgas/s", tenTo: 3), Unit("Mgas/s", tenTo: 6),
        Unit("Ggas/s", tenTo: 9),
      ]
    case .bytesPerSecond: [Unit("B/s"), Unit("kB/s", tenTo: 3), Unit("MB/s", tenTo: 6)]
    case .rate:
      [Unit("/s"), Unit("/min", over: 60), Unit("/h", over: 3600), Unit("/d", over: 86_400)]
    case .share: [Unit(""), Unit("%", tenTo: -2)]
    case .number, .count, .instant: [Unit("")]
    case .usd: [Unit("USD")]
    case .usdPerHour: [Unit("USD/h")]
    case .ether: [Unit("ETH")]
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
    case .gasPerSecond: "_gas_per_s"
    case .bytesPerSecond: "_bytes_per_s"
    case .rate: "_per_s"
    case .share, .number, .count, .instant: ""
    case .usd: "_usd"
    case .usdPerHour: "_usd_per_h"
    case .ether: "_eth"
    }
  }

  private var example: String {
    switch self {
    case .duration: "a duration such as '12 s'"
    case .bytes: "a size such as '100 kB'"
    case .gas: "an amount of gas such as '30 Mgas'"
    case .weiPerGas: "a gas price such as '15 gwei'"
    case .gasPerSecond: "a flow of gas such as '7 Mgas/s'"
    case .bytesPerSecond: "a flow of data such as '5 kB/s'"
    case .rate: "a rate such as '50 /s'"
    case .share: "a share such as '0.1' or '10 %'"
    case .number: "a number"
    case .count: "a whole number"
    case .instant: "a date such as '2025-12-03T21:00:00Z', or whole Unix seconds"
    case .usd: "a price such as '2500 USD'"
    case .usdPerHour: "a rent such as '5 USD/h'"
    case .ether: "an amount such as '32 ETH'"
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
    case .bytes, .gas, .weiPerGas, .gasPerSecond, .bytesPerSecond, .rate, .share, .number, .usd,
      .usdPerHour, .ether:
      1e18
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
}
