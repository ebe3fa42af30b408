import Foundation
import Reporting
import Results
import Specifications
import Testing
import Worlds

/// The tables of results agree with each other.
@Suite struct ReportTests {
  private static let spec = """
    factors:
      - system: [starknet, optimism-bedrock]
      - poster.max_age: [30 s, 2 min]

    confidence: 0.9
    """
  private let experiment: Experiment
  private let report: Report

  init() throws { (experiment, report) = try Tiny.report(Self.spec) }

  @Test func everyFactorIsAColumnOfBothTables() {
    for table in [report.points, report.runs] {
      let names = table.columns.map(\.name)
      #expect(Set(names).count == names.count)
      #expect(names.contains("system") && names.contains("poster_max_age_s"))
    }
    #expect(report.runs.columns.first { $0.name == "poster_max_age_s" }?.unit == "s")
  }

  @Test func everyColumnSaysWhatItHolds() {
    for column in report.points.columns + report.runs.columns {
      #expect(!column.description.isEmpty, "\(column.name)")
      #expect(
        column.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(column.name)")
    }
  }

  @Test func rowsComeInTheOrderOfTheDesign() {
    #expect(report.runs.numbers("point") == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(report.runs.numbers("replication") == [0, 1, 0, 1, 0, 1, 0, 1])
    #expect(report.runs.numbers("poster_max_age_s") == [30, 30, 120, 120, 30, 30, 120, 120])
    #expect(
      report.runs.column("system").map(\.text)
        == [String](repeating: "starknet", count: 4)
        + [String](repeating: "optimism-bedrock", count: 4))
  }

  /// The value of what is unknown at one system has a column, empty where it is known.
  @Test func drawnValuesAreColumns() throws {
    let proof = report.runs.numbers("drawn_prover_proof_time_s")
    try #require(proof.count == 8)
    #expect(proof[..<4].allSatisfy { (1200...10_800).contains($0 ?? 0) })
    #expect(proof[4...].allSatisfy { $0 == nil })
    #expect(report.runs.numbers("drawn_proposer_gas").count { $0 != nil } == 4)
    #expect(report.runs.column("drawn_poster_max_age_s").isEmpty, "a factor is not drawn")
  }

  /// What only upgrades read is a column where a factor brings them about, and empty at other points.
  @Test func aFactorHasAnUnknownFigureRead() throws {
    let (_, report) = try Tiny.report(
      """
      factors:
        - system: [optimism-celestia]
        - upgrades.per_year: [0, 1]
      """)
    let signers = report.runs.numbers("drawn_upgrades_keys_signers")
    try #require(signers.count == 4)
    #expect(signers[..<2].allSatisfy { $0 == nil })
    let drawn = signers[2...].compactMap(\.self)
    #expect(drawn.count == 2)
    #expect(drawn.allSatisfy { (3...13).contains($0) && $0 == $0.rounded() })
    // What both points read is drawn alike.
    let price = report.runs.numbers("drawn_fees_l2_gas_price_wei_per_gas")
    try #require(price.count == 4)
    #expect(price[0] != nil && Array(price[..<2]) == Array(price[2...]))
  }

  @Test func whatNoPointReadsIsNoColumn() throws {
    let (_, report) = try Tiny.report("factors: {system: [optimism-celestia]}")
    let columns = report.runs.columns.map(\.name)
    #expect(columns.contains("drawn_fees_l2_gas_price_wei_per_gas"))
    #expect(!columns.contains { $0.hasPrefix("drawn_upgrades_") })
  }

  /// Mean, standard deviation and Student's interval at 90 % of two values by hand: the quantile of
  /// t with one degree of freedom at 0.95 is tan(0.45 π).
  @Test func pointsSummariseRuns() throws {
    let quantile = tan(0.45 * Double.pi)
    let names = report.points.column("measure").map(\.text)
    let means = report.points.numbers("mean")
    let lows = report.points.numbers("ci_low")
    let highs = report.points.numbers("ci_high")
    let deviations = report.points.numbers("sd")
    let counts = report.points.numbers("n")
    var row = 0
    for point in 0..<4 {
      for measure in Measure.all {
        let column = report.runs.numbers(measure.name)
        let values = column[2 * point..<2 * point + 2].compactMap(\.self)
        guard !values.isEmpty else { continue }
        try #require(names[row] == measure.name)
        let mean = values.reduce(0, +) / Double(values.count)
        let scale = max(abs(mean), 1e-300)
        #expect(counts[row] == Double(values.count))
        #expect(abs(try #require(means[row]) - mean) <= 1e-14 * scale, "\(measure.name)")
        if values.count == 2 {
          let deviation = abs(values[0] - values[1]) / 2.0.squareRoot()
          let half = quantile * deviation / 2.0.squareRoot()
          #expect(abs(try #require(deviations[row]) - deviation) <= 1e-12 * scale)
          #expect(abs(try #require(lows[row]) - (mean - half)) <= 1e-11 * scale)
          #expect(abs(try #require(highs[row]) - (mean + half)) <= 1e-11 * scale)
        } else {
          #expect(deviations[row] == nil && lows[row] == nil && highs[row] == nil)
        }
        row += 1
      }
    }
    #expect(row == report.points.rows.count)
    #expect(row > 100)
    #expect(report.points.numbers("confidence").allSatisfy { $0 == 0.9 })
  }

  @Test func unitsAndBasisAreThoseOfTheMeasure() throws {
    let names = report.points.column("measure").map(\.text)
    for (row, name) in names.enumerated() {
      let measure = try #require(Measure.all.first { $0.name == name })
      #expect(report.points.column("unit")[row].text == measure.unit)
      let point = experiment.points[
        try #require(
          experiment.design.firstIndex { $0[0] == report.points.rows[row][0].text })
      ]
      #expect(
        report.points.column("basis")[row].text == point.resolved.basis(of: measure).rawValue)
    }
  }

  @Test func chosenMeasuresAreTheOnlyOnes() throws {
    let (_, report) = try Tiny.report("measures: [finality_soft_s_p50, batch_closed_count]")
    #expect(
      report.runs.columns.map(\.name) == [
        "point", "replication", "finality_soft_s_p50", "batch_closed_count", "events",
        "fingerprint",
      ])
    #expect(
      report.points.column("measure").map(\.text) == ["finality_soft_s_p50", "batch_closed_count"])
  }
}
