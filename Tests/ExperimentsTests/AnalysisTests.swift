import Catalogue
import Results
import Statistics
import Testing
import Worlds

@testable import Analysing
@testable import Reporting

/// Tables that are made of the runs of a result; the runs are made up.
@Suite struct AnalysisTests {
  private static let measures = "measures: [finality_soft_s_mean, cost_data_wei_per_tx_mean]\n"
  private static let pair =
    "factors:\n  - workload.mix.swap: {linear: [0, 1]}\n"
    + "  - workload.mix.mint: {linear: [0, 1]}\n"

  /// Runs whose first measure is a function of point, replication and levels; nil is an empty cell.
  ///
  /// The second measure has no value.
  private func runs(
    _ rest: String, without failed: Set<[Int]> = [], measures patterns: [String] = [],
    _ value: (Int, Int, [Double]) -> Double?
  ) throws -> RecordedRuns {
    let experiment = try Tiny.experiment(Self.measures + rest)
    let factors = experiment.spec.factors.map(\.column.name)
    var lines = [
      (["point", "replication"] + factors + experiment.spec.measures.map { Measure.all[$0].name }
        + ["events", "fingerprint"]).joined(separator: ",")
    ]
    for point in experiment.points {
      let numbers = point.levels.map { $0.cell.number ?? 0 }
      for replication in 0..<2 where !failed.contains([point.index, replication]) {
        let cell = Table.Cell(value(point.index, replication, numbers)).text
        let cells = ["\(point.index)", "\(replication)"] + point.levels.map(\.cell.text)
        lines.append((cells + [cell, "", "1", "f"]).joined(separator: ","))
      }
    }
    return try RecordedRuns(
      experiment, runs: lines.joined(separator: "\n") + "\n", "runs.csv", measures: patterns)
  }

  /// Why there is no analysis.
  private func refusal(_ body: () throws -> Analysis) throws -> String {
    do {
      _ = try body()
      return ""
    } catch let error as RecordedExperiment.Unusable { return error.description }
  }

  // MARK: Sensitivity

  /// 3 x − 2 y and a constant of each replication, which the mean holds and no effect does.
  @Test func aMorrisDesignHasElementaryEffects() throws {
    let runs = try runs("design: {morris: {trajectories: 6, levels: 4}}\n" + Self.pair) {
      3 * $2[0] - 2 * $2[1] + Double($1)
    }
    let analysis = try Analysis.sensitivity(runs, confidence: 0.9)
    #expect(
      analysis.table.columns.map(\.name) == [
        "measure", "unit", "factor", "mu", "mu_low", "mu_high", "mu_star", "mu_star_low",
        "mu_star_high", "sigma", "sigma_low", "sigma_high", "confidence", "n", "replications",
        "noise",
      ])
    for (name, known) in [
      ("mu", [3.0, -2]), ("mu_low", [3, -2]), ("mu_star", [3, 2]), ("sigma", [0, 0]),
    ] {
      for (value, known) in zip(analysis.table.numbers(name), known) {
        #expect(abs((value ?? .nan) - known) < 1e-12)
      }
    }
    #expect(analysis.table.column("n") == [.integer(6), .integer(6)])
    #expect(analysis.table.column("replications") == [.integer(2), .integer(2)])
    #expect(
      analysis.notes == ["left out, for there is no value at any point: cost_data_wei_per_tx_mean"])
  }

  /// Variance 9/12 and 4/12 of 13/12 in all; noise is half of the variance of two replications that are 1
  /// apart, 1/4, over 13/12.
  @Test func aSaltelliDesignHasVarianceIndices() throws {
    let runs = try runs("design: {saltelli: {points: 256}}\n" + Self.pair) {
      3 * $2[0] - 2 * $2[1] + Double($1)
    }
    let table = try Analysis.sensitivity(runs, confidence: 0.9).table
    for name in ["s1", "st"] {
      for (value, known) in zip(table.numbers(name), [9.0 / 13, 4.0 / 13]) {
        #expect(abs((value ?? .nan) - known) < 0.01)
      }
    }
    #expect(abs((table.numbers("noise")[0] ?? .nan) - 3.0 / 13) < 0.01)
    #expect(table.column("n") == [.integer(256), .integer(256)])
    let again = try Analysis.sensitivity(runs, confidence: 0.9).table
    #expect(again.csv == table.csv)
  }

  @Test(arguments: ["morris: {trajectories: 4, levels: 2}", "saltelli: {points: 4}"])
  func aPointWithoutAValueBreaksADesign(design: String) throws {
    let refused = try refusal {
      try Analysis.sensitivity(
        runs("design: {\(design)}\n" + Self.pair, without: [[3, 0], [3, 1]]) { $2[0] + Double($1) },
        confidence: 0.9)
    }
    #expect(refused.hasPrefix("there is nothing to analyse\n2 of "))
    #expect(refused.contains("left out, for there is no value at 1 of "))
    let other = try refusal {
      try Analysis.sensitivity(
        runs("design: {\(design)}\n" + Self.pair, without: [[3, 0], [4, 1]]) { $2[0] + Double($1) },
        confidence: 0.9)
    }
    #expect(other.contains("left out, for no replication has a value at every point"))
  }

  /// The other replication stands for the point; a mean over what is left would have moved by 100.
  @Test func aReplicationThatFailedIsLeftOutEverywhere() throws {
    let design = "design: {morris: {trajectories: 4, levels: 2}}\n" + Self.pair
    let runs = try runs(design, without: [[3, 1]]) { $2[0] + 100 * Double($1) }
    let analysis = try Analysis.sensitivity(runs, confidence: 0.9)
    #expect(analysis.table.numbers("mu") == [1, 0])
    #expect(analysis.table.column("replications") == [.integer(1), .integer(1)])
    #expect(analysis.table.column("noise") == [.empty, .empty])
    #expect(
      analysis.notes.prefix(2) == [
        "1 of 24 runs have no result",
        "only 1 of 2 replications count, those with a value at every point that is compared: finality_soft_s_mean",
      ])
  }

  @Test func whatIsTheSameEverywhereIsNotExplained() throws {
    let refused = try refusal {
      try Analysis.sensitivity(
        runs("design: {saltelli: {points: 4}}\n" + Self.pair) { _, _, _ in 0.1 }, confidence: 0.9)
    }
    #expect(refused.contains("does not vary, so that no factor explains anything: fin"))
  }

  // MARK: Main effects

  private static let grid =
    "factors: {poster.max_age: [1 s, 3 s, 7 s], poster.gas: [10 gas, 20 gas]}\n"

  /// Of a + a g / 10, with 2 a more in replication 1: over both g that is 2.5 a and 4.5 a.
  @Test func mainEffectsAreMeansOverTheOtherFactors() throws {
    let runs = try runs(Self.grid) { _, replication, x in
      x[0] + x[0] * x[1] / 10 + 2 * x[0] * Double(replication)
    }
    let table = try Analysis.mainEffects(runs, confidence: 0.9).table
    #expect(
      table.column("factor").map(\.text) == ["poster.max_age", "poster.max_age", "poster.gas"])
    #expect(table.column("level") == [.number(3), .number(7), .number(20)])
    #expect(table.column("reference") == [.number(1), .number(1), .number(10)])
    #expect(table.column("n") == [.integer(2), .integer(2), .integer(3)])
    let known = [3.5 * 2, 3.5 * 6, 11.0 / 3]
    for (value, known) in zip(table.numbers("difference"), known) {
      #expect(abs((value ?? .nan) - known) < 1e-12)
    }
    // Differences 5 and 9: mean 7, s = √8, t(0.95; 1) = 6.313752.
    #expect(abs((table.numbers("ci_low")[0] ?? .nan) - (7 - 2 * 6.313752)) < 1e-5)
    #expect(abs((table.numbers("ci_high")[2] ?? .nan) - 11.0 / 3) < 1e-12)
  }

  /// The first level is the baseline; other designs have pairs where points happen to make them.
  @Test func designsWithoutPairsAreRefused() throws {
    let single = try runs("design: one-at-a-time\n" + Self.grid) { $2[0] + $2[1] + Double($1) }
    let table = try Analysis.mainEffects(single, confidence: 0.9).table
    #expect(table.numbers("difference") == [2, 6, 10])
    #expect(table.column("n") == [.integer(1), .integer(1), .integer(1)])
    let zip = "design: zip\nfactors: {poster.max_age: [1 s, 3 s], poster.gas: [10 gas, 20 gas]}\n"
    let refused = try refusal {
      try Analysis.mainEffects(runs(zip) { $2[0] + Double($1) }, confidence: 0.9)
    }
    #expect(refused.contains("no two points differ in poster.max_age alone\nno two points"))
    #expect(
      try refusal { try Analysis.sensitivity(single, confidence: 0.9) }
        == "design 'one-at-a-time' has no sensitivity indices")
  }

  /// Without the points at 1 s and 20 gas, 3 s and 7 s are compared at 10 gas alone.
  @Test func pairsWithoutAValueAreLeftOut() throws {
    let runs = try runs(Self.grid, without: [[1, 0], [1, 1]]) { $2[0] * $2[1] + Double($1) }
    let analysis = try Analysis.mainEffects(runs, confidence: 0.9)
    #expect(analysis.table.numbers("difference") == [20, 60, 50])
    #expect(analysis.table.column("n") == [.integer(1), .integer(1), .integer(2)])
    #expect(
      analysis.notes.contains(
        "poster.max_age = 3 only where both levels have a value: finality_soft_s_mean"))
  }

  // MARK: Frontier

  @Test(arguments: [
    ([1, 2, 3, 4], [4, 3, 2, 1], [0, 1, 2, 3]), ([4, 3, 2, 1], [4, 3, 2, 1], [3]),
    ([2, 1, 1, 2], [1, 2, 3, 5], [1, 0]), ([1, 1, 2], [1, 1, 1], [0, 1]), ([], [], []),
  ])
  func noPointBeatsTheUnbeaten(first: [Double], second: [Double], expected: [Int]) {
    #expect(Frontier.unbeaten(first, second) == expected)
  }

  // MARK: Reading

  @Test(arguments: [
    ("0,2,1,10,1,,1,f", "has a row that is no run: 0,2,"),
    ("6,0,1,10,1,,1,f", "has a row that is no run"), ("0,0,1,10,1", "has a row that is no run"),
    ("x", "has a row that is no run"),
    ("0,0,2,10,1,,1,f", "makes other points of the specification"),
  ])
  func rowsThatAreNoRunsAreRefused(row: String, reason: String) throws {
    let experiment = try Tiny.experiment(Self.measures + Self.grid)
    let header =
      "point,replication,poster_max_age_s,poster_gas,finality_soft_s_mean,"
      + "cost_data_wei_per_tx_mean,events,fingerprint\n"
    func read(_ text: String) throws -> String {
      do {
        _ = try RecordedRuns(experiment, runs: text, "r.csv", measures: [])
        return ""
      } catch let error as RecordedExperiment.Unusable { return error.description }
    }
    #expect(try read(header + "0,0,1,10,1,,1,f\n") == "")
    #expect(try read(header + row + "\n").contains(reason))
    #expect(try read("point,replication\n").contains("lacks columns"))
  }

  @Test func aPatternThatNamesNothingIsRefused() throws {
    #expect(throws: InvalidInput.self) {
      try runs(Self.grid, measures: ["finality_soft_s"]) { _, _, _ in 1 }.measures.isEmpty
        || runs(Self.grid, measures: ["batch_*"]) { _, _, _ in 1 }.measures.isEmpty
    }
    #expect(try runs(Self.grid, measures: ["finality_soft_s"]) { _, _, _ in 1 }.measures.count == 1)
  }
}
