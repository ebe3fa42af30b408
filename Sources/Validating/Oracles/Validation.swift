import Statistics
import Threads

/// Puts oracles beside the simulator.
///
/// Exact rows must be equal. A row of a mean has Student's interval over independent replications,
/// each with the same share of the false alarm (Bonferroni), whichever oracles are selected. A known
/// range must hold the mean over a few replications.
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

  /// Threads that replications are spread over; rows do not depend on it.
  public var jobs = 1

  private static let meanCount = Oracle.all.reduce(0) {
    $0 + $1.cases.count(where: \.isStatistical)
  }

  /// A validation with the default seed and size.
  public init() {}

  /// Runs oracles, all of them unless told otherwise.
  ///
  /// - Parameter onProgress: hears how many oracles are done.
  /// - Returns: the rows in the order of oracles and cases.
  public func rows(
    of oracles: [Oracle] = Oracle.all, onProgress: (Int) -> Void = { _ in }
  ) -> [OracleRow] {
    oracles.enumerated().flatMap { index, oracle in
      defer { onProgress(index + 1) }
      var runs = WorldRuns()
      return oracle.cases.map { row(of: $0, in: oracle, &runs) }
    }
  }

  /// The replications of worlds that the cases of an oracle share.
  private typealias WorldRuns = [ObjectIdentifier: [WorldProbe.Values]]

  private func row(
    of question: Oracle.Case, in oracle: Oracle, _ runs: inout WorldRuns
  ) -> OracleRow {
    switch question.simulated {
    case .exact(let simulate):
      return row(
        question, oracle, expected: question.expected, simulated: simulate(), limits: nil)
    case .mean(let sample):
      precondition(replications >= Self.fewestReplications, "too few to tell the spread")
      let tally = tally(of: sample, replications, &runs)
      let interval = ConfidenceInterval(meanOf: tally, confidence: Self.confidence)
      return row(
        question, oracle, expected: question.expected, simulated: tally.mean,
        limits: interval.map { ($0.low, $0.high) })
    case .range(let span, let sample):
      // No interval is asked of them, so they are not worth more.
      let mean = tally(of: sample, Self.fewestReplications, &runs).mean
      return row(
        question, oracle, expected: nil, simulated: mean,
        limits: (question.expected, question.expected + span))
    }
  }

  private func tally(
    of sample: Oracle.Case.Sample, _ count: Int, _ runs: inout WorldRuns
  ) -> Tally {
    let numbers: [Double]
    switch sample {
    case .simulation(let simulate):
      numbers = inParallel(count, jobs: jobs) { simulate(seed, UInt64($0)) }
    case .world(let world, let read):
      var values = runs[ObjectIdentifier(world)] ?? []
      let first = values.count
      values += inParallel(max(0, count - first), jobs: jobs) {
        world.run(seed: seed, replication: UInt64(first + $0))
      }
      runs[ObjectIdentifier(world)] = values
      numbers = values.prefix(count).map(read)
    }
    return numbers.reduce(into: Tally()) { $0.record($1) }
  }

  private func row(
    _ question: Oracle.Case, _ oracle: Oracle, expected: Double?, simulated: Double?,
    limits: (low: Double, high: Double)?
  ) -> OracleRow {
    OracleRow(
      oracle: oracle.name, name: question.name, unit: question.unit, expected: expected,
      simulated: simulated, low: limits?.low, high: limits?.high, source: oracle.source,
      disagreement: question.disagreement)
  }
}
