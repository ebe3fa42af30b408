import Foundation
import Testing

extension CommandTests {
  /// Tables of a finished result; the folder stays as it is.
  @Suite struct AnalyseCommandTests {
    private let place: Place

    init() throws { place = try Place() }

    /// Sweeps two factors, of which only one matters for the time to posting.
    private func sweep(_ design: String, _ factors: String) throws {
      try place.write(
        "e.yaml",
        """
        experiment: tiny
        scenario: {warmup: 1 min, horizon: 3 min, bridge.challenge_window: 10 min}
        design: \(design)
        factors: {\(factors)}
        replications: 2
        measures: [finality_posted_s_*, throughput_offered_*, prover_*]
        """)
      let output = try place.rollsim("sweep", "e.yaml", "--results", "r", "--quiet")
      #expect(output.status == 0, "\(output.err)")
    }

    private func lines(_ options: String...) throws -> [[String]] {
      let output = try place.rollsim(["analyse", "r", "--csv"] + options)
      #expect(output.status == 0, "\(output.err)")
      return output.out.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }

    private static let ranges =
      "poster.max_age: {linear: [10 s, 60 s]}, prices.eth: {linear: [1000 USD, 2000 USD]}"

    @Test func elementaryEffectsOfASweep() throws {
      try sweep("{morris: {trajectories: 3, levels: 2}}", Self.ranges)
      let before = try place.files()
      let rows = try lines("--measure", "finality_posted_s")
      #expect(rows.count == 3)
      #expect(rows[1].prefix(3) == ["finality_posted_s_mean", "s", "poster.max_age"])
      #expect(try #require(Double(rows[1][6])) > 10, "an age of 50 s more is 25 s more on average")
      #expect(rows[2].dropFirst(2).prefix(4) == ["prices.eth", "0", "0", "0"])
      let output = try place.rollsim("analyse", "r", "--confidence", "0.8")
      #expect(output.out.hasPrefix("measure "))
      #expect(output.out.contains("80 %") && output.out.contains(" … "))
      #expect(output.err.contains("note: left out, for there is no value at any point: prover_"))
      #expect(output.err.contains("note: does not vary"), "\(output.err)")
      #expect(try place.files() == before)
    }

    @Test func variancesOfASweep() throws {
      try sweep("{saltelli: {points: 8}}", Self.ranges)
      let rows = try lines("--measure", "finality_posted_s_mean")
      #expect(rows[0].contains("s1") && rows[0].contains("st_high"))
      #expect(try #require(Double(rows[1][6])) > 0.5)
      #expect(rows[2].dropFirst(2).prefix(7) == ["prices.eth", "0", "0", "0", "0", "0", "0"])
    }

    @Test func mainEffectsAndFrontierOfASweep() throws {
      try sweep("grid", "poster.max_age: [10 s, 60 s], prices.eth: [1000 USD, 2000 USD]")
      let rows = try lines("--measure", "finality_posted_s_mean")
      #expect(rows.count == 3)
      #expect(rows[1].dropFirst(2).prefix(3) == ["poster.max_age", "60", "10"])
      #expect(rows[2].dropFirst(2).prefix(6) == ["prices.eth", "2000", "1000", "0", "0", "0"])
      let frontier = try lines("--frontier", "finality_posted_s_mean,finality_posted_s_p95")
      #expect(
        frontier.map { Array($0.prefix(3)) }.dropFirst() == [
          ["0", "10", "1000"], ["1", "10", "2000"],
        ])
    }

    @Test(arguments: [
      (["--measure", "finality_posed_s"], "no measure of the result matches; did you mean"),
      (["--measure", "batch_*"], "no measure of the result matches"),
      (["--measure", "prover_*"], "there is nothing to analyse\nerror: left out"),
      (["--confidence", "1"], "--confidence: expected from 0.5 to 0.9999999999"),
      (["--confidence", "0.9999999999999999"], "--confidence: expected from 0.5 to"),
      (["--frontier", "a"], "--frontier: expected two measures"),
      (
        ["--frontier", "finality_posted_s_*,finality_posted_s_p95"],
        "expected the name of one measure"
      ),
      (["--frontier", "a,b", "--measure", "c"], "--frontier: expected no --measure with it"),
      (["--frontier", "a,b", "--ratio", "a,b"], "expected one of --frontier, --ratio"),
      (["--quantile", "0.5,1"], "--quantile: expected shares above 0 and below 1"),
      (["--share", "finality_posted_s_p95"], "expected a bound such as"),
      (["--share", "finality_posted_s_p95 <= 5 gwei"], "expected a duration"),
      (["--ratio", "finality_posted_s_*,finality_posted_s_p95"], "the name of one measure"),
    ])
    func whatCannotBeAnalysedIsRefused(options: [String], reason: String) throws {
      try sweep("{morris: {trajectories: 1, levels: 2}}", "poster.max_age: {linear: [10 s, 60 s]}")
      let output = try place.rollsim(["analyse", "r"] + options)
      #expect(output.status == 2 && output.out == "")
      #expect(output.err.contains(reason), "\(output.err)")
    }

    /// Two runs of four failed, those of one level.
    @Test func failedRunsAreTold() throws {
      try place.write(
        "sweep.yaml",
        Place.experiment.replacing("poster.max_age: [30 s, 1 min]", with: "cooldown: [1 s, 1 d]")
          .replacing("y: poster.max_age", with: "y: cooldown"))
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "r", "--quiet").status == 1)
      let output = try place.rollsim("analyse", "r")
      #expect(output.status == 2 && output.out == "")
      #expect(
        output.err.hasPrefix(
          "error: there is nothing to analyse\nerror: 2 of 4 runs have no result\nerror: cooldown = "
        ))
      let frontier = try place.rollsim(
        "analyse", "r", "--csv", "--frontier", "finality_soft_s_p50,finality_soft_s_p95")
      #expect(frontier.out.split(separator: "\n").count == 2)
      #expect(frontier.err.contains("note: 1 of 2 points are left out"))
    }

    @Test func aFolderThatIsNoResultIsRefused() throws {
      #expect(try place.rollsim("analyse", "r").err == "error: there is no folder 'r'\n")
      try sweep("grid", "poster.max_age: [10 s, 60 s]")
      let text = try #require(place.files(in: "r")["runs.csv"])
      try place.write("r/runs.csv", String(decoding: text, as: UTF8.self) + "\n")
      #expect(
        try place.rollsim("analyse", "r").err
          == "error: 'r/runs.csv' was changed after it was written\n")
      try FileManager.default.removeItem(at: place.url.appendingPathComponent("r/runs.csv"))
      let output = try place.rollsim("analyse", "r")
      #expect(
        output.status == 2 && output.err.hasPrefix("error: there is no 'r/runs.csv'; expected"))
    }
  }
}
