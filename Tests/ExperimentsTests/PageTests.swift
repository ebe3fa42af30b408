import Catalogue
import Foundation
import Reporting
import Results
import RunStore
import Running
import Specifications
import Testing

@testable import Pages

/// What a report says, read from its text; how it looks and what it does is seen in a browser
/// (`Tests/Pages`).
@Suite struct PageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func page(_ name: String) throws -> ReportPage {
    try ReportPage(of: ResultFolder(path: root.appendingPathComponent("results/\(name)").path))
  }

  @Test(arguments: ["batch-posting", "cost", "fee-markets", "finality", "history", "throughput"])
  func everyParameterThatARunReadsIsThere(_ name: String) throws {
    let page = try Self.page(name)
    let resolved = page.experiment.points[0].resolved
    for (index, parameter) in resolved.shape.parameters.enumerated()
    where resolved.isUsed(at: index) {
      let entry = try #require(page.parameters.entries.first { $0.path == parameter.path })
      let isVaried = page.spec.factors.contains { $0.path == parameter.path }
      #expect(entry.value == (isVaried ? "varies, see Design" : resolved.valueText(index)))
      #expect(entry.flag == resolved.provenance(at: index).flag)
    }
  }

  /// The presets differ, so a value that is not that of all names its system.
  @Test func aValueNamesTheSystemsThatHaveIt() throws {
    let sequences = try Self.page("finality").parameters.entries.filter { $0.path == "sequence" }
    #expect(
      sequences.map(\.value) == [
        "assert_with_game", "assert_with_game", "commit_prove_execute", "data_with_proof",
      ])
    #expect(sequences[0].systems == "arbitrum-nitro on ethereum-pectra")
    let horizon = try Self.page("finality").parameters.entries.filter { $0.path == "horizon" }
    #expect(horizon.map(\.systems) == [""])
  }

  /// By hand from the presets: of `finality` these are unknown and move what its figures show.
  @Test func unknownFiguresThatMatterAreNamed() throws {
    let text = try Self.page("finality").unknowns
    for path in ["poster.max_age", "prover.provers", "prover.proof_time"] {
      #expect(text.contains("<code>\(path)</code>"), "\(path)")
    }
    // It moves costs alone, which no figure of that experiment shows.
    #expect(!text.contains("proposer.gas"))
    #expect(try Self.page("cost").unknowns.contains("<code>proposer.gas</code>"))
  }

  @Test func theTablesAreThoseOfTheFolder() throws {
    let page = try Self.page("cost")
    let folder = ResultFolder(path: Self.root.appendingPathComponent("results/cost").path)
    #expect(page.tables.points == folder.read("points.csv"))
    #expect(
      page.tables.figures.map(\.document)
        == ["total", "paid"].map { folder.read("figures/\($0).vl.json") })
  }

  /// Rows that a page has no room for are left out, those of measures that figures show last, and the page
  /// says so.
  @Test func aLargeTableIsCut() throws {
    var tables = try Self.page("cost").tables
    tables.shorten(try Self.page("cost").spec, to: 2000)
    let lines = tables.points.split(separator: "\n")
    let shown = ["cost_total_usd_per_tx_mean", "paid_over_cost"]
    #expect(
      lines.dropFirst().allSatisfy { line in shown.contains { line.contains($0) } })
    #expect((5...32).contains(lines.count) && tables.points.utf8.count < 2400)
    #expect(tables.pointNote.hasPrefix("This page has \(lines.count - 1) of "))
    #expect(tables.differences.isEmpty && tables.differenceNote.hasPrefix("Too many"))
  }

  /// What a user writes stands in the page as text.
  @Test func wordsOfUsersAreNoMarkup() throws {
    let rest = "question: \"</script><script>alert(1)</script> & <b>\"\nmeasures: [cost_*]\n"
    let folder = ResultFolder(
      path: FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path)
    defer { try? FileManager.default.removeItem(at: folder.url) }
    try Tiny.write(rest, into: folder)
    let html = try ReportPage(of: folder).html(scripts: "")
    #expect(html.contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;"))
    #expect(!html.contains("<script>alert"))
    // Three elements: data, the library's scripts, ours.
    #expect(html.components(separatedBy: "</script>").count == 4)
    let loads = ["src=\"http", "href=\"http", "url(http", "@import", "import("]
    #expect(!loads.contains { html.contains($0) })
  }
}

extension Tiny {
  /// Runs an experiment and writes its result.
  fileprivate static func write(_ rest: String, into folder: ResultFolder) throws {
    let text =
      "experiment: tiny\nscenario: {warmup: 1 min, horizon: 3 min}\nreplications: 2\n" + rest
    let experiment = try Experiment(.read(.parse(text, file: "e.yaml")))
    let inputs = [InputRecord.File(path: "e.yaml", content: Data(text.utf8))]
    let manifest = Manifest(experiment, settings: [], inputs: inputs)
    let store = try RunStore(RunStore.inMemory, mayWrite: true)
    try Sweep(experiment, in: store, jobs: 2).run()
    _ = try ResultFiles.write(
      experiment, from: StoredRuns(experiment, in: [store]), manifest, into: folder)
  }
}
