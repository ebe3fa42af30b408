import Experiments
import Testing

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

  @Test(arguments: Oracle.all.map(\.name)) func everyRowPasses(name: String) throws {
    let rows = Self.small.rows(of: Oracle.matching(name))
    #expect(try rows.count == Self.cases(name).count)
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(row.verdict == .pass, "\(row)")
      #expect(row.oracle == name && !row.unit.isEmpty && !row.source.isEmpty)
    }
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
    #expect(mean.expected == 966)
    #expect(Self.verdict(on: mean, off: 0) == .pass)
    #expect(Self.verdict(on: mean, off: 0x1p-43) == .fail)
    #expect(Self.verdict(on: .exact("none", unit: "1", 0) { nil }, off: 0) == .fail)
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
