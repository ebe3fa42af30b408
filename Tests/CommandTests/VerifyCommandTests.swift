import Foundation
import Testing

extension CommandTests {
  /// A result is replayed from its manifest alone.
  @Suite struct VerifyCommandTests {
    private let place: Place

    init() throws {
      place = try Place()
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "r", "--quiet").status == 0)
      try FileManager.default.removeItem(at: place.url.appendingPathComponent("sweep.yaml"))
      try FileManager.default.removeItem(at: place.url.appendingPathComponent("r/.store"))
    }

    private func verify(_ options: String...) throws -> Output {
      try place.rollsim(["verify", "r", "--quiet"] + options)
    }

    private func edit(_ name: String, _ change: (String) -> String) throws {
      let text = String(decoding: try place.files(in: "r")[name] ?? Data(), as: UTF8.self)
      try place.write("r/" + name, change(text))
    }

    @Test func aResultVerifies() throws {
      #expect(try verify().out == "r verifies: 4 of 4 runs, bit for bit\n")
      #expect(try verify("--sample", "3").out == "r verifies: 3 of 4 runs, bit for bit\n")
      #expect(try verify("--run", "1,0").out == "r verifies: 1 of 4 runs, bit for bit\n")
    }

    /// The last digit of one number.
    @Test func aChangedNumberIsFound() throws {
      try edit("runs.csv") { text in
        var lines = text.split(separator: "\n").map(String.init)
        var cells = lines[3].split(separator: ",", omittingEmptySubsequences: false).map(
          String.init)
        cells[3] = cells[3].dropLast() + (cells[3].hasSuffix("1") ? "2" : "1")
        lines[3] = cells.joined(separator: ",")
        return lines.joined(separator: "\n") + "\n"
      }
      for output in [try verify(), try verify("--sample", "4"), try verify("--run", "1,0")] {
        #expect(output.status == 1)
        #expect(output.err.contains("runs.csv was changed after it was written"))
        #expect(output.err.contains("column finality_soft_s_mean: "))
      }
      #expect(try verify().err.contains("runs.csv, row 3, column finality_soft_s_mean"))
      #expect(try verify("--sample", "4").err.contains("point 1, replication 0, column"))
    }

    @Test func aMissingRowAndAMissingFileAreFound() throws {
      try edit("runs.csv") { $0.split(separator: "\n").dropLast().joined(separator: "\n") + "\n" }
      try FileManager.default.removeItem(at: place.url.appendingPathComponent("r/points.csv"))
      let output = try verify("--run", "1,1")
      #expect(output.status == 1)
      #expect(output.err.contains("points.csv is missing"))
      #expect(output.err.contains("point 1, replication 1 has no row in runs.csv"))
    }

    /// As when two parts of a result are joined by hand.
    @Test(arguments: [["--run", "1,1"], ["--sample", "4"]])
    func aRowThatIsThereTwiceIsFound(_ options: [String]) throws {
      try edit("runs.csv") { $0 + $0.split(separator: "\n").suffix(1).joined() + "\n" }
      let output = try place.rollsim(["verify", "r", "--quiet"] + options)
      #expect(output.status == 1)
      #expect(output.err.contains("point 1, replication 1 has 2 rows in runs.csv"))
    }

    /// A result of another program, whose numbers happen to be the same.
    @Test func anotherProgramIsNamed() throws {
      try edit("manifest.json") {
        $0.replacing("\"model_version\": 6", with: "\"model_version\": 7")
          .replacing("\"gsl\": \"2", with: "\"gsl\": \"1")
      }
      let output = try verify("--run", "0,0")
      #expect(output.status == 0)
      #expect(output.out.contains("model_version: 7, here 6") && output.out.contains("gsl: 1"))
    }

    @Test func aChangedManifestIsRefused() throws {
      try edit("manifest.json") { $0.replacing("horizon: 3 min", with: "horizon: 4 min") }
      let output = try verify()
      #expect(output.status == 2)
      #expect(output.err.contains("an input that 'r/manifest.json' records was changed"))
      try place.write("r/manifest.json", "{}")
      #expect(try verify().err.contains("is not of this format"))
      #expect(try place.rollsim("verify", "nowhere").err.contains("there is no folder 'nowhere'"))
    }

    @Test(arguments: [("\"seed\": \"1\"", "\"seed\": \"2\""), ("\"tiny\"", "\"tini\"")])
    func aManifestThatSaysSomethingElseIsFound(_ there: String, _ here: String) throws {
      try edit("manifest.json") { $0.replacing(there, with: here) }
      let output = try verify("--run", "0,0")
      #expect(output.status == 1)
      #expect(output.err.contains("manifest.json was changed after it was written"))
    }

    @Test func aManifestWithoutFilesIsRefused() throws {
      try edit("manifest.json") {
        let lines = $0.split(separator: "\n").filter {
          !$0.contains(".csv\":") && !$0.contains(".json\":")
        }
        return lines.joined(separator: "\n")
      }
      let output = try verify()
      #expect(output.status == 2, "\(output.out)\(output.err)")
    }

    @Test(arguments: ["9,0", "0,2", "x", "0"]) func noRun(_ run: String) throws {
      let output = try verify("--run", run)
      #expect(output.status == 2 && output.err.contains("expected POINT,REPLICATION up to 1,1"))
    }
  }
}
