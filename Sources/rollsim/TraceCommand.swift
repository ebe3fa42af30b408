import ArgumentParser
import Catalogue
import EventKernel
import Foundation
import Results
import Running
import Specifications
import Tracing
import Worlds

/// Records what happens in one run.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Record what happens in one run, for a timeline and as CSV.",
    discussion: """
      The run is a replication of 'rollsim run' with the same seed, and is not changed by being
      recorded. The trace is JSON that https://ui.perfetto.dev opens: a process for the settlement
      chain, for each rollup and for each service, in it tracks from users to the bridge, and arrows
      that follow each batch, and the first transaction of each, from track to track.

      Example: rollsim trace arbitrum-nitro --set 'horizon=2 h' --csv events.csv

      A long run can be recorded in part, with --from and --until. What had not ended by then is
      marked as open.

      With --log every event of the run is a line of text: when, what, of whom, and what it changed,
      where + begins something that takes time and - ends it. Lines come as the run goes on: with
      '--log -' they go to standard error at once, and the last one tells where a model fails.

      Exit codes: 0 success, 1 the run has no result and is recorded all the same, or has too much to
      record, 2 the input is wrong.
      """)

  @Argument(help: "A system's name (see 'rollsim systems') or a YAML file.")
  var scenario: String

  @Option(help: "Seed of all random streams.")
  var seed: UInt64 = 1

  @Option(help: "The replication of 'rollsim run' that is recorded, from 0 on.")
  var replication = 0

  @Option(
    help: ArgumentHelp(
      "Where the trace goes; default: SCENARIO.trace.json in this folder.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp("Write the same as a table, a row for each entry.", valueName: "file"))
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "Write every event as a line of text; - for standard error.", valueName: "file"))
  var log: String?

  @OptionGroup var options: TraceOptions

  @Flag(help: "Replace files that are no traces, tables or logs of this command.")
  var force = false

  @OptionGroup var settings: SettingOptions
  @OptionGroup var jobs: JobOptions

  func validate() throws {
    guard (0..<1_000_000).contains(replication) else {
      throw ValidationError("--replication: expected from 0 to 999,999; found \(replication)")
    }
  }

  func run() throws {
    let recording = try options.recording()
    var request = try InputFiles.scenario(scenario)
    try request.apply(settings: settings.settings)
    var spec = ExperimentSpec(name: "trace", request: request)
    spec.replications = replication + 1
    spec.seed = seed
    let files = try TraceFiles(
      trace: output ?? defaultOutput, table: csv, log: log, force: force)
    let point = try Experiment(spec).withWarmUp(jobs).points[0]
    Cautions.say(of: point.resolved, request)
    let trace = try record(point, recording, files.eventLog)
    guard recording.window.lowerBound <= trace.endedAt else {
      throw ValidationError(
        "--from: expected a time within the run, which ended at \(seconds(trace.endedAt)); "
          + "nothing was written")
    }
    try files.write(trace)
    try report(trace, files)
  }

  /// The name of the scenario, in this folder.
  private var defaultOutput: String {
    let name = URL(fileURLWithPath: scenario).lastPathComponent
    let stem = InputFiles.isFile(scenario) ? (name as NSString).deletingPathExtension : name
    return "\(stem).trace.json"
  }

  private func record(
    _ point: Experiment.Point, _ options: Trace.Options, _ log: EventLog?
  ) throws -> Trace {
    guard let valid = try? point.draw(replication).scenario.validated(point.resolved.shape) else {
      throw CheckFailed(description: RunFailure.invalidDraw.description)
    }
    do {
      return try Trace(
        of: valid, seed: seed, replication: point.streams(ofReplication: replication), options,
        log: log)
    } catch {
      let time = seconds(error.reachedAt)
      throw CheckFailed(
        description: "there are more than \(error.limit) entries at \(time) of simulated time, and "
          + "nothing was written: record less with an --until before that, or raise --limit")
    }
  }

  private func seconds(_ time: SimTime) -> String { "\((time - .start).seconds.shortest) s" }

  private func report(_ trace: Trace, _ files: TraceFiles) throws {
    for path in files.paths { print("wrote \(path)") }
    let time = seconds(trace.endedAt)
    switch trace.outcome {
    case nil: print("\(trace.count) entries until \(time), before the end of the run")
    case .success(let result):
      let digits = String(result.fingerprint, radix: 16)
      let fingerprint = String(repeating: "0", count: 16 - digits.count) + digits
      print(
        "\(trace.count) entries of a run of \(result.events) events until \(time), fingerprint "
          + fingerprint)
    case .failure(let failure):
      throw CheckFailed(
        description: "the run has no result, and was recorded until \(time): \(failure.description)"
      )
    }
  }
}
