import Foundation
import Testing

extension CommandTests {
  /// What is said names its own place, and the command that is meant.
  @Suite struct RightPlaceTests {
    private let place: Place

    init() throws { place = try Place() }

    private func refusal(_ arguments: String...) throws -> String {
      let output = try place.rollsim(arguments)
      #expect(output.status == 2 && output.out == "", "\(output.out)")
      return output.err
    }

    private static let head = """
      experiment: e
      scenario: {warmup: 1 min, horizon: 3 min}
      factors: {poster.max_age: [30 s, 1 min]}

      """

    /// Each line is wrong with the experiment as a whole; the problem is at that line, the fourth.
    @Test(arguments: [
      ("baseline: {poster.max_age: 30 s}\nconstraints: [poster.max_age > 30]", "4:11: baseline:"),
      ("constraints: [poster.max_age > 60]", "4:14: constraints:"),
      ("controls: [cost_data_wei_per_tx_mean]", "4:11: controls:"),
      ("random: {antithetic: true}\nreplications: 3", "5:15: replications:"),
      ("random: {sampling: {sobol: {points: 4}}}\nreplications: 4", "4:"),
      ("fee_paths: {every: 1 ms, replications: 1000}\nreplications: 1000", "4:12: fee_paths:"),
      ("design: zip\nfigures: [{x: poster.max_age, y: none_such}]", "5:34: figures.y:"),
      ("figures:\n  - {x: nothing, y: cost_data_wei_per_tx}", "5:9: figures.x:"),
      ("figures:\n  - {kind: path, y: base_fee_wei_per_gas}", "5:12: figures.kind:"),
      (
        "figures:\n  - {name: a, x: poster.max_age, y: cost_*}\n"
          + "  - {name: a, x: poster.max_age, y: cost_*}",
        "6:12: figures.name:"
      ),
    ])
    func ofAnExperiment(keys: String, expected: String) throws {
      try place.write("e.yaml", Self.head + keys + "\n")
      let text = try refusal("check", "e.yaml")
      #expect(text.hasPrefix("error: e.yaml:\(expected)"), "\(text)")
    }

    @Test func theCommandThatIsMeant() throws {
      #expect(
        try refusal("run", "sweep.yaml")
          == "error: sweep.yaml:1:1: this is an experiment, which 'rollsim sweep sweep.yaml' runs; "
          + "expected a scenario\n")
      #expect(
        try refusal("sweep", "tiny.yaml")
          == "error: tiny.yaml:1:1: this is a scenario, which 'rollsim run tiny.yaml' runs; expected an "
          + "experiment\n")
      try place.write("mine.yaml", "system: mine\nparameters: {}\n")
      #expect(
        try refusal("sweep", "mine.yaml").contains("which a scenario names: 'system: mine.yaml'"))
      #expect(
        try refusal("verify", "tiny.yaml").contains("'tiny.yaml' is a file; expected a folder"))
      #expect(try refusal("verify", "nowhere").contains("there is no folder 'nowhere'"))
      #expect(try place.rollsim("sweep", "sweep.yaml", "--shard", "0/1", "--quiet").status == 0)
      #expect(
        try refusal("verify", "results/tiny.shards/0-of-1").contains(
          "holds a shard; join shards with 'rollsim merge'"))
      #expect(try place.rollsim("sweep", "sweep.yaml", "--results", "r", "--quiet").status == 0)
      #expect(try refusal("merge", "r").contains("'r' holds whole results, no shard"))
    }

    @Test func anEndingInAnyCase() throws {
      try place.write("UPPER.YAML", Place.scenario)
      try place.write("plain", Place.scenario)
      for name in ["UPPER.YAML", "plain"] {
        #expect(try place.rollsim("run", name, "--replications", "2", "--quiet").status == 0)
      }
      try place.write("SWEEP.YML", Place.experiment)
      #expect(try place.rollsim("sweep", "SWEEP.YML", "--dry-run").status == 0)
    }

    /// In the folder above; the manifest does not say where that is.
    @Test func experimentsAreFoundFromBelow() throws {
      let manager = FileManager.default
      for folder in ["a/experiments", "a/b/c", "experiments"] {
        try manager.createDirectory(
          at: place.url.appendingPathComponent(folder), withIntermediateDirectories: true)
      }
      try place.write("a/experiments/mine-own.yaml", Place.experiment)
      try place.write("experiments/mine-own.yaml", Place.experiment)
      let sweep = try place.rollsim(
        "sweep", "mine-own", "--results", "one", "--quiet", limits: "cd a/b/c")
      #expect(sweep.status == 0, "\(sweep.err)")
      #expect(try place.rollsim("sweep", "mine-own", "--results", "two", "--quiet").status == 0)
      let one = try #require(try place.files(in: "a/b/c/one")["manifest.json"])
      #expect(String(decoding: one, as: UTF8.self).contains("\"experiments/mine-own.yaml\""))
      #expect(try place.files(in: "two")["manifest.json"] == one)
    }

    /// The project's own are above the program.
    @Test func theProjectsExperimentsAreFoundFromAnywhere() throws {
      #expect(try place.rollsim("sweep", "finality", "--dry-run").status == 0)
      let list = try place.rollsim("experiments")
      #expect(list.status == 0)
      #expect(list.out.contains("finality") && list.out.contains("How final is fast?"))
    }

    /// Results call a rollup by its name and not by the path of its file.
    @Test func aPresetInAFileHasItsOwnName() throws {
      let preset =
        "system: my-rollup\nextends: optimism-bedrock\nparameters:\n"
        + "  poster.max_age: {value: 2 min, flag: chosen}\n"
      try place.write("file.yaml", preset)
      try place.write(
        "e.yaml",
        """
        experiment: e
        scenario: {warmup: 1 min, horizon: 3 min}
        factors: {system: [file.yaml, optimism-bedrock]}
        replications: 2
        measures: [finality_posted_s_p50]
        baseline: {system: file.yaml}
        figures: [{kind: ladder, y: system, measures: finality_*_s_p50, where: {system: file.yaml}}]

        """)
      let sweep = try place.rollsim("sweep", "e.yaml", "--results", "r", "--quiet")
      #expect(sweep.status == 0, "\(sweep.err)")
      for (name, data) in try place.files(in: "r")
      where name.hasSuffix(".csv") || name.hasSuffix("vl.json") {
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("my-rollup") || name == "differences.csv", "\(name)")
        #expect(!text.contains("file.yaml"), "\(name)")
      }
      #expect(try place.rollsim("verify", "r", "--quiet").status == 0)
      try place.write("other.yaml", preset)
      try place.write(
        "e.yaml", "experiment: e\nfactors: {system: [file.yaml, other.yaml]}\n")
      #expect(
        try refusal("check", "e.yaml")
          == "error: e.yaml:2:31: system: 'other.yaml' and 'file.yaml' are both called 'my-rollup'\n"
      )
    }

    // MARK: New experiments

    @Test func aNewExperimentRuns() throws {
      let new = try place.rollsim("new", "posting-age")
      #expect(new.status == 0 && new.out.hasPrefix("wrote posting-age.yaml\n"), "\(new.err)")
      let check = try place.rollsim("check", "posting-age.yaml")
      #expect(check.out == "posting-age.yaml: a valid experiment: 3 points, 12 runs\n")
      #expect(check.err == "")
      let again = try refusal("new", "posting-age")
      #expect(again.contains("posting-age.yaml: cannot write the file: there is such a file"))
      #expect(try refusal("new", "a/b").contains("expected a name of letters, digits and hyphens"))
    }

    /// Every key of an experiment stands in the template, used or as a comment.
    @Test func theTemplateShowsEveryKeyOfADesign() throws {
      _ = try place.rollsim("new", "all")
      let text = String(decoding: try place.files()["all.yaml"] ?? Data(), as: UTF8.self)
      for key in [
        "experiment", "question", "scenario", "factors", "design", "constraints", "replications",
        "random", "measures", "baseline", "figures",
      ] {
        #expect(text.contains("\(key):"), "\(key)")
      }
    }
  }
}
