import Testing

extension CommandTests {
  @Suite struct HelpTests {
    private let place: Place

    init() throws { place = try Place() }

    @Test(arguments: [
      (
        [],
        [
          "run", "sweep", "systems", "measures", "check", "schema", "validate", "analyse",
          "Exit codes",
        ]
      ),
      ([], ["--version"]),
      (
        ["run"],
        ["<scenario>", "--replications", "--seed", "--measure", "--format", "--set", "--jobs"]
      ),
      (["run"], ["--quiet"]),
      (
        ["trace"],
        [
          "<scenario>", "--seed", "--replication", "--output", "--csv", "--log", "--from",
          "--until",
          "--follow", "--limit", "--force", "--set",
        ]
      ),
      (
        ["sweep"],
        [
          "<experiment>", "--results", "--dry-run", "--force", "--set", "--seed", "--replications",
          "--jobs", "--quiet",
        ]
      ),
      (["systems"], ["<name>", "--format"]), (["measures"], ["<pattern>"]),
      (["check"], ["<files>", "--yes"]), (["schema"], ["<kind>", "yaml-language-server"]),
      (["analyse"], ["<folder>", "--measure", "--confidence", "--frontier", "--csv"]),
      (["plot"], ["<dir>", "--quiet"]), (["report"], ["<dir>", "--force", "--quiet"]),
      (["validate"], ["<pattern>", "--replications", "--seed", "--csv"]),
    ])
    func helpListsEveryOption(command: [String], words: [String]) throws {
      let output = try place.rollsim(command + ["--help"])
      #expect(output.status == 0)
      #expect(output.err == "")
      for word in words { #expect(output.out.contains(word), "\(word)") }
    }

    @Test(arguments: [
      "run", "trace", "sweep", "merge", "verify", "analyse", "optimise", "systems", "measures",
      "check", "schema", "validate", "experiments", "new", "plot", "report",
    ])
    func helpSaysWhatACommandDoes(command: String) throws {
      let output = try place.rollsim(command, "--help").out
      #expect(output.hasPrefix("OVERVIEW: "))
      #expect(output.contains("Example") && output.contains("rollsim \(command)"))
      // Usage says so as well; the example does once more.
      #expect(output.components(separatedBy: "rollsim \(command)").count > 2)
      #expect(output.contains("Exit codes: 0 success") && output.contains("2 "))
    }

    @Test func theVersionIsPrinted() throws {
      let output = try place.rollsim("--version")
      #expect(output.status == 0)
      #expect(output.out.contains("."))
    }

    @Test(arguments: [
      ["fly"], ["run"], ["run", "tiny.yaml", "--speed", "3"],
      ["run", "tiny.yaml", "--format", "xml"],
      ["run", "tiny.yaml", "--replications", "0"], ["run", "tiny.yaml", "--replications", "many"],
      ["run", "tiny.yaml", "--seed", "-1"], ["run", "tiny.yaml", "--jobs", "0"],
      ["sweep", "sweep.yaml", "--jobs", "5000"], ["sweep", "sweep.yaml", "--measure", "cost_*"],
      ["systems", "--format", "json"], ["check"], ["schema", "measure"],
      ["run", "tiny.yaml", "extra"],
    ])
    func aWrongOptionIsRefused(arguments: [String]) throws {
      let before = try place.files()
      let output = try place.rollsim(arguments)
      #expect(output.status == 2)
      #expect(output.out == "")
      #expect(!output.err.isEmpty)
      #expect(try place.files() == before)
    }
  }
}
