import ArgumentParser
import Experiments
import Foundation
import Results

/// Joins the shards of a sweep.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Join the shards of a sweep into one result.",
    discussion: """
      Gives the same bytes as the sweep in one piece. Refuses shards that are missing, there twice, or
      of another specification, seed, program or platform, and names them.

      Example: rollsim merge results/finality.shards/*
      """)

  @Argument(help: "Folders of finished shards.")
  var shards: [String]

  @Option(help: ArgumentHelp("Folder for the results; default: results/NAME.", valueName: "dir"))
  var results: String?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

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
    let experiment = try recorded.experiment()
    let manifest = Manifest(experiment, settings: recorded.settings, inputs: recorded.inputs)
    let path = results ?? "results/\(experiment.spec.name)"
    let stored = StoredRuns(experiment, in: try folders.map { try $0.openStore() })
    let summary = try ResultFiles.write(
      experiment, from: stored, manifest, into: ResultFolder(path: path))
    let text = try summary.report(path, of: experiment)
    if !quiet { FileHandle.standardError.write(Data((text + "\n").utf8)) }
  }
}
