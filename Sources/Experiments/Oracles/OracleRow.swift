import Results

/// What the simulator gave for one case of an oracle.
public struct OracleRow: Sendable {
  /// Whether the simulator agrees.
  public enum Verdict: String, Sendable {
    /// It agrees.
    case pass
    /// It does not.
    case fail
  }

  /// The name of the oracle.
  public let oracle: String
  /// The name of the case.
  public let name: String
  /// Unit of the numbers.
  public let unit: String
  /// The number as it is known.
  public let expected: Double
  /// The simulated number, or the mean over replications; nil if there is none.
  public let simulated: Double?
  /// The lower limit of the interval of a mean; nil for what must be equal.
  public let low: Double?
  /// The upper limit of the interval of a mean; nil for what must be equal.
  public let high: Double?
  /// Where the number is known from.
  public let source: String

  /// Pass if the expected number is the simulated one, or lies within its interval.
  public var verdict: Verdict {
    guard let low, let high else { return simulated == expected ? .pass : .fail }
    return low <= expected && expected <= high ? .pass : .fail
  }

  /// The rows as a table of results.
  public static func table(_ rows: [OracleRow]) -> Table {
    var table = Table(
      columns: [
        .init("oracle", .string, "Name of the oracle."),
        .init("case", .string, "What is asked."),
        .init("unit", .string, "Unit of the numbers."),
        .init("expected", .number, "The number as it is known."),
        .init("simulated", .number, "The simulated number, or the mean over replications."),
        .init("low", .number, "Lower limit of the interval of a mean; empty for exact rows."),
        .init("high", .number, "Upper limit of the interval of a mean; empty for exact rows."),
        .init("verdict", .string, "pass or fail."),
        .init("source", .string, "Where the number is known from."),
      ])
    for row in rows {
      table.append([
        .string(row.oracle), .string(row.name), .string(row.unit), .number(row.expected),
        .init(row.simulated), .init(row.low), .init(row.high), .string(row.verdict.rawValue),
        .string(row.source),
      ])
    }
    return table
  }
}
