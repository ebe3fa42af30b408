import Foundation
import Reporting
import Results
import Testing
import Worlds

/// Figures are documents that another program draws.
@Suite struct FigureTests {
  private func documents(_ figures: String) throws -> [(path: String, content: String)] {
    let (experiment, report) = try Tiny.report(
      """
      question: How "final"?
      factors:
        - poster.max_age: [30 s, 2 min]
        - poster.carrier: [blobs, calldata]
      figures: [\(figures)]
      """)
    return Figures.documents(experiment, report)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func eachFigureHasAFile() throws {
    let documents = try documents(
      """
      {x: poster.max_age, y: cost_total_usd_per_tx, color: poster.carrier, log: xy},
      {kind: bar, name: parts, y: poster.max_age, row: poster.carrier, measures: [cost_data_usd_per_tx, cost_state_usd_per_tx]},
      {kind: ladder, y: poster.carrier, row: poster.max_age, measures: finality_*_s_p50}
      """)
    #expect(
      documents.map(\.path)
        == ["figures/line-1.vl.json", "figures/parts.vl.json", "figures/ladder-3.vl.json"])
    for document in documents {
      let root = try object(document.content)
      #expect((root["$schema"] as? String)?.contains("vega-lite") == true)
      let title = try #require(root["title"] as? [String: Any])
      #expect(title["text"] as? String == "How \"final\"?")
      #expect("\(title["subtitle"] ?? "")".contains("2 replications, seed 1"))
    }
  }

  @Test func aLadderMentionsEveryStage() throws {
    let documents = try documents(
      "{kind: ladder, y: poster.carrier, row: poster.max_age, measures: finality_*_s_p50}")
    let stages = ["soft", "posted", "included", "settled", "proven", "final", "withdrawable"]
    let text = try #require(documents.first?.content)
    _ = try object(text)
    for stage in stages { #expect(text.contains("\"\(stage)\""), "\(stage)") }
  }

  @Test func aFilterLeavesOutOtherValues() throws {
    let all = try documents("{x: poster.max_age, y: cost_total_usd_per_tx, color: poster.carrier}")
    let some = try documents(
      "{x: poster.max_age, y: cost_total_usd_per_tx, where: {poster.carrier: blobs}}")
    #expect(all[0].content.contains("\"calldata\""))
    #expect(!some[0].content.contains("\"calldata\""))
  }

  @Test func axesAreLogarithmicOnRequest() throws {
    let line = "{x: poster.max_age, y: cost_total_usd_per_tx, color: poster.carrier"
    #expect(try !documents(line + "}")[0].content.contains("\"log\""))
    #expect(try documents(line + ", log: x}")[0].content.contains("\"log\""))
  }

  /// A pattern means the first measure that is reported, not the first of all.
  @Test func aLineShowsAReportedMeasure() throws {
    let (experiment, report) = try Tiny.report(
      """
      factors: {poster.max_age: [30 s, 2 min]}
      measures: [finality_final_s_p50]
      figures: [{x: poster.max_age, y: finality_*}]
      """)
    let text = try #require(Figures.documents(experiment, report).first?.content)
    #expect(text.contains("Time until final, median ["))
  }
}
