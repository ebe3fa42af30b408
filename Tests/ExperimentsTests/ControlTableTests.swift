import Catalogue
import Results
import Statistics
import Testing
import Worlds

@testable import Reporting
@testable import Specifications

/// What controls make of the means of an experiment.
@Suite struct ControlTableTests {
  private static let spec = """
    controls: [throughput_offered_tx_per_s, demand_gas_log_mean]
    measures: [cost_data_wei_per_tx_mean, throughput_offered_tx_per_s, demand_gas_log_mean]
    """

  private static func report(_ rest: String, replications: Int) throws -> Report {
    var spec = try Tiny.experiment(rest).spec
    spec.replications = replications
    return try Experiment(spec).report()
  }

  /// The regression of the columns of `runs.csv`, with arrivals about 2 /s and demand about 0.
  @Test func rowsAreRegressionsOverRuns() throws {
    let report = try Self.report(Self.spec, replications: 8)
    let table = try #require(report.controls)
    #expect(table.column("measure").map(\.text) == ["cost_data_wei_per_tx_mean"])
    let variates = Self.variates(
      report.runs, ["throughput_offered_tx_per_s": 2, "demand_gas_log_mean": 0], inGroupsOf: 1)
    try Self.compare(table, variates, count: 8)
    let row = report.points.column("measure").firstIndex { $0.text == "cost_data_wei_per_tx_mean" }
    #expect(try table.numbers("ci_low")[0] == report.points.numbers("ci_low")[#require(row)])
  }

  @Test func antitheticPairsAreRegressedAsPairs() throws {
    let report = try Self.report(
      "controls: [throughput_offered_tx_per_s]\nrandom: {antithetic: true}", replications: 12)
    var table = Table(columns: try #require(report.controls).columns)
    for row in report.controls?.rows ?? [] where row[0].text == "cost_data_wei_per_tx_mean" {
      table.append(row)
    }
    let variates = Self.variates(
      report.runs, ["throughput_offered_tx_per_s": 2], inGroupsOf: 2)
    try Self.compare(table, variates, count: 6)
  }

  /// Others' demand is normal, so a pair mirrors it to exactly nothing: a control that does not vary.
  @Test func whatPairsMirrorAwayControlsNothing() throws {
    let report = try Self.report(
      "controls: [demand_gas_log_mean]\nmeasures: [cost_data_wei_per_tx_mean]\n"
        + "random: {antithetic: true}", replications: 12)
    let table = try #require(report.controls)
    #expect(table.numbers("mean")[0] != nil)
    #expect(table.numbers("controlled_mean") == [nil] && table.numbers("runs_saved") == [nil])
  }

  private static func variates(
    _ runs: Table, _ controls: KeyValuePairs<String, Double>, inGroupsOf size: Int
  ) -> ControlVariates {
    let names = ["cost_data_wei_per_tx_mean"] + controls.map(\.key)
    let columns = names.map { runs.numbers($0).compactMap(\.self) }
    var variates = ControlVariates(controls: controls.count)
    for start in stride(from: 0, to: columns[0].count, by: size) {
      let means = columns.map { $0[start..<start + size].reduce(0, +) / Double(size) }
      variates.record(means[0], zip(means.dropFirst(), controls).map { $0 - $1.value })
    }
    return variates
  }

  private static func compare(_ table: Table, _ variates: ControlVariates, count: Int) throws {
    let found = try #require(variates.estimate(confidence: 0.95))
    func cell(_ name: String) throws -> Double { try #require(table.numbers(name)[0]) }
    #expect(try cell("n") == Double(count))
    #expect(abs(try cell("mean") / variates.responses.mean - 1) < 1e-12)
    #expect(abs(try cell("controlled_mean") / found.mean - 1) < 1e-12)
    #expect(abs(try cell("controlled_ci_high") / found.interval.high - 1) < 1e-10)
    #expect(abs(try cell("correlation") / found.correlation - 1) < 1e-10)
    #expect(abs(try cell("runs_saved") / found.runsSaved - 1) < 1e-9)
  }

  /// The known mean is that of the scenario as each replication drew it.
  @Test func drawnValuesAreWrittenBack() throws {
    let point = try Tiny.experiment("factors: {system: [starknet]}").points[0]
    let drawn = point.resolved.drawn(seed: 3, replication: 5)
    #expect(!drawn.values.isEmpty)
    #expect(point.resolved.scenario(drawing: drawn.values) == drawn.scenario)
    #expect(point.resolved.scenario != drawn.scenario)
  }

  /// Each of two points has its own regression, and no more rows.
  @Test func pointsDoNotMix() throws {
    let both = try Self.report(
      Self.spec + "\nfactors: {poster.max_age: [30 s, 2 min]}", replications: 8)
    let alone = try Self.report(
      Self.spec + "\nfactors: {poster.max_age: [2 min]}", replications: 8)
    let (table, other) = (try #require(both.controls), try #require(alone.controls))
    #expect(table.rows.count == 2)
    #expect(table.rows[1].map(\.text) == other.rows[0].map(\.text))
  }

  static let problems = [
    (
      "controls: [cost_total_wei_per_tx_mean]",
      "controls: the mean of 'cost_total_wei_per_tx_mean' is not known, or its runs do not vary; a "
        + "control can be: throughput_offered_tx_per_s, fee_missed_slots_share, "
        + "demand_gas_log_mean, demand_blob_log_mean"
    ),
    (
      "controls: [throughput_ofered_tx_per_s]",
      "controls: no measure is called 'throughput_ofered_tx_per_s'; did you mean "
        + "'throughput_offered_tx_per_s'?"
    ),
    (
      "controls: [demand_gas_log_mean, demand_gas_log_mean]",
      "controls: 'demand_gas_log_mean' stands here twice"
    ),
    (
      "controls: []",
      "controls: expected a list of 1 to 10 measures such as [throughput_offered_tx_per_s]"
    ),
  ]

  @Test(arguments: problems) func whatIsNoControlIsRefused(_ text: String, _ message: String) {
    #expect(Tiny.problems(text) == [message])
  }
}
