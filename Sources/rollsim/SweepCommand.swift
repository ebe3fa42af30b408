import ArgumentParser
import Catalogue
import Foundation
import Reporting
import Results
import RunStore
import Running
import Specifications

/// Runs an experiment and writes its results.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Run an experiment and write CSV, manifest and figures.",
    discussion: """
      Writes points.csv (one row per design point and measure, with confidence limits), runs.csv
      (one row per replication), fees.csv where asked for, manifest.json, datapackage.json and
      figures/*.vl.json into results/NAME, all or none.

      Every finished run is kept in runs.sqlite there at once. A sweep that was interrupted or killed
      goes on where it was when it is started again; one with more replications or points runs only
      what is missing; one whose results are there already does nothing. A run that fails is listed in
      failures.csv with its reason, the others count, and the exit code is 1.

      With --shard i/n, for i from 0 to n-1, the sweep does a share of the runs and writes no tables;
      'rollsim merge' joins the shards.

      Exit codes: 0 success, 1 runs failed, 2 the input is wrong, 3 interrupted with work saved.

      Examples:
        rollsim sweep finality --jobs 2
        rollsim sweep finality --shard 0/4
        rollsim merge results/finality.shards/*
      """)

  @Argument(help: "The name of an experiment in experiments/, or a YAML file.")
  var experiment: String

  @Option(
    help: ArgumentHelp(
      "Folder for the results; default: results/NAME, with --shard results/NAME.shards/i-of-n.",
      valueName: "dir"),
    transform: FolderName.read)
  var results: String?

  @Option(
    help: ArgumentHelp("Run one of n shares of the runs, from 0/n to n-1/n.", valueName: "i/n"))
  var shard: String?

  @Flag(help: "Print the design, the number of runs and about how long they take; keep nothing.")
  var dryRun = false

  @Flag(
    help: "Run everything again, also what is finished; take a folder that holds other results.")
  var force = false

  @Flag(help: "Run a design of any size.")
  var yes = false

  @OptionGroup var replication: ReplicationOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var jobs: JobOptions

  func run() throws {
    let share = try parsedShard()
    let question = try InputFiles.question(self.experiment, settings: changes)
    let folder = results ?? defaultFolder(question.spec, share)
    // To look at the points takes longer than to see that nothing has changed.
    if !force, !dryRun,
      try SweepSession.isUpToDate(
        folder, share, { $0.isOf(.sweep, settings: changes, question.inputs) })
    {
      return StandardError.say("\(folder) is up to date", unless: jobs.quiet)
    }
    var progress = PointProgress(isQuiet: jobs.quiet)
    let (experiment, inputs) = try InputFiles.resolve(question, allowingAnySize: yes) {
      progress.show($0, of: $1)
    }
    Cautions.say(of: experiment)
    guard !dryRun else {
      DesignPreview(experiment, share, folder: folder).print(jobs: jobs.jobs)
      return
    }
    var session = SweepSession(
      experiment, settings: changes, inputs: inputs, share, jobs, folder: folder)
    if !force, try session.isUpToDate() {
      return StandardError.say("\(session.path) is up to date", unless: jobs.quiet)
    }
    StandardError.say(try session.execute(force: force), unless: jobs.quiet)
  }

  private var changes: [String] { settings.settings + replication.settings }

  private func parsedShard() throws -> Shard? {
    guard let shard else { return nil }
    guard let share = Shard(shard) else {
      throw ValidationError(
        "--shard: expected i/n with i from 0 to n-1, such as 0/4; found '\(shard)'")
    }
    return share
  }

  private func defaultFolder(_ spec: ExperimentSpec, _ share: Shard?) -> String {
    let folder = "results/\(spec.name)"
    return share.map { "\(folder).shards/\($0.index)-of-\($0.count)" } ?? folder
  }
}
