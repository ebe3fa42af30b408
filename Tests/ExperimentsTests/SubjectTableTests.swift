import Catalogue
import Foundation
import Results
import Statistics
import Testing
import Worlds

@testable import Analysing
@testable import Reporting
@testable import Running
@testable import Specifications

/// Tables of experiments whose scenarios name rollups and services.
@Suite struct SubjectTableTests {
  private static let measures =
    "measures: [prover_utilisation, cost_data_wei*, finality_soft_s_p50]\n"

  private static func report(_ rest: String = measures) throws -> Report {
    let (experiment, stored) = try Several.finished(rest)
    return try Report(experiment, from: stored)
  }

  @Test func aRunHasARowForEachSubject() throws {
    let runs = try Self.report().runs
    #expect(
      runs.columns.map(\.name) == [
        "point", "replication", "rollup", "rollups_a_poster_max_age_s", "finality_soft_s_p50",
        "cost_data_wei_per_tx_mean", "prover_utilisation", "events", "fingerprint",
      ])
    #expect(runs.rows.count == 2 * 2 * 3)
    #expect(runs.rows.prefix(3).map { $0[2].text } == ["b", "a", "sharp"])
    #expect(runs.rows.map { $0[0].text + $0[1].text }.prefix(4) == ["00", "00", "00", "01"])
    let soft = Double(try Several.place("rollups.a.finality_soft_s_p50"))
    let use = Double(try Several.place("services.sharp.prover_utilisation"))
    #expect(
      runs.rows.suffix(2).map { $0.map(\.text) } == [
        [
          "1", "1", "a", "60", "\(Int(1100 + soft))", "",
          "\(Int(1100) + (try Several.place("rollups.a.prover_utilisation")))", "7",
          "00000000000000ff",
        ],
        ["1", "1", "sharp", "60", "", "", "\(Int(1100 + use))", "7", "00000000000000ff"],
      ])
  }

  @Test func aPointHasRowsOfEachSubject() throws {
    let points = try Self.report().points
    #expect(
      points.columns.prefix(4).map(\.name) == [
        "rollups_a_poster_max_age_s", "rollup", "measure", "unit",
      ])
    #expect(
      points.rows.prefix(6).map { $0[1].text + " " + $0[2].text } == [
        "b finality_soft_s_p50", "b cost_data_wei_per_tx_mean", "b prover_utilisation",
        "a finality_soft_s_p50", "a prover_utilisation", "sharp prover_utilisation",
      ])
    let mean = points.cell(
      "mean",
      where: ["rollups_a_poster_max_age_s": "30", "rollup": "a", "measure": "finality_soft_s_p50"])
    #expect(mean?.number == Double(try Several.place("rollups.a.finality_soft_s_p50")) + 50)
  }

  /// A subject without a selected measure has no rows.
  @Test func aPatternMaySelectOneSubject() throws {
    let report = try Self.report("measures: [rollups.a.finality_*]\n")
    #expect(Set(report.runs.column("rollup")) == [.string("a")])
    #expect(Set(report.points.column("rollup")) == [.string("a")])
  }

  @Test func differencesHaveTheColumn() throws {
    let table = try #require(
      try Self.report(Self.measures + "baseline: {rollups.a.poster.max_age: 30 s}\n").differences)
    #expect(table.column("rollup").map(\.text) == ["b", "b", "b", "a", "a", "sharp"])
    #expect(table.numbers("difference") == [Double?](repeating: 1000, count: 6))
  }

  @Test func theDescriptionHasTheKeysOfRows() throws {
    let (experiment, stored) = try Several.finished(Self.measures)
    let folder = ResultFolder(
      path: FileManager.default.temporaryDirectory
        .appendingPathComponent("several-\(UUID().uuidString)").path)
    defer { try? FileManager.default.removeItem(at: folder.url) }
    let manifest = Manifest(experiment, settings: [], inputs: [])
    let summary = try ResultFiles.write(experiment, from: stored, manifest, into: folder)
    #expect(summary.runs == 12)
    let text = try #require(folder.read("datapackage.json"))
      .filter { !$0.isWhitespace }
    #expect(text.contains(#""primaryKey":["point","replication","rollup"]"#))
    #expect(text.contains(#""primaryKey":["rollups_a_poster_max_age_s","rollup","measure"]"#))
    let recorded = try #require(folder.read("manifest.json"))
    #expect(recorded.contains("\"rollups.a.cost_data_wei_per_tx_mean\""))
  }

  // MARK: Read back

  private static func recorded(_ patterns: [String] = []) throws -> RecordedRuns {
    let (experiment, stored) = try Several.finished(measures)
    let report = try Report(experiment, from: stored)
    return try RecordedRuns(
      experiment, runs: report.runs.csv, "runs.csv", measures: patterns)
  }

  @Test func runsAreReadBackBySubject() throws {
    let runs = try Self.recorded()
    #expect(runs.failureCount == 0)
    for name in ["rollups.b.cost_data_wei_per_tx_mean", "services.sharp.prover_utilisation"] {
      let place = try Several.place(name)
      #expect(runs.responses(of: place).value(1, 0) == Double(1000 + place))
    }
    let none = try Several.place("rollups.a.cost_data_wei_per_tx_mean")
    #expect(!runs.responses(of: none).hasValue(at: 0))
  }

  @Test func anAnalysisSaysWhoseItIs() throws {
    let effects = try Analysis.mainEffects(Self.recorded(["prover_*"]), confidence: 0.95).table
    #expect(effects.columns.prefix(3).map(\.name) == ["rollup", "measure", "unit"])
    #expect(effects.column("rollup").map(\.text) == ["b", "a", "sharp"])
    let quantiles = try Analysis.quantiles(
      Self.recorded(["rollups.a.finality_*"]), [0.5], confidence: 0.95
    ).table
    #expect(quantiles.column("rollup").map(\.text) == ["a", "a"])
  }

  @Test func aFrontierHasColumnsOfTwoSubjects() throws {
    let names = ["rollups.a.finality_soft_s_p50", "rollups.b.finality_soft_s_p50"]
    let table = try Analysis.frontier(Self.recorded(names), names).table
    #expect(
      table.columns.suffix(2).map(\.name)
        == ["rollups_a_finality_soft_s_p50", "rollups_b_finality_soft_s_p50"])
  }

  @Test func aRowOfNobodyIsRefused() throws {
    let (experiment, stored) = try Several.finished(Self.measures)
    let csv = try Report(experiment, from: stored).runs.csv.replacing(",sharp,", with: ",blunt,")
    #expect(throws: RecordedExperiment.Unusable.self) {
      try RecordedRuns(experiment, runs: csv, "runs.csv", measures: [])
    }
  }
}
