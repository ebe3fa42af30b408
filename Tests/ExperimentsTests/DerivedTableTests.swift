import Catalogue
import Results
import RunStore
import Statistics
import Testing
import Worlds

@testable import Reporting
@testable import Running
@testable import Specifications

/// Derived measures in tables.
@Suite struct DerivedTableTests {
  private static let keys = """
    derived:
      full: {value: 100 * throughput_offered_tx_per_s / finality_soft_s, unit: 1/s2}
      per_byte: {value: cost_data_wei_per_tx / bytes_posted_per_tx, unit: wei/B, meaning: A byte.}
      less: {value: cost_data_wei_per_tx - 1, unit: wei}

    """

  /// An experiment of two runs in which numerators are 1 and 3, denominators 1 and 2.
  private static func report(_ rest: String) throws -> Report {
    let experiment = try Tiny.experiment(keys + rest)
    let store = try RunStore(RunStore.inMemory, mayWrite: true)
    let number = try store.points([experiment.key(of: experiment.points[0])])[0]
    let values = ["cost_data_wei_per_tx_mean": [1.0, 3], "bytes_posted_per_tx": [1, 2]]
    for replication in 0..<2 {
      let measures = Measure.all.map { values[$0.name]?[replication] }
      let result = RunResult(measures: measures, feePath: [], events: 1, fingerprint: 1)
      try store.record([
        .init(
          point: number, replication: replication,
          outcome: RunOutcome(result: .success(result), drawn: []).bytes)
      ])
    }
    return try Report(experiment, from: StoredRuns(experiment, in: [store]))
  }

  @Test func aRatioHasBothEstimates() throws {
    let points = try Self.report("measures: [cost_data_wei_per_tx, per_byte, less]").points
    #expect(
      points.column("measure").map(\.text) == ["cost_data_wei_per_tx_mean", "per_byte", "less"])
    #expect(points.numbers("mean") == [2, 1.25, 1])
    #expect(points.column("unit").map(\.text) == ["wei", "wei/B", "wei"])
    #expect(points.numbers("ratio_of_means") == [nil, 4.0 / 3, nil])
    var tally = RatioTally()
    tally.record(1, over: 1)
    tally.record(3, over: 2)
    let interval = tally.interval(confidence: 0.95)
    #expect(points.numbers("ratio_ci_low")[1] == interval?.low)
    #expect(points.numbers("ratio_ci_high")[1] == interval?.high)
  }

  @Test func withoutARatioThereAreNoSuchColumns() throws {
    let points = try Self.report("measures: [less]").points
    #expect(points.columns.last?.name == "basis")
    #expect(points.numbers("mean") == [1])
  }

  @Test func aRunHasTheValueOfEach() throws {
    let runs = try Self.report("measures: [per_byte, cost_data_wei*]").runs
    #expect(
      runs.columns.map(\.name) == [
        "point", "replication", "cost_data_wei_per_tx_mean", "per_byte", "events", "fingerprint",
      ])
    #expect(runs.numbers("per_byte") == [1, 1.5])
    let column = try #require(runs.columns.first { $0.name == "per_byte" })
    #expect(column.unit == "wei/B" && column.description == "A byte.")
  }

  /// As of other measures, all of them are reported where nothing is chosen.
  @Test func allAreReportedByDefault() throws {
    let points = try Self.report("").points
    #expect(Set(points.column("measure").map(\.text)).isSuperset(of: ["per_byte", "less"]))
  }

  /// Simulated runs, with pairs: groups are averaged on both sides of the line.
  @Test func aRatioOfPairsIsThatOfTheirMeans() throws {
    let (_, report) = try Tiny.report(
      Self.keys + "measures: [throughput_offered_tx_per_s, finality_soft_s_mean, full]\n"
        + "replications: 6\nrandom: {antithetic: true}")
    let means = report.points.numbers("mean").compactMap(\.self)
    try #require(means.count == 3)
    let ratio = try #require(report.points.numbers("ratio_of_means")[2])
    #expect(abs(ratio / (100 * means[1] / means[0]) - 1) < 1e-12)
    #expect(report.points.numbers("n") == [3, 3, 3])
    let offered = report.runs.numbers("throughput_offered_tx_per_s").compactMap(\.self)
    let time = report.runs.numbers("finality_soft_s_mean").compactMap(\.self)
    #expect(report.runs.numbers("full") == zip(offered, time).map { 100 * $0 / $1 })
  }

  @Test func aRuleAndAFigureTakeThem() throws {
    let (experiment, report) = try Tiny.report(
      Self.keys + "measures: [full]\nfactors: {poster.max_age: [30 s, 1 min]}\n"
        + "replications: {min: 2, max: 3, until: {measure: full, relative: 1e-9}}\n"
        + "figures: [{x: poster.max_age, y: full}]")
    #expect(report.impreciseCount == 2)
    #expect(report.points.numbers("n") == [3, 3])
    let figure = try #require(Figures.documents(experiment, report).first).content
    #expect(figure.contains("Full [1/s2]"))
  }

  @Test func anObjectiveMayBeDerived() throws {
    let spec = try Tiny.spec(
      Self.keys + "optimise: {minimise: per_byte, subject_to: [{measure: less, at_most: 3}]}")
    let search = try #require(spec.optimisation)
    #expect(spec.measureTable[search.objective].name == "per_byte")
    #expect(search.bounds.map { spec.measureTable[$0.measure].name } == ["less"])
  }

  /// What is derived is in no run, so another formula runs nothing again.
  @Test func finishedRunsServeEveryFormula() throws {
    let (one, two) = (try Tiny.experiment(Self.keys), try Tiny.experiment(""))
    #expect(one.key(of: one.points[0]) == two.key(of: two.points[0]))
    func identity(_ experiment: Experiment) -> String {
      Manifest(experiment, settings: [], inputs: []).identity
    }
    #expect(identity(one) != identity(two))
    #expect(
      try identity(Tiny.experiment(Self.keys + "measures: [less]"))
        != identity(
          Tiny.experiment(Self.keys.replacing("tx - 1", with: "tx - 2") + "measures: [less]")))
  }
}
