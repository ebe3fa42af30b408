import Foundation
import Testing

extension CommandTests {
  @Suite struct TraceCommandTests {
    private let place: Place

    init() throws { place = try Place() }

    private func trace(_ options: String...) throws -> Output {
      try place.rollsim(["trace", "tiny.yaml"] + options)
    }

    @Test func filesAreWrittenAndTheRunIsTheSame() throws {
      let output = try trace("--csv", "out/e.csv", "--log", "out/e.log", "--replication", "2")
      #expect(output.status == 0 && output.err == "", "\(output.err)")
      let files = try place.files()
      let names = ["tiny.trace.json", "out/e.csv", "out/e.log"]
      for name in names { #expect(files[name]?.isEmpty == false) }
      let lines = output.out.split(separator: "\n")
      #expect(lines.dropLast() == names.map { "wrote \($0)" }[...])
      let log = String(decoding: try #require(files["out/e.log"]), as: UTF8.self)
      let count = log.split(separator: "\n").count - 1
      #expect(lines.last?.contains(" of a run of \(count) events until ") == true)
      // The fingerprint is that of the same replication of an experiment.
      try place.write(
        "same.yaml",
        "experiment: same\nscenario:\n"
          + Place.scenario.split(separator: "\n").map { "  \($0)\n" }.joined()
          + "replications: 3\nrandom: {seed: 1}\n")
      #expect(try place.rollsim("sweep", "same.yaml", "--results", "r", "--quiet").status == 0)
      let runs = String(decoding: try #require(place.files()["r/runs.csv"]), as: UTF8.self)
      let cells = try #require(runs.split(separator: "\n").last).split(separator: ",")
      #expect(cells.suffix(2).first.map(String.init) == "\(count)")
      #expect(lines.last?.hasSuffix("fingerprint \(cells.last ?? "")") == true, "\(lines)")
      #expect(
        try trace("--csv", "out/e.csv", "--log", "out/e.log", "--replication", "2").out
          == output.out)
      #expect(try names.allSatisfy { try place.files()[$0] == files[$0] })
    }

    @Test func theLogCanGoToStandardError() throws {
      let output = try trace("--log", "-", "--until", "30 s")
      let lines = output.err.split(separator: "\n")
      #expect(output.status == 0 && lines.first == "time_s\tevent\tof\tchanges")
      #expect(lines.count > 10)
      #expect(
        output.out.hasSuffix(" entries until 30 s, before the end of the run\n"), "\(output.out)")
    }

    @Test(arguments: [
      (["--from", "3"], "--from", "which has no unit"),
      (["--until", "5"], "--until", "which has no unit"),
      (["--until", "soon"], "--until", "expected"),
      (
        ["--from", "2 min", "--until", "1 min"], "--from", "expected a time before that of --until"
      ),
      (["--follow", "2000"], "--follow", "expected from 0 to 1000 blocks; found 2000"),
      (["--limit", "0"], "--limit", "expected from 1 to 100,000,000 entries; found 0"),
      (["--replication", "1000000"], "--replication", "expected from 0 to 999,999; found"),
      (["--output", "/dev/null"], "--output", "expected the path of a file"),
      (["--csv", "."], "--csv", "expected the path of a file"),
      (["--csv", "tiny.trace.json"], "--csv", "expected a file of its own for each"),
      (["--output", "-"], "--output", "expected the path of a file"),
      (["--output", "a", "--csv", "a/b"], "'a'", "cannot be both a file and a folder"),
      (["--from", "30 d"], "--from", "expected a time within the run, which ended at "),
      (["--output", "tiny.yaml"], "tiny.yaml", "is there and holds no trace; give --output"),
      (["--csv", "tiny.yaml"], "tiny.yaml", "is there and holds no table of events; give --csv"),
      (["--log", "tiny.yaml"], "tiny.yaml", "is there and holds no log of events; give --log"),
      (["--set", "horizon=3"], "horizon", "which has no unit"),
    ])
    func whatIsWrongIsRefused(options: [String], option: String, message: String) throws {
      let before = try place.files()
      let output = try place.rollsim(["trace", "tiny.yaml"] + options)
      #expect(output.status == 2 && output.out == "")
      #expect(output.err.contains(option) && output.err.contains(message), "\(output.err)")
      #expect(try place.files() == before, "nothing is written")
    }

    @Test func anythingIsReplacedByForceAlone() throws {
      try place.write("mine.json", "{\"mine\": true}\n")
      #expect(try trace("--output", "mine.json").status == 2)
      #expect(try trace("--output", "mine.json", "--force").status == 0)
      #expect(try trace("--output", "mine.json").status == 0)
    }

    @Test func tooMuchIsRefusedWithAWayOut() throws {
      let before = try place.files()
      let output = try trace("--limit", "100", "--csv", "e.csv", "--log", "e.log")
      #expect(output.status == 1 && output.out == "")
      #expect(output.err.hasPrefix("error: there are more than 100 entries at "))
      #expect(output.err.contains("nothing was written: record less with an --until before that"))
      #expect(try place.files() == before)
    }

    /// A run that fails is what one wants to look at.
    @Test func aRunWithoutAResultIsRecorded() throws {
      let output = try trace("--set", "cooldown=1 min", "--csv", "e.csv")
      #expect(output.status == 1)
      #expect(
        output.err.hasPrefix("error: the run has no result, and was recorded until "),
        "\(output.err)")
      #expect(try place.files()["e.csv"]?.isEmpty == false)
    }
  }
}
