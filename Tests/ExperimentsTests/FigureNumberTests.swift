import Foundation
import Reporting
import Results
import Testing

@testable import Specifications

/// Every number that a figure shows is one of the CSV, digit by digit; units and dates are made of it by
/// expressions.
@Suite struct FigureNumberTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let experiments = [
    "batch-posting", "cost", "fee-markets", "finality", "history", "throughput",
  ]

  private static func cells(of lines: [Substring]) -> Set<String> {
    Set(lines.flatMap { CSVDifference.cells(String($0)) })
  }

  /// The texts of the numbers among the data of a document.
  private static func numbers(in document: String) -> [String] {
    guard let begin = document.range(of: "\"values\": ["),
      let end = document.range(of: "\n    ]\n", range: begin.upperBound..<document.endIndex)
    else { return [] }
    return document[begin.upperBound..<end.lowerBound].split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ": ", maxSplits: 1)
      guard parts.count == 2, let first = parts[1].first, first == "-" || first.isNumber else {
        return nil
      }
      return parts[1].last == "," ? String(parts[1].dropLast()) : String(parts[1])
    }
  }

  @Test(arguments: experiments)
  func ofAnExperiment(name: String) throws {
    let folder = Self.root.appendingPathComponent("results/\(name)")
    var cells: Set<String> = []
    for table in ["points", "fees"] {
      let file = folder.appendingPathComponent("\(table).csv")
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      cells.formUnion(Self.cells(of: text.split(separator: "\n")))
    }
    let files = try FileManager.default.contentsOfDirectory(
      at: folder.appendingPathComponent("figures"), includingPropertiesForKeys: nil)
    let documents = files.filter { $0.lastPathComponent.hasSuffix(".vl.json") }
    #expect(!documents.isEmpty)
    for document in documents {
      let numbers = Self.numbers(in: try String(contentsOf: document, encoding: .utf8))
      #expect(numbers.count > 10)
      for number in numbers {
        #expect(cells.contains(number), "\(document.lastPathComponent): \(number)")
      }
    }
  }

  @Test(arguments: experiments)
  func noFigureMisleads(name: String) throws {
    let file = Self.root.appendingPathComponent("experiments/\(name).yaml").path
    let spec = try ExperimentSpec.read(.load(file))
    #expect(!spec.figures.isEmpty)
    for figure in spec.figures {
      #expect(figure.check(spec).map(\.description) == [])
      let shown = figure.roles.measures.flatMap {
        figure.shown(figure.patterns($0), of: spec).map { spec.measureTable[$0] }
      }
      if figure.kind != .frontier { #expect(Set(shown.map(\.unit)).count <= 1) }
      guard figure.kind == .bar else { continue }
      let portions = shown.map(\.portions)
      #expect(portions.reduce(0) { $0 + $1.count } == portions.reduce(Set()) { $0.union($1) }.count)
    }
  }

  /// All kinds, over all tables.
  @Test func ofEveryKind() throws {
    let (experiment, report) = try Tiny.report(
      """
      factors: {poster.max_age: [30 s, 1 min, 2 min], poster.carrier: [blobs, calldata]}
      baseline: {poster.max_age: 30 s}
      fee_paths: {every: 1 min}
      figures:
        - {kind: line, x: poster.max_age, y: cost_total_wei_per_tx, color: poster.carrier, log: xy}
        - {kind: ladder, y: poster.carrier, row: poster.max_age, measures: finality_*_s_p50}
        - {kind: bar, y: poster.max_age, row: poster.carrier, measures: [cost_data_wei_per_tx, cost_state_wei_per_tx]}
        - {kind: bar, y: poster.max_age, row: poster.carrier, measures: cost_total_wei_per_tx}
        - {kind: path, y: base_fee_wei_per_gas, row: poster.max_age, color: poster.carrier}
        - {kind: heat-map, x: poster.max_age, y: poster.carrier, measures: cost_total_wei_per_tx}
        - {kind: histogram, x: cost_total_wei_per_tx, row: poster.carrier, where: {poster.max_age: 1 min}}
        - {kind: ecdf, x: cost_total_wei_per_tx, row: poster.carrier, color: poster.max_age}
        - {kind: quantiles, y: poster.max_age, row: poster.carrier, measures: finality_posted_s_p*}
        - {kind: differences, y: poster.max_age, color: poster.carrier, measures: cost_total_wei_per_tx}
        - {kind: frontier, x: cost_total_wei_per_tx, y: finality_posted_s_p50, color: poster.carrier}
      """)
    let tables = [report.points, report.runs, report.differences, report.fees].compactMap(\.self)
    let cells = Self.cells(of: tables.flatMap { $0.csv.split(separator: "\n") })
    let documents = Figures.documents(experiment, report)
    #expect(documents.count == 11)
    for document in documents {
      _ = try JSONSerialization.jsonObject(with: Data(document.content.utf8))
      let numbers = Self.numbers(in: document.content)
      #expect(!numbers.isEmpty, "\(document.path)")
      for number in numbers { #expect(cells.contains(number), "\(document.path): \(number)") }
    }
  }

  @Test func ofATornado() throws {
    let (experiment, report) = try Tiny.report(
      """
      factors: {poster.max_age: [1 min, 30 s], workload.arrivals.poisson.rate: [2 /s, 4 /s]}
      design: one-at-a-time
      figures: [{kind: tornado, x: cost_total_wei_per_tx}]
      """)
    let text = try #require(Figures.documents(experiment, report).first).content
    let cells = Self.cells(of: report.points.csv.split(separator: "\n"))
    let numbers = Self.numbers(in: text)
    #expect(numbers.count == 4 && numbers.allSatisfy(cells.contains))
    #expect(text.contains("\"level\": \"30 s") && text.contains("\"level\": \"4 /s"))
  }
}
