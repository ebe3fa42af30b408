import ArgumentParser
import Catalogue
import Foundation
import Specifications
import Worlds

/// The option that changes single parameters.
struct SettingOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change a parameter, whatever the file says, for example --set 'poster.max_age=5 min'. May be "
        + "repeated, once for each.",
      valueName: "path=value"))
  var settings: [String] = []
}

/// The option that calculates measures from others.
struct DeriveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Derive a measure from others, for example "
        + "'cost_wei_per_byte: {value: cost_data_wei_per_tx / bytes_posted_per_tx, unit: wei/B}'. May "
        + "be repeated.", valueName: "name: {value: …, unit: …}"))
  var derive: [String] = []
}

/// The options that change how an experiment is replicated.
struct ReplicationOptions: ParsableArguments {
  @Option(help: "Seed of all random streams, in place of the experiment's.")
  var seed: UInt64?

  @Option(help: "Replications of each point, in place of the experiment's.")
  var replications: Int?

  /// As settings, which a manifest records.
  var settings: [String] {
    (seed.map { ["\(ExperimentSpec.seedSetting)=\($0)"] } ?? [])
      + (replications.map { ["\(ExperimentSpec.replicationSetting)=\($0)"] } ?? [])
  }
}

/// How many threads work.
struct JobOptions: ParsableArguments {
  @Option(help: "Threads that work; results do not depend on it.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Write no progress.")
  var quiet = false

  func validate() throws {
    guard (1...4096).contains(jobs) else {
      throw ValidationError("--jobs: expected from 1 to 4096 threads; found \(jobs)")
    }
  }
}

/// The name of a folder of results on the command line.
enum FolderName {
  /// Refuses a name that says nothing, which would mean the folder one is in.
  static func read(_ text: String) throws -> String {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("expected the name of a folder; found '\(text)'")
    }
    return text
  }
}
