import ArgumentParser
import Foundation
import Reporting
import Results
import Specifications

/// Replays a result and compares.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Replay a result from its manifest and compare bit for bit.",
    discussion: """
      Makes everything again from the specification that the manifest records, and compares every
      file; says where the first difference is. With --sample or --run only some runs are made again
      and compared with their rows of runs.csv. Also says whether program, GSL or C library differ
      from those that made the result.

      Examples:
        rollsim verify results/finality
        rollsim verify results/finality --sample 10
        rollsim verify results/finality --run 3,0

      Exit codes: 0 success, 1 something differs, 2 the input is wrong.
      """)

  @Argument(help: "A folder of results.", transform: FolderName.read)
  var folder: String

  @Option(help: ArgumentHelp("Replay so many runs, spread evenly.", valueName: "n"))
  var sample: Int?

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("Replay one run. May be repeated.", valueName: "point,replication"))
  var runs: [String] = []

  @OptionGroup var jobs: JobOptions

  func validate() throws {
    if let sample, sample < 1 { throw ValidationError("--sample: expected at least one run") }
    if sample != nil, !runs.isEmpty {
      throw ValidationError("expected --sample or --run, not both")
    }
  }

  func run() throws {
    let verification = try Verification(ResultFolder(path: folder))
    let experiment = verification.experiment
    var findings = verification.findingsWithoutRuns()
    let checked: String
    if sample == nil, runs.isEmpty {
      let total = experiment.runCount
      checked = experiment.spec.stopping == nil ? "\(total) of \(total) runs" : "all runs"
      let progress = Progress(total: total, isQuiet: jobs.quiet)
      findings += try verification.findings(jobs: jobs.jobs) { progress.show($0) }
    } else {
      let chosen =
        try sample.map(verification.sample) ?? runs.map { try number(of: $0, experiment) }
      checked = "\(chosen.count) of \(experiment.runCountText) runs"
      findings += verification.findings(ofRuns: chosen)
    }
    let differences = verification.recorded.differences
    guard findings.isEmpty else {
      let cause = differences.isEmpty ? [] : ["made by another program or platform:"] + differences
      throw CheckFailed(
        description: "\(folder) does not verify\n" + (findings + cause).joined(separator: "\n"))
    }
    print("\(folder) verifies: \(checked), bit for bit")
    if !differences.isEmpty {
      print("though made by another program or platform:\n" + differences.joined(separator: "\n"))
    }
  }

  private func number(of text: String, _ experiment: Experiment) throws -> Int {
    let parts = text.split(separator: ",").map { Int($0) }
    let replications = experiment.spec.replications
    guard parts.count == 2, let point = parts[0], let replication = parts[1],
      experiment.points.indices.contains(point), (0..<replications).contains(replication)
    else {
      throw ValidationError(
        "--run: expected POINT,REPLICATION up to \(experiment.points.count - 1),\(replications - 1); "
          + "found '\(text)'")
    }
    return point * replications + replication
  }
}
