import ArgumentParser
import Foundation
import Reporting
import Results
import RunStore
import Running
import Specifications

/// Joins the shards of a sweep.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Join the shards of a sweep into one result.",
    discussion: """
      Gives the same bytes as the sweep in one piece. Refuses shards that are missing, there twice, or
      of another specification, seed, program or platform, and names them.

      Example: rollsim merge results/finality.shards/*

      Exit codes: 0 success, 1 a run has no result, 2 the input is wrong.
      """)

  @Argument(help: "Folders of finished shards.", transform: FolderName.read)
  var shards: [String]

  @Option(
    help: ArgumentHelp("Folder for the results; default: results/NAME.", valueName: "dir"),
    transform: FolderName.read)
  var results: String?

  @Flag(help: "Take a folder that holds other results.")
  var force = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  /// All stores are open at once, of which the usual limit is 1024.
  private static func allowOpenFiles(_ count: Int) {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, rlim_t(4 * count + 64)))
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  func run() throws {
    var folders: [ShardFolder] = []
    var problems: [String] = []
    for path in shards {
      do throws(RecordedExperiment.Unusable) {
        folders.append(try ShardFolder(path: path))
      } catch {
        problems.append(error.description)
      }
    }
    guard problems.isEmpty else {
      throw RecordedExperiment.Unusable(description: problems.joined(separator: "\n"))
    }
    folders = try ShardFolder.complete(folders)
    let recorded = folders[0].recorded
    Self.allowOpenFiles(folders.count)
    let experiment = try recorded.experiment()
    let manifest = Manifest(experiment, settings: recorded.settings, inputs: recorded.inputs)
    let path = results ?? "results/\(experiment.spec.name)"
    let stored = StoredRuns(experiment, in: try folders.map { try $0.openStore() })
    let session = try FolderSession(
      path, manifest.owner, writing: ResultFiles.paths(experiment), force: force)
    // The folder stays ours until all is written.
    let summary = try withExtendedLifetime(session) {
      try ResultFiles.write(experiment, from: stored, manifest, into: session.folder)
    }
    let text = try summary.report(path, of: experiment)
    StandardError.say(text, unless: quiet)
  }
}
