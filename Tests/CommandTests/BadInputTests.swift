import Foundation
import Testing

extension CommandTests {
  /// Wrong input: exit code 2, every problem on standard error, nothing printed, nothing written.
  @Suite struct BadInputTests {
    private let place: Place

    init() throws { place = try Place() }

    private func expectRefusal(
      _ arguments: [String], _ messages: [String], limits: String = "",
      _ location: SourceLocation = #_sourceLocation
    ) throws {
      let before = try place.files()
      let output = try place.rollsim(arguments, limits: limits)
      #expect(output.status == 2, sourceLocation: location)
      #expect(output.out == "", sourceLocation: location)
      let lines = output.err.split(separator: "\n").map(String.init)
      #expect(lines.count == messages.count, "\(lines)", sourceLocation: location)
      for (line, message) in zip(lines, messages) {
        #expect(line.hasPrefix("error: " + message), "\(line)", sourceLocation: location)
      }
      #expect(try place.files() == before, sourceLocation: location)
    }

    @Test func everyProblemOfAScenarioAtOnce() throws {
      try place.write(
        "bad.yaml", "posterr: 1\nhorizon: 5\nwarmup: -1 s\nposter.max_age: nan\nsequence: vague\n")
      let problems = [
        "bad.yaml:1:1: posterr: unknown key", "bad.yaml:2:10: horizon: expected a duration",
        "bad.yaml:3:9: warmup: expected a duration",
        "bad.yaml:4:17: poster.max_age: expected a duration",
        "bad.yaml:5:11: sequence: expected one of: post_and_assert, assert_with_game, "
          + "sequence_verify, commit_prove_execute, data_with_proof",
      ]
      try expectRefusal(["run", "bad.yaml"], problems)
      try expectRefusal(["check", "bad.yaml"], problems)
    }

    @Test func everyProblemOfAnExperimentAtOnce() throws {
      try place.write(
        "bad.yaml",
        """
        experiment: a b
        scenario: {horizon: 5, posterr: 1}
        factors: {poster.max_age: [], poster.max_bites: [1 B]}
        measures: [speed]
        replications: 0
        """)
      let problems = [
        "bad.yaml:1:13: experiment: expected a name of letters, digits and hyphens",
        "bad.yaml:2:21: horizon: expected a duration", "bad.yaml:2:24: posterr: unknown key",
        "bad.yaml:3:27: factors.poster.max_age: expected a list of values",
        "bad.yaml:3:31: factors.poster.max_bites: unknown factor; did you mean 'poster.max_bytes'?",
        "bad.yaml:4:12: measures: no measure matches 'speed'",
        "bad.yaml:5:15: replications: expected from 1 to 1000000",
      ]
      try expectRefusal(["sweep", "bad.yaml"], problems)
      try expectRefusal(["check", "bad.yaml"], problems)
    }

    /// A hostile file does not fill the screen, and what it holds cannot spoil the terminal.
    @Test func thousandsOfProblems() throws {
      let keys = (1...70).map { "k\($0): 1\n" }.joined()
      try place.write("bad.yaml", keys)
      let unknown = (1...50).map { "bad.yaml:\($0):1: k\($0): unknown key" }
      try expectRefusal(["check", "bad.yaml"], unknown + ["and 20 more"])
      try place.write("bad.yaml", (1...5000).map { "k\($0): 1\n" }.joined())
      try expectRefusal(["check", "bad.yaml"], unknown + ["and at least 150 more"])
      try place.write("bad.yaml", "\"a\\nb\\e[31m\": 1")
      try expectRefusal(
        ["check", "bad.yaml"], ["bad.yaml:1:1: a\u{FFFD}b\u{FFFD}[31m: unknown key"])
    }

    @Test func everyWrongSettingAtOnce() throws {
      try expectRefusal(
        [
          "run", "tiny.yaml", "--set", "poster.max_age=5", "--set", "posterr.x=1", "--set", "a",
          "--set", "horizon={",
        ],
        [
          "--set poster.max_age=5: poster.max_age: expected a duration",
          "--set posterr.x=1: posterr.x: unknown key", "--set a: expected path=value",
          "--set horizon={: the value is not valid YAML",
        ])
    }

    @Test(arguments: ["run", "sweep", "check"]) func filesThatCannotBeRead(command: String) throws {
      try expectRefusal(
        [command, "none.yaml"], ["none.yaml: cannot read the file: No such file or directory"])
      try expectRefusal([command, "./"], ["./: cannot read the file; is it a folder?"])
    }

    @Test func namesThatDoNotExist() throws {
      try expectRefusal(
        ["run", "starknett"],
        ["starknett: no system is called 'starknett'; did you mean 'starknet'?"])
      try expectRefusal(["systems", "starknett"], ["starknett: system: no system is called"])
      try expectRefusal(
        ["sweep", "finalityy", "--dry-run"],
        [
          "finalityy: no experiment is called 'finalityy'; did you mean 'finality'?; known: batch-posting, "
        ])
      try expectRefusal(
        ["run", "tiny.yaml", "--measure", "finality_soft_s_p51"],
        ["--measure finality_soft_s_p51: no measure matches; did you mean"])
      try expectRefusal(["measures", "speed_*"], ["speed_*: no measure matches"])
    }

    @Test func aFolderThatCannotBeWritten() throws {
      try expectRefusal(
        ["sweep", "sweep.yaml", "--results", "tiny.yaml/results"],
        ["cannot write results into 'tiny.yaml/results': Not a directory"])
    }

    /// No file may grow, as on a full disk.
    @Test func aFullDisk() throws {
      try expectRefusal(
        ["sweep", "sweep.yaml", "--results", "new/results"],
        ["cannot write results into 'new/results': File too large"],
        limits: "trap '' XFSZ; ulimit -f 0")
    }

    @Test func aFullDiskBehindStandardOutput() throws {
      let output = try place.rollsim(
        "run", "tiny.yaml", "--replications", "2", limits: "exec >/dev/full")
      #expect(output.status == 2)
      #expect(output.err == "error: cannot write to standard output: No space left on device\n")
    }

    @Test func aRunThatCannotFinish() throws {
      let before = try place.files()
      let run = try place.rollsim(
        "run", "tiny.yaml", "--set", "cooldown=1 s", "--replications", "2")
      #expect(run.status == 1)
      #expect(run.out == "")
      #expect(run.err.hasPrefix("error: 2 of 2 runs have no result; nothing was written\n"))
      #expect(run.err.contains("replication 1: only 0 of"))
      #expect(try place.files() == before)
    }

    /// A run that fails does not lose the others, and is told of each time.
    @Test func aRunOfASweepThatCannotFinish() throws {
      try place.write(
        "sweep.yaml",
        Place.experiment.replacing("poster.max_age: [30 s, 1 min]", with: "cooldown: [1 s, 1 d]")
          .replacing("y: poster.max_age", with: "y: cooldown"))
      let sweep = try place.rollsim("sweep", "sweep.yaml", "--quiet")
      #expect(sweep.status == 1)
      #expect(sweep.err.contains("2 of 4 runs have no result and are left out; see failures.csv"))
      #expect(sweep.err.contains("point 0 (cooldown = 1), replication 1: only 0 of"))
      let files = try place.files(in: "results/tiny")
      let failures = String(decoding: files["failures.csv"] ?? Data(), as: UTF8.self)
      #expect(failures.hasPrefix("point,replication,cooldown_s,reason\n0,0,1,"))
      let runs = String(decoding: files["runs.csv"] ?? Data(), as: UTF8.self)
      #expect(runs.split(separator: "\n").dropFirst().map { $0.prefix(4) } == ["1,0,", "1,1,"])
      let again = try place.rollsim("sweep", "sweep.yaml", "--quiet")
      #expect(again.status == 1 && again.err.contains("failures.csv"))
      #expect(try place.files(in: "results/tiny") == files)
    }
  }
}
