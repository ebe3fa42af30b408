import Catalogue
import Testing
import Worlds

@testable import Specifications

/// Measures that a specification derives from others.
@Suite struct DerivedMeasureTests {
  private static func table(
    _ yaml: String, of shape: WorldShape = .single
  ) throws -> (table: MeasureTable, problems: [Problem]) {
    var table = MeasureTable(of: shape)
    var problems: [Problem] = []
    table.define(try .parse(yaml, file: "e.yaml", path: "derived"), &problems)
    return (table, problems)
  }

  /// The values of what is derived where the measure at a place has the value of that place, but those
  /// in `missing` have none and those in `values` others.
  private static func values(
    _ table: MeasureTable, _ values: [String: Double], missing: [String] = []
  ) throws -> [Double?] {
    var measures = table.shape.measures.indices.map { Optional(Double($0)) }
    for (name, value) in values { measures[try #require(table.indices(of: name).first)] = value }
    for name in missing { measures[try #require(table.indices(of: name).first)] = nil }
    let result = RunResult(measures: measures, feePath: [], events: 0, fingerprint: 0)
    return Array(table.completed(result).measures.dropFirst(measures.count))
  }

  private static let (up, down) = ("cost_data_wei_per_tx_mean", "bytes_posted_per_tx")

  @Test func aFormulaOverMeasuresAndThoseBefore() throws {
    let (table, problems) = try Self.table(
      "a_wei: {value: 2 * cost_data_wei_per_tx + 1, unit: wei}\nb: {value: a_wei^2, unit: 1}")
    #expect(problems.isEmpty)
    #expect(try Self.values(table, [Self.up: 3]) == [7, 49])
    let entry = table[table.indices.count - 1]
    #expect(entry.name == "b" && entry.unit == "1" && entry.meaning == "a_wei^2.")
    #expect(entry.qualifiedName == "b" && entry.subjectName.isEmpty)
  }

  /// x^0 is 1 even of what is not a number; a measure that does not apply makes none all the same.
  @Test func noValueWhereOneIsMissingOrNothingIsFinite() throws {
    let (table, _) = try Self.table(
      "a: {value: \(Self.up) / \(Self.down), unit: 1}\nb: {value: \(Self.up)^0, unit: 1}")
    #expect(try Self.values(table, [Self.up: 6, Self.down: 3]) == [2, 1])
    #expect(try Self.values(table, [Self.up: 6, Self.down: 0]) == [nil, 1])
    #expect(try Self.values(table, [Self.down: 3], missing: [Self.up]) == [nil, nil])
  }

  @Test(arguments: [
    (
      "a: {value: 2 * cost_data_wei_per_txt, unit: 1}",
      "e.yaml:1:12: derived.a.value: at character 5: no measure is called "
        + "'cost_data_wei_per_txt'; did you mean 'cost_data_wei_per_tx_mean'?"
    ),
    (
      "a: {value: b, unit: 1}\nb: {value: cost_data_wei_per_tx, unit: 1}",
      "e.yaml:1:12: derived.a.value: at character 1: 'b' does not come before 'a'"
    ),
    (
      "a: {value: a, unit: 1}",
      "e.yaml:1:12: derived.a.value: at character 1: 'a' does not come before 'a'"
    ),
    (
      "a: {value: cost_data_wei_per_tx *, unit: 1}",
      "e.yaml:1:12: derived.a.value: at character 23: expected a number, a name or '('; found the end"
    ),
    (
      "a: {value: 2 * 3, unit: 1}",
      "e.yaml:1:12: derived.a.value: expected an expression over measures; '2 * 3' names none"
    ),
    (
      "cost_data_wei_per_tx_mean: {value: bytes_posted_per_tx, unit: 1}",
      "e.yaml:1:1: derived.cost_data_wei_per_tx_mean: 'cost_data_wei_per_tx_mean' is a measure already"
    ),
    (
      "cost_data_wei_per_tx: {value: bytes_posted_per_tx, unit: 1}",
      "e.yaml:1:1: derived.cost_data_wei_per_tx: 'cost_data_wei_per_tx' is a measure already"
    ),
    (
      "events: {value: bytes_posted_per_tx, unit: 1}",
      "e.yaml:1:1: derived.events: 'events' is a column of tables already"
    ),
    (
      "costPerByte: {value: bytes_posted_per_tx, unit: 1}",
      "e.yaml:1:1: derived.costPerByte: expected a name in snake_case such as cost_data_wei_per_byte"
    ),
    (
      "a: {value: bytes_posted_per_tx}",
      "e.yaml:1:4: derived.a: the key 'unit' is missing; expected {value: EXPRESSION, unit: UNIT}, "
        + "and a meaning if you like"
    ),
    (
      "a: {unit: 1}",
      "e.yaml:1:4: derived.a: the key 'value' is missing; expected {value: EXPRESSION, unit: UNIT}, "
        + "and a meaning if you like"
    ),
    (
      "a: 3",
      "e.yaml:1:4: derived.a: expected {value: EXPRESSION, unit: UNIT}, and a meaning if you like"
    ),
    (
      "a: {value: bytes_posted_per_tx, unit: ''}",
      "e.yaml:1:39: derived.a.unit: expected a unit such as wei/B, or 1 for a plain number"
    ),
    (
      "a: {value: bytes_posted_per_tx, unit: 1, meanning: x}",
      "e.yaml:1:42: derived.a.meanning: unknown key; did you mean 'meaning'?"
    ),
  ]) func whatIsWrongIsSaidOnceAtItsPlace(_ yaml: String, _ message: String) throws {
    #expect(try Self.table(yaml).problems.map(\.description) == [message])
  }

  /// What is wrong with a measure is not said again where another one uses it.
  @Test func oneProblemIsOne() throws {
    let (_, problems) = try Self.table(
      "a: {value: nonsense, unit: 1}\nb: {value: a / bytes_posted_per_tx, unit: 1}")
    #expect(problems.count == 1)
  }

  @Test func aColumnOfAFactorIsTaken() {
    #expect(
      Tiny.problems(
        "factors: {poster.max_age: [1 min]}\n"
          + "derived: {poster_max_age_s: {value: bytes_posted_per_tx, unit: 1}}"
      ) == ["derived.poster_max_age_s: 'poster_max_age_s' is the column of a factor already"])
  }

  // MARK: Several rollups

  @Test func withoutASubjectItIsOfEachRollup() throws {
    let (table, problems) = try Self.table(
      "a_wei: {value: 2 * cost_data_wei_per_tx, unit: wei}", of: Several.shape)
    #expect(problems.isEmpty)
    #expect(
      table.indices(of: "a_wei").map { table[$0].qualifiedName }
        == ["rollups.b.a_wei", "rollups.a.a_wei"])
    let (b, a) = ("rollups.b.\(Self.up)", "rollups.a.\(Self.up)")
    #expect(try Self.values(table, [b: 3, a: 5]) == [6, 10])
  }

  @Test func withSubjectsItIsOfTheWorld() throws {
    let (b, a) = ("rollups.b.\(Self.up)", "rollups.a.\(Self.up)")
    let (table, problems) = try Self.table(
      "ratio: {value: \(a) / \(b), unit: 1}\nmore: {value: ratio + 1, unit: 1}\n"
        + "share: {value: ratio * \(Self.up), unit: wei}", of: Several.shape)
    #expect(problems.isEmpty)
    #expect(
      table.indices.suffix(4).map { table[$0].qualifiedName }
        == ["ratio", "more", "rollups.b.share", "rollups.a.share"])
    #expect(try Self.values(table, [b: 2, a: 3]) == [1.5, 2.5, 3, 4.5])
  }

  @Test func whatOnlyAServiceHasNeedsItsName() throws {
    func problems(_ name: String) throws -> [String] {
      try Self.table("a: {value: \(name) / 2, unit: wei}", of: Several.shape).problems.map(
        \.message)
    }
    #expect(
      try problems("prover_rent_wei") == [
        "at character 1: 'prover_rent_wei' does not say whose; expected one of: "
          + "services.sharp.prover_rent_wei"
      ])
    #expect(try problems("services.sharp.prover_rent_wei").isEmpty)
  }

  // MARK: What it rests on

  @Test func itsBasisIsTheWorstOfItsMeasures() throws {
    let (table, _) = try Self.table(
      "a: {value: throughput_offered_tx_per_s + 0 * cost_data_wei_per_tx, unit: 1}\n"
        + "b: {value: a * 2, unit: 1}\nc: {value: throughput_offered_tx_per_s, unit: 1}")
    var request = ScenarioRequest(source: Location(file: "test"))
    request.system = .init("optimism-bedrock", request.source)
    try request.apply(settings: ["workload.arrivals.poisson.rate=2 /s"])
    let resolved = try Catalogue.builtIn.resolve(request)
    func bases(_ names: String...) -> [Basis] {
      names.flatMap(table.indices(of:)).map { table.basis(of: $0, under: resolved.doubts) }
    }
    let plain = bases("throughput_offered_tx_per_s", "cost_data_wei_per_tx_mean")
    #expect(plain[0] < plain[1])
    #expect(
      bases("a", "b", "c", "cost_data_wei_per_tx_mean") == [
        plain[1], plain[1], plain[0], plain[1],
      ])
  }

  @Test func aRatioStandsAtTheTop() throws {
    let (table, _) = try Self.table(
      "a: {value: \(Self.up) / \(Self.down), unit: 1}\n"
        + "b: {value: 100 * \(Self.up) / \(Self.down), unit: 1}\n"
        + "c: {value: (\(Self.up) / \(Self.down)) * 100, unit: 1}\n"
        + "d: {value: \(Self.up) / 2, unit: 1}\ne: {value: 1 / \(Self.up), unit: 1}")
    #expect(table.indices.suffix(5).map(table.isRatio) == [true, true, false, false, false])
  }
}
