import Foundation
import Testing

extension CommandTests {
  @Suite struct SweepCommandTests {
    private let place: Place

    init() throws { place = try Place() }

    @discardableResult private func sweep(_ options: String...) throws -> Output {
      let output = try place.rollsim(["sweep", "sweep.yaml"] + options)
      #expect(output.status == 0)
      return output
    }

    @Test func theNumberOfThreadsChangesNoByte() throws {
      try sweep("--jobs", "1", "--results", "one")
      try sweep("--jobs", "2", "--results", "two")
      let files = try place.files(in: "one")
      #expect(
        Set(files.keys) == [
          "points.csv", "runs.csv", "manifest.json", "datapackage.json", "figures",
          "figures/stages.vl.json",
        ])
      #expect(try place.files(in: "two") == files)
    }

    @Test func resultsGoToAFolderOfTheirName() throws {
      let output = try sweep()
      #expect(output.out == "")
      #expect(output.err.hasPrefix("wrote results/tiny: "))
      #expect(try place.files(in: "results/tiny").count == 6)
      #expect(try sweep("--quiet", "--force").err == "")
    }

    @Test func aSecondSweepDoesNothing() throws {
      try sweep()
      let dates = try place.dates(in: "results/tiny")
      let again = try sweep()
      #expect(again.err == "results/tiny is up to date\n")
      #expect(try place.dates(in: "results/tiny") == dates)
      let files = try place.files(in: "results/tiny")
      #expect(try sweep("--force").err.hasPrefix("wrote "))
      #expect(try place.files(in: "results/tiny") == files)
      let later = try place.dates(in: "results/tiny")
      let unchanged = ["figures", ".store/owner.json"]
      for (name, date) in dates where !unchanged.contains(name) {
        #expect(later[name] != date, "\(name)")
      }
    }

    @Test(arguments: ["points.csv", "figures/stages.vl.json", "manifest.json"])
    func aCorruptFileIsRewritten(name: String) throws {
      try sweep()
      let files = try place.files(in: "results/tiny")
      try place.write("results/tiny/" + name, "corrupt")
      #expect(try sweep().err.hasPrefix("4 of 4 runs were finished before\nwrote "))
      #expect(try place.files(in: "results/tiny") == files)
    }

    @Test func anotherExperimentIsRunAnew() throws {
      try sweep()
      #expect(try sweep("--set", "horizon=4 min").err.hasPrefix("wrote "))
      try place.write("sweep.yaml", Place.experiment + "question: Why?\n")
      #expect(try sweep().err.hasPrefix("4 of 4 runs were finished before\nwrote "))
    }

    @Test func aDryRunPrintsTheDesignAndWritesNothing() throws {
      let before = try place.files()
      let output = try sweep("--dry-run")
      #expect(
        output.out.contains("2 points × 2 replications = 4 runs, 64 measures\nabout a second on "),
        "\(output.out)")
      #expect(output.out.contains("poster.max_age"))
      #expect(try place.files() == before)
    }

    @Test func aDryRunCountsWhatTheStoreHas() throws {
      try sweep()
      let before = try place.files(in: "results/tiny")
      let dates = try place.dates(in: "results/tiny")
      let more = try sweep("--dry-run", "--replications", "5")
      #expect(
        more.out.contains(
          "= 10 runs, 64 measures\n4 are finished in results/tiny, 6 are left\nabout a second on "),
        "\(more.out)")
      let shard = try sweep(
        "--dry-run", "--replications", "5", "--shard", "1/3", "--results", "results/tiny")
      #expect(
        shard.out.contains("shard 1/3: 3 of them\n1 are finished in results/tiny, 2 are left\n"),
        "\(shard.out)")
      #expect(try sweep("--dry-run", "--seed", "2").out.contains("0 are finished"))
      #expect(try place.files(in: "results/tiny") == before)
      #expect(try place.dates(in: "results/tiny") == dates)
    }

    /// Whether a sweep is finished is told from its files, without a look at the points: those of a preset that only
    /// a level of a factor builds on are among them.
    @Test func aChangedPresetIsNoticed() throws {
      let parent = "system: a\ntitle: A\nextends: optimism-bedrock\nparameters:\n"
      let child = "system: b\ntitle: B\nextends: ./parent.yaml\nparameters:\n"
      try place.write("parent.yaml", parent + "  poster.max_age: {value: 2 min, flag: chosen}\n")
      try place.write(
        "child.yaml", child + "  sequencer.block_interval: {value: 1 s, flag: chosen}\n")
      try place.write(
        "sweep.yaml",
        "experiment: tiny\nscenario: {warmup: 0 s, horizon: 5 min}\nreplications: 1\n"
          + "factors:\n  - system: [./child.yaml, starknet]\n")
      try sweep()
      #expect(try sweep().err == "results/tiny is up to date\n")
      try place.write("parent.yaml", parent + "  poster.max_age: {value: 3 min, flag: chosen}\n")
      #expect(try sweep().err.contains("wrote results/tiny: "))
      #expect(try sweep().err == "results/tiny is up to date\n")
    }

    /// Seed and replications of the command line are recorded: the result verifies, and the same
    /// command finds it up to date.
    @Test func seedAndReplicationsOfTheCommandLine() throws {
      try sweep("--seed", "7", "--replications", "3", "--results", "one")
      #expect(try place.rollsim("verify", "one").out.contains("6 of 6 runs, bit for bit"))
      #expect(
        try sweep("--seed", "7", "--replications", "3", "--results", "one").err
          == "one is up to date\n")
      try place.write(
        "sweep.yaml",
        Place.experiment.replacing("replications: 2", with: "replications: 3\nrandom: {seed: 7}"))
      try sweep("--results", "two")
      let (one, two) = (try place.files(in: "one"), try place.files(in: "two"))
      #expect(one["points.csv"] == two["points.csv"] && one["runs.csv"] == two["runs.csv"])
    }

    @Test func seedsAndReplicationsThatAreNone() throws {
      let count = try place.rollsim("sweep", "sweep.yaml", "--replications", "0")
      #expect(count.status == 2)
      #expect(
        count.err
          == "error: --replications 0: expected a whole number from 1 to 1,000,000\n")
      #expect(try place.rollsim("sweep", "sweep.yaml", "--seed", "-1").status == 2)
      try place.write(
        "sweep.yaml",
        Place.experiment.replacing(
          "replications: 2",
          with:
            "replications: {min: 2, max: 4, until: {measure: finality_soft_s_p50, relative: 0.5}}"
        ))
      let rule = try place.rollsim("sweep", "sweep.yaml", "--replications", "3")
      #expect(
        rule.status == 2 && rule.err.contains("a rule says how many there are"), "\(rule.err)")
    }

    @Test func anExperimentHasAName() throws {
      let folder = place.url.appendingPathComponent("experiments")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try place.write("experiments/tiny.yaml", Place.experiment)
      #expect(try place.rollsim("sweep", "tiny", "--dry-run").status == 0)
      let output = try place.rollsim("sweep", "tinny", "--dry-run")
      #expect(output.status == 2)
      #expect(
        output.err.hasPrefix(
          "error: tinny: no experiment is called 'tinny'; did you mean 'tiny'?; known: "))
    }
  }
}
