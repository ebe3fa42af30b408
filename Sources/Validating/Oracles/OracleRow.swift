import Results

/// What the simulator gave for one case of an oracle.
public struct OracleRow: Sendable {
  /// Whether the simulator agrees.
  public enum Verdict: String, Sendable {
    /// It agrees.
    case pass
    /// It does not.
    case fail
    /// It does not, for a reason that is stated.
    case differs
  }

  /// The name of the oracle.
  public let oracle: String
  /// The name of the case.
  public let name: String
  /// Unit of the numbers.
  public let unit: String
  /// The number as it is known; nil where a range is known.
  public let expected: Double?
  /// The simulated number, or the mean over replications; nil if there is none.
  public let simulated: Double?
  /// The lower limit of the interval of a mean, or of the known range; nil for what must be equal.
  public let low: Double?
  /// The upper limit of the interval of a mean, or of the known range; nil for what must be equal.
  public let high: Double?
  /// Where the number is known from.
  public let source: String
  /// How the simulator is known to disagree; nil where it is not.
  public let disagreement: Oracle.Disagreement?

  /// Pass if the expected number is the simulated one or lies within its interval, or if the simulated
  /// number lies in the known range.
  public var verdict: Verdict {
    if agrees { return .pass }
    guard let disagreement, let simulated else { return .fail }
    return disagreement.simulated.contains(simulated) ? .differs : .fail
  }

  private var agrees: Bool {
    guard let low, let high else { return simulated == expected }
    guard let number = expected ?? simulated else { return false }
    return low <= number && number <= high
  }

  /// The rows as a table of results.
  public static func table(_ rows: [OracleRow]) -> Table {
    var table = Table(
      columns: [
        .init("oracle", .string, "Name of the oracle."),
        .init("case", .string, "What is asked."),
        .init("unit", .string, "Unit of the numbers."),
        .init("expected", .number, "The number as it is known; empty where a range is known."),
        .init("simulated", .number, "The simulated number, or the mean over replications."),
        .init(
          "low", .number,
          "Lower limit of the interval of a mean, or of the known range; empty for exact rows."),
        .init(
          "high", .number,
          "Upper limit of the interval of a mean, or of the known range; empty for exact rows."),
        .init("verdict", .string, "pass, fail, or differs: fails for a reason that is stated."),
        .init(
          "source", .string,
          "Where the number is known from, and why the simulator differs from it."),
      ])
    for row in rows {
      table.append([
        .string(row.oracle), .string(row.name), .string(row.unit), .init(row.expected),
        .init(row.simulated), .init(row.low), .init(row.high), .string(row.verdict.rawValue),
        .string(row.disagreement.map { "\(row.source); differs: \($0.reason)" } ?? row.source),
      ])
    }
    return table
  }
}
