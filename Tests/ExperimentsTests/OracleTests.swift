import Testing

@testable import Validating

/// The oracles themselves, with few replications; their false alarm is that of `Validation`.
@Suite struct OracleTests {
  private static let small: Validation = {
    var validation = Validation()
    validation.replications = 10
    return validation
  }()

  private static func cases(_ oracle: String) throws -> [Oracle.Case] {
    try #require(Oracle.matching(oracle).first).cases
  }

  /// The verdict on a case whose expected number is off.
  private static func verdict(on question: Oracle.Case, off: Double) -> OracleRow.Verdict? {
    var question = question
    question.expected += off
    let oracle = Oracle(name: "wrong", statement: "", source: "", cases: [question])
    return small.rows(of: [oracle]).first?.verdict
  }

  /// A row with a reason to disagree does so at the default seed: else the reason is out of date.
  @Test(arguments: Oracle.all.map(\.name)) func everyRowPasses(name: String) throws {
    let oracle = try #require(Oracle.matching(name).first)
    let rows = Self.small.rows(of: [oracle])
    #expect(rows.count == oracle.cases.count)
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(row.verdict == (row.disagreement == nil ? .pass : .differs), "\(row)")
      #expect(row.oracle == name && !row.unit.isEmpty && !row.source.isEmpty)
      if let detects = oracle.detects { expectDetection(of: detects, in: row) }
    }
  }

  /// A row of a wrong simulator fails: an error that 100 replications see lies beyond the interval.
  ///
  /// Of ten replications the interval is 9 times as wide: 3.2 by their number and 2.8 by Student's
  /// quantile for 9 degrees of freedom. That of 100 reaches to two thirds of the stated error, so an
  /// error of 12 times that, which is 2 intervals of ten, lies outside unless their spread came out
  /// twice too large: a probability of 4e-5 for 9 degrees of freedom, decided by the seed.
  private func expectDetection(of error: Double, in row: OracleRow) {
    guard let expected = row.expected, let low = row.low, let high = row.high else { return }
    #expect(expected * (1 + 12 * error) > high, "\(row)")
    #expect(expected * (1 - 12 * error) < low, "\(row)")
  }

  /// The stated error itself, with the replications that it is stated for.
  @Test func theStatedErrorIsSeen() throws {
    let oracle = try #require(Oracle.matching("deposit-delay").first)
    let detects = try #require(oracle.detects)
    let wrong = [-detects, 0, detects].map { error in
      var question = oracle.cases[1]
      question.expected *= 1 + error
      return question
    }
    let rows = Validation().rows(
      of: [Oracle(name: "wrong", statement: "", source: "", cases: wrong)])
    #expect(rows.map(\.verdict) == [.fail, .pass, .fail])
  }

  @Test func namesAreDistinct() {
    #expect(Set(Oracle.all.map(\.name)).count == Oracle.all.count)
    for oracle in Oracle.all { #expect(Set(oracle.cases.map(\.name)).count == oracle.cases.count) }
  }

  /// 100 replications at the default seed see half a per cent and more; 10 see a slot.
  @Test func aWrongMeanFails() throws {
    let delay = try Self.cases("inclusion-delay")[0]
    #expect(Self.verdict(on: delay, off: 0) == .pass)
    #expect(Self.verdict(on: delay, off: 12) == .fail)
    #expect(Self.verdict(on: delay, off: -12) == .fail)
    #expect(Self.verdict(on: delay, off: .nan) == .fail)
  }

  @Test func anExactRowHasNoTolerance() throws {
    let mean = try #require(Self.cases("casper-finality").last)
    #expect(mean.expected == 954)
    #expect(Self.verdict(on: mean, off: 0) == .pass)
    #expect(Self.verdict(on: mean, off: 0x1p-43) == .fail)
    #expect(Self.verdict(on: .exact("none", unit: "1", 0) { nil }, off: 0) == .fail)
  }

  /// Blocks of a rollup without the transactions of anybody else.
  private static let world = WorldProbe(WorldProbe.quiet, "{warmup: 0 s, horizon: 1 min}")

  @Test(arguments: [
    (0.0...2.0, nil, 1.0, OracleRow.Verdict.pass), (0...2, "reason", 1, .pass),
    (0...2, nil, 2.1, .fail), (0...2, "reason", 2.1, .differs), (0...2, "reason", -0.1, .differs),
    (0...2, nil, .nan, .fail), (0...2, "reason", .nan, .fail), (0...2, "reason", 3.1, .fail),
  ])
  func aRangeHoldsTheMean(
    published: ClosedRange<Double>, reason: String?, simulated: Double, verdict: OracleRow.Verdict
  ) throws {
    let question = Oracle.Case.range(
      "range", unit: "s", published, differs: reason.map { .init(-1...3, because: $0) },
      in: Self.world
    ) { _ in simulated }
    let oracle = Oracle(name: "range", statement: "", source: "a page", cases: [question])
    let row = try #require(Self.small.rows(of: [oracle]).first)
    #expect(row.verdict == verdict)
    #expect(row.expected == nil && row.low == 0 && row.high == 2)
    let csv = OracleRow.table([row]).csv
    #expect(csv.contains("a page; differs: reason") == (reason != nil))
  }

  /// Size 50 or 60 s at 0.5/s, and its two limits.
  @Test func batchTriggersAreThoseOfTheFormula() {
    let both = BatchCycle(rate: 0.5, size: 50, timer: 60)
    #expect(abs(both.meanSize - 30.998815) < 5e-7)
    #expect(abs(both.meanWait - 30.965009) < 5e-7)
    #expect(abs(both.meanInterval - 61.997630) < 5e-7)
    let timer = BatchCycle(rate: 0.5, size: 1000, timer: 60)
    #expect(abs(timer.meanSize - 31) < 1e-9 && abs(timer.meanWait - 960.0 / 31) < 1e-9)
    let size = BatchCycle(rate: 0.5, size: 50, timer: 86_400)
    #expect(size.meanSize == 50 && abs(size.meanWait - 49) < 1e-9)
  }

  /// Erlang B by its recursion, C from it, and the wait: 0.02/s, 120 s, four provers.
  @Test func theWaitOfThePoolIsErlangC() throws {
    let (rate, load, count) = (0.02, 2.4, 4.0)
    var blocking = 1.0
    for k in 1...4 { blocking = load * blocking / (Double(k) + load * blocking) }
    let waiting = blocking / (1 - load / count * (1 - blocking))
    let expected = try Self.cases("prover-pool")[0].expected
    #expect(abs(waiting / (count / 120 - rate) - expected) < 5e-6)
  }

  @Test func fixedCapacityIsTheSumOverItsZeros() throws {
    let expected = try Self.cases("fixed-capacity-slots")[0].expected
    #expect(abs(expected - 6.527005) < 5e-7)
  }

  @Test func inclusionDelaysAreThoseOfTheFormula() throws {
    let expected = try Self.cases("inclusion-delay").map(\.expected)
    for (found, published) in zip(expected, [6, 6.1212, 6.2449]) {
      #expect(abs(found - published) < 5e-5)
    }
  }

  /// At least four means share 1e-6.
  @Test func theFalseAlarmIsThatOfTheWholeTable() {
    #expect(Validation.falseAlarm == 1e-6)
    #expect((1 - 2.5e-7..<1).contains(Validation.confidence))
  }

  @Test func theSeedDecidesMeansAndNothingElse() throws {
    var other = Self.small
    other.seed = 2
    let oracles = Oracle.matching("inclusion-delay") + Oracle.matching("fee-steps")
    let rows = Self.small.rows(of: oracles)
    #expect(OracleRow.table(rows).csv == OracleRow.table(Self.small.rows(of: oracles)).csv)
    for (one, two) in zip(rows, other.rows(of: oracles)) {
      #expect((one.simulated == two.simulated) == (one.low == nil))
    }
  }
}
