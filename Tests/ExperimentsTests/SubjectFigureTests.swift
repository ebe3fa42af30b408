import Catalogue
import Testing
import Worlds

@testable import Reporting
@testable import Running
@testable import Specifications

/// What names one measure, and figures, where a scenario names rollups and services.
@Suite struct SubjectFigureTests {
  private static let line = "kind: line, name: f, x: rollups.a.poster.max_age"

  /// The figure of an experiment, as text.
  private static func figure(_ keys: String) throws -> String {
    let (experiment, stored) = try Several.finished("figures: [{\(keys)}]\n")
    let report = try Report(experiment, from: stored)
    return try #require(Figures.documents(experiment, report).first).content
      .filter { !$0.isWhitespace }
  }

  @Test func aFigureOfSeveralSaysWhose() throws {
    #expect(
      Several.problems("figures: [{\(Self.line), y: prover_utilisation}]\n") == [
        "figures.y: 'prover_utilisation' is of several; expected one of: "
          + "rollups.b.prover_utilisation, rollups.a.prover_utilisation, "
          + "services.sharp.prover_utilisation, or color: rollup"
      ])
  }

  @Test func aColourForEachSubject() throws {
    let text = try Self.figure("\(Self.line), y: prover_utilisation, color: rollup")
    for name in ["a", "b", "sharp"] { #expect(text.contains("\"rollup\":\"\(name)\"")) }
    #expect(text.contains("\"color\":{\"field\":\"rollup\""))
    let two = try Self.figure("\(Self.line), y: rollups.*.prover_utilisation, color: rollup")
    #expect(two.contains("\"rollup\":\"a\"") && !two.contains("sharp"))
  }

  @Test func aFigureOfOneShowsNoOther() throws {
    let place = try Several.place("rollups.a.finality_soft_s_p50")
    let other = try Several.place("rollups.b.finality_soft_s_p50")
    let text = try Self.figure("\(Self.line), y: rollups.a.finality_soft_s_p50")
    #expect(text.contains("\"mean\":\(place + 50)"))
    #expect(!text.contains("\"mean\":\(other + 50)"))
  }

  /// A figure without what stands below its title, where the subject is named.
  private static func drawing(_ keys: String) throws -> String {
    try figure(keys).replacing(#/"subtitle":(\[.*?\]|".*?"),/#, with: "")
  }

  /// As if each measure had its subject before it.
  @Test func aFigureKeepsOneSubject() throws {
    for (name, path) in [("a", "rollups.a"), ("b", "rollups.b"), ("sharp", "services.sharp")] {
      let one = try Self.drawing("\(Self.line), y: prover_utilisation, where: {rollup: \(name)}")
      #expect(try one == Self.drawing("\(Self.line), y: \(path).prover_utilisation"))
    }
    let ladder = "kind: ladder, name: f, y: rollups.a.poster.max_age, measures:"
    let one = try Self.drawing("\(ladder) finality_*_s_p50, where: {rollup: b}")
    #expect(try one == Self.drawing("\(ladder) rollups.b.finality_*_s_p50"))
    let level = try Self.figure(
      "\(Self.line), y: prover_utilisation, where: {rollup: a, rollups.a.poster.max_age: 30 s}")
    #expect(level.contains("max_age_s\":30") && !level.contains("max_age_s\":60"))
  }

  @Test(arguments: [
    ("rollup: c", "where: expected one of: b, a, sharp; found 'c'"),
    ("rollup: sharp", "y: 'batch_size_bytes_mean' matches no reported measure of 'sharp'"),
    ("rollup: {a: b}", "rollup: expected the name of one rollup or service; found a mapping"),
    ("rolup: a", "rolup: unknown factor; did you mean 'rollup'?"),
  ]) func aSubjectThatIsNotThere(_ filter: String, _ message: String) {
    let problems = Several.problems(
      "figures: [{\(Self.line), y: batch_size_bytes_mean, where: {\(filter)}}]\n")
    #expect(problems.count == 1 && problems[0].contains(message), "\(problems)")
  }

  @Test func feesAreOfNoRollup() {
    let problems = Several.problems(
      "fee_paths: {every: 1 min}\n"
        + "figures: [{kind: path, y: base_fee_wei_per_gas, where: {rollup: a}}]\n")
    #expect(problems.count == 1 && problems[0].hasPrefix("figures.where: fees are those"))
  }

  /// A ladder has no colours, so its rungs would be of several.
  @Test func aColourTellsNoRungsApart() {
    let keys =
      "kind: ladder, name: f, y: rollups.a.poster.max_age, measures: rollups.*.finality_*_p50"
    for more in ["", ", color: rollup"] {
      #expect(
        Several.problems("figures: [{\(keys)\(more)}]\n") == [
          "figures.measures: 'rollups.*.finality_*_p50' is of several; expected one of: "
            + "rollups.b.finality_*_p50, rollups.a.finality_*_p50, or row: rollup"
        ])
    }
    #expect(Several.problems("figures: [{\(keys), row: rollup}]\n").isEmpty)
  }

  /// What stands in place of the star labels a stage, with a subject before it as without.
  @Test func aLadderOfOneRollup() throws {
    let text = try Self.figure(
      "kind: ladder, name: f, y: rollups.a.poster.max_age, measures: rollups.a.finality_*_s_p50")
    #expect(text.contains("\"label\":\"soft\"") && !text.contains("rollups.a"))
    let rungs = try Self.figure(
      "kind: ladder, name: f, y: rollup, row: rollups.a.poster.max_age, measures: finality_*_s_p50")
    #expect(rungs.contains("\"field\":\"rollup\""))
  }

  @Test func withoutNamesThereIsNoSuchColour() {
    #expect(
      Tiny.problems(
        "factors: {poster.max_age: [1 min]}\n"
          + "figures: [{x: poster.max_age, y: cost_data_wei_per_tx_mean, color: rollup}]"
      ).first?.contains("'rollup' is no factor of the experiment") == true)
  }

  @Test(arguments: [
    "replications: {min: 2, max: 4, until: {measure: NAME, relative: 0.1}}",
    "optimise: {minimise: NAME}",
    "optimise: {minimise: rollups.a.batch_size_bytes_mean, subject_to: [{measure: NAME, at_most: 1}]}",
    "optimise: {minimise: rollups.a.batch_size_bytes_mean, frontier: {measure: NAME}}",
    "controls: [NAME]",
  ]) func whatIsOfOneMeasureSaysWhose(_ keys: String) throws {
    func problems(_ name: String) -> [String] {
      let text =
        "experiment: e\nscenario: {rollups: {b: {}, a: {}}, services: {sharp: {}}}\n"
        + keys.replacing("NAME", with: name)
      do throws(InvalidInput) {
        _ = try ExperimentSpec.read(.parse(text, file: "e.yaml"))
        return []
      } catch {
        return error.problems.map(\.message)
      }
    }
    let found = problems("batch_size_bytes_mean")
    #expect(found.count == 1 && found[0].contains("does not say whose"), "\(found)")
    #expect(problems("rollups.b.batch_size_bytes_mean").isEmpty)
  }
}
