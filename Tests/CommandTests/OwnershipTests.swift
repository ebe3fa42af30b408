import Foundation
import Testing

extension CommandTests {
  /// Results are somebody's work: only the same experiment, or `--force`, replaces them.
  @Suite struct OwnershipTests {
    private let place: Place
    private static let search = """
      experiment: tiny
      scenario: {warmup: 1 min, horizon: 3 min, bridge.challenge_window: 10 min}
      factors: [{poster.max_age: {log: [30 s, 2 min]}}]
      design: {sobol: {points: 2}}
      replications: 2
      optimise: {minimise: cost_data_wei_per_tx_mean, starts: 1, evaluations: 10}

      """

    init() throws {
      place = try Place()
      try place.write(
        "other.yaml", Place.experiment.replacing("experiment: tiny", with: "experiment: other"))
      try place.write("search.yaml", Self.search)
    }

    private func expectRefusal(
      _ arguments: [String], _ message: String, _ location: SourceLocation = #_sourceLocation
    ) throws {
      let before = try everything()
      let output = try place.rollsim(arguments)
      #expect(output.status == 2, "\(output)", sourceLocation: location)
      #expect(output.err == "error: \(message)\n", sourceLocation: location)
      #expect(try everything() == before, sourceLocation: location)
    }

    /// All files with their contents, stores as well.
    private func everything() throws -> [String: Data] {
      let names = try FileManager.default.subpathsOfDirectory(atPath: place.url.path)
      return Dictionary(
        uniqueKeysWithValues: names.map {
          ($0, (try? Data(contentsOf: place.url.appendingPathComponent($0))) ?? Data())
        })
    }

    private func sweep(_ options: String...) throws {
      let output = try place.rollsim(["sweep", "sweep.yaml", "--quiet"] + options)
      #expect(output.status == 0, "\(output)")
    }

    @Test func anotherExperimentIsRefused() throws {
      try sweep("--results", "R")
      let message =
        "'R' holds the results of tiny; give --results another folder, or --force to replace them"
      try expectRefusal(["sweep", "other.yaml", "--results", "R"], message)
      try expectRefusal(["sweep", "other.yaml", "--shard", "0/2", "--results", "R"], message)
      let shard = try place.rollsim("sweep", "other.yaml", "--shard", "0/1", "--quiet")
      #expect(shard.status == 0)
      try expectRefusal(["merge", "results/other.shards/0-of-1", "--results", "R"], message)
    }

    /// A checkout has no store: the manifest alone says whose the results are.
    @Test func theManifestAloneSaysWhoseItIs() throws {
      try sweep("--results", "R")
      try FileManager.default.removeItem(at: place.url.appendingPathComponent("R/.store"))
      try expectRefusal(
        ["sweep", "other.yaml", "--results", "R"],
        "'R' holds the results of tiny; give --results another folder, or --force to replace them")
      try sweep("--results", "R", "--set", "horizon=4 min")
    }

    @Test func anotherKindOfResultsIsRefused() throws {
      try sweep("--results", "R")
      try expectRefusal(
        ["optimise", "search.yaml", "--results", "R"],
        "'R' holds the results of tiny by 'rollsim sweep'; give --results another folder, "
          + "or --force to replace them")
      #expect(try place.rollsim("optimise", "search.yaml", "--quiet").status == 0)
      try expectRefusal(
        ["sweep", "sweep.yaml", "--results", "results/tiny.optimum"],
        "'results/tiny.optimum' holds the results of tiny by 'rollsim optimise'; "
          + "give --results another folder, or --force to replace them")
      #expect(try place.rollsim("optimise", "search.yaml", "--quiet").status == 0, "its own")
    }

    @Test func filesOfSomethingElseAreLeftAlone() throws {
      let folder = place.url.appendingPathComponent("U")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try place.write("U/points.csv", "mine")
      for command in [["sweep", "sweep.yaml"], ["optimise", "search.yaml"]] {
        try expectRefusal(
          command + ["--results", "U"],
          "'U' holds files of something else, such as 'points.csv'; give --results another "
            + "folder, or --force to write among them")
      }
      // A folder without anything is nobody's.
      try FileManager.default.removeItem(at: folder.appendingPathComponent("points.csv"))
      try sweep("--results", "U")
    }

    /// The folder is ours, and the place that a new figure would take is not.
    @Test func aFileAtAPlaceOfOursIsLeftAlone() throws {
      try sweep("--results", "R")
      try place.write("R/figures/new.vl.json", "mine")
      try place.write("R/note.txt", "mine")
      try place.write("sweep.yaml", Place.experiment.replacing("stages", with: "new"))
      try expectRefusal(
        ["sweep", "sweep.yaml", "--results", "R"],
        "'R/figures/new.vl.json' is there, and not of these results; give --results another "
          + "folder, or --force to replace it")
      try sweep("--results", "R", "--force")
      let files = try place.files(in: "R")
      #expect(files["note.txt"] == Data("mine".utf8))
      #expect(files["figures/stages.vl.json"] == nil, "of the former result")
      #expect(files["figures/new.vl.json"]?.count ?? 0 > 100)
    }

    /// What was begun is somebody's as well, and goes on.
    @Test func whatIsNotFinishedHasAnOwner() throws {
      let store = place.url.appendingPathComponent("R/.store")
      try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
      try place.write(
        "R/.store/owner.json",
        #"{"experiment": "tiny", "command": ["rollsim", "sweep"], "files": []}"#)
      try expectRefusal(
        ["sweep", "other.yaml", "--results", "R"],
        "'R' holds the results of tiny; give --results another folder, or --force to replace them")
      try sweep("--results", "R")
    }

    @Test func forceTakesTheFolderAndLeavesNothingBehind() throws {
      try sweep("--results", "R")
      try place.write("R/figures/mine.png", "mine")
      let output = try place.rollsim(
        "optimise", "search.yaml", "--results", "R", "--force", "--quiet")
      #expect(output.status == 0, "\(output)")
      #expect(
        Set(try place.files(in: "R").keys) == [
          "evaluations.csv", "optimum.yaml", "datapackage.json", "manifest.json", "figures",
          "figures/mine.png",
        ])
      let shard = try place.rollsim("sweep", "other.yaml", "--shard", "0/1", "--quiet")
      #expect(shard.status == 0)
      let merge = try place.rollsim(
        "merge", "results/other.shards/0-of-1", "--results", "R", "--force")
      #expect(merge.status == 0, "\(merge)")
      let files = try place.files(in: "R")
      #expect(files["evaluations.csv"] == nil && files["points.csv"] != nil)
      // Files that were ours are somebody else's where they are made anew.
      try place.write("R/evaluations.csv", "mine")
      let again = try place.rollsim(
        "merge", "results/other.shards/0-of-1", "--results", "R", "--quiet")
      #expect(again.status == 0)
      #expect(try place.files(in: "R")["evaluations.csv"] == Data("mine".utf8))
    }

    @Test(arguments: ["", " ", "\t"]) func aFolderHasAName(name: String) throws {
      let before = try place.files()
      let commands = [
        ["sweep", "sweep.yaml", "--results", name], ["merge", "a", "--results", name],
        ["merge", name], ["optimise", "search.yaml", "--results", name], ["verify", name],
        ["analyse", name],
      ]
      for command in commands {
        let output = try place.rollsim(command)
        #expect(output.status == 2)
        #expect(
          output.err.contains("expected the name of a folder; found '\(name)'"), "\(output.err)")
      }
      #expect(try place.files() == before)
    }

    @Test func feesReplaceFeesAlone() throws {
      let run = ["run", "tiny.yaml", "--replications", "1", "--quiet", "--fees", "fees.csv"]
      try place.write("fees.csv", "month,fee\n1,2\n")
      try expectRefusal(
        run,
        "'fees.csv' is there and holds no fees; give --fees another file, or --force to replace it")
      #expect(try place.rollsim(run + ["--force"]).status == 0)
      let fees = try place.files()["fees.csv"]
      #expect(try place.rollsim(run).status == 0, "a table of fees")
      #expect(try place.files()["fees.csv"] == fees)
      try place.write("fees.csv", "")
      #expect(try place.rollsim(run).status == 0, "an empty file is nobody's work")
      #expect(try place.files()["fees.csv"] == fees)
    }
  }
}
