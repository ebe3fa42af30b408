import Catalogue
import Foundation
import Reporting
import Results
import Running
import Specifications
import Testing
import Worlds

/// What programs use: experiments in code, results by name, drawn values with their paths.
@Suite struct LibraryTests {
  private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/Handbook/Handbook.docc/HowTo/UseAsLibrary.md")

  /// The code of the page under "Run an experiment" stands in `sweep`, line by line.
  @Test func thePageIsCompiled() throws {
    func lines(_ text: some StringProtocol) -> [String] {
      text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty && !$0.hasPrefix("import ") }
    }
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let section = try #require(text.components(separatedBy: "## Run an experiment\n").last)
    let code = section.components(separatedBy: "```")[1].dropFirst(5)
    let here = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
    #expect(lines(here).joined(separator: "\n").contains(lines(code).joined(separator: "\n")))
  }

  @Test func anExperimentInCode() throws {
    var request = ScenarioRequest(source: Location(file: "study"))
    request.system = .init("optimism-bedrock", request.source)
    try request.apply(settings: ["warmup=10 min", "horizon=30 min"])

    var spec = ExperimentSpec(name: "study", request: request)
    spec.factors = [try Factor("poster.max_age", values: ["1 min", "5 min"])]
    spec.replications = 2
    spec.seed = 7
    spec.measures = try spec.measureTable.selected(
      by: ["cost_data_*", "finality_posted_*"], option: "study")

    let report = try Report(running: Experiment(spec), jobs: 2)
    for age in ["60", "300"] {
      let cost = report.points.cell(
        "mean", where: ["poster_max_age_s": age, "measure": "cost_data_wei_per_tx_mean"])
      print(age, cost?.number ?? .nan)
    }

    #expect(report.runs.rows.count == 4 && report.failures.rows.isEmpty)
    let posted = ["60", "300"].map { age in
      report.points.cell(
        "mean", where: ["poster_max_age_s": age, "measure": "finality_posted_s_p50"])?.number
    }
    #expect(try #require(posted[0]) < #require(posted[1]))
    #expect(report.points.cell("mean", where: ["measure": "none"]) == nil)
    #expect(report.points.cell("none", where: ["measure": "finality_posted_s_p50"]) == nil)
  }

  @Test func aFactorThatIsNone() {
    #expect(
      throws: InvalidInput.self, "unknown factor"
    ) { try Factor("poster.max_aeg", values: ["1 min"]) }
    let error = #expect(throws: InvalidInput.self) {
      try Factor("poster.max_age", values: ["1 min", "five"])
    }
    #expect(error?.description.hasPrefix("factor poster.max_age:1:9: poster.max_age: ") == true)
  }

  @Test func resultsByNameAndDrawnValuesByPath() throws {
    var request = ScenarioRequest(source: Location(file: "study"))
    request.system = .init("starknet", request.source)
    try request.apply(settings: ["warmup=10 min", "horizon=30 min"])
    let point = try Experiment(ExperimentSpec(name: "study", request: request)).points[0]
    let outcome = point.run(replication: 3)
    let result = try outcome.result.get()
    #expect(result["finality_soft_s_mean"] == result.measures[0])
    #expect(result["finality_soft_s"] == result.measures[0])
    #expect(result["cost_state_wei_per_tx"] == nil)
    let drawn = point.drawn(in: outcome)
    #expect(drawn.map(\.path) == point.resolved.unknowns.map(\.parameter.path))
    #expect(drawn.map(\.value) == outcome.drawn && drawn.count == 5)
  }

  @Test func aMisspeltMeasureTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = RunResult(measures: [], feePath: [], events: 0, fingerprint: 0)["finality_sofft_s_mean"]
    }
  }
}
