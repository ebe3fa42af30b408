import Statistics

/// Puts oracles beside the simulator.
///
/// Exact rows must be equal. A row of a mean has Student's interval over independent replications,
/// each with the same share of the false alarm (Bonferroni), whichever oracles are selected.
public struct Validation: Sendable {
  /// Probability that a simulator without defects fails any row of the whole table.
  public static let falseAlarm = 1e-6
  /// Confidence of the interval of one row.
  public static let confidence = 1 - falseAlarm / Double(max(1, meanCount))

  /// Seed of all streams.
  public var seed: UInt64 = 1
  /// The fewest replications.
  ///
  /// Two of a share, a count out of 200, can be equal: an interval without width that misses. Ten
  /// equal ones have a probability below 1e-7 in every row.
  public static let fewestReplications = 10

  /// Independent replications behind each mean, at least `fewestReplications`.
  public var replications = 100

  private static let meanCount = Oracle.all.reduce(0) {
    $0 + $1.cases.count(where: \.isStatistical)
  }

  /// A validation with the default seed and size.
  public init() {}

  /// Runs oracles, all of them unless told otherwise.
  ///
  /// - Returns: the rows in the order of oracles and cases.
  public func rows(of oracles: [Oracle] = Oracle.all) -> [OracleRow] {
    oracles.flatMap { oracle in oracle.cases.map { row(of: $0, in: oracle) } }
  }

  private func row(of question: Oracle.Case, in oracle: Oracle) -> OracleRow {
    switch question.simulated {
    case .exact(let simulate): return row(question, oracle, simulated: simulate(), nil)
    case .mean(let simulate):
      precondition(replications >= Self.fewestReplications, "too few to tell the spread")
      let tally = (0..<UInt64(replications)).reduce(into: Tally()) {
        $0.record(simulate(seed, $1))
      }
      let interval = ConfidenceInterval(meanOf: tally, confidence: Self.confidence)
      return row(question, oracle, simulated: tally.mean, interval)
    }
  }

  private func row(
    _ question: Oracle.Case, _ oracle: Oracle, simulated: Double?, _ interval: ConfidenceInterval?
  ) -> OracleRow {
    OracleRow(
      oracle: oracle.name, name: question.name, unit: question.unit, expected: question.expected,
      simulated: simulated, low: interval?.low, high: interval?.high, source: oracle.source)
  }
}
