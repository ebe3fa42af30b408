import ArgumentParser
import Catalogue
import Experiments
import Foundation
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

enum InputFiles {
  /// An experiment with the settings of the command line, resolved, and the files that it was read
  /// from.
  static func resolved(
    _ name: String, settings: [String], allowingAnySize: Bool = false
  ) throws(InvalidInput) -> (experiment: Experiment, inputs: [InputRecord.File]) {
    let (result, files) = try InputRecord.recording { () throws(InvalidInput) in
      var spec = try experiment(name)
      try spec.apply(settings: settings)
      return try Experiment(spec, allowingAnySize: allowingAnySize)
    }
    return (result, files)
  }

  /// Reads a scenario: the name of a system's preset, or a file.
  static func scenario(_ name: String) throws(InvalidInput) -> ScenarioRequest {
    let location = Location(file: name)
    if Catalogue.builtIn.preset(.system, named: name) != nil {
      var request = ScenarioRequest(source: location)
      request.system = .init(name, location)
      return request
    }
    guard isFile(name) else {
      // Says which systems there are.
      _ = try Catalogue.builtIn.find(.system, name, at: location, path: "")
      return ScenarioRequest(source: location)
    }
    return try .read(.load(name))
  }

  /// Reads an experiment: a name in `experiments/`, or a file.
  static func experiment(_ name: String) throws(InvalidInput) -> ExperimentSpec {
    if isFile(name) { return try .read(.load(name)) }
    let file = "experiments/\(name).yaml"
    guard FileManager.default.fileExists(atPath: file) else {
      let known = names(in: "experiments")
      let message =
        known.isEmpty
        ? "there is no folder 'experiments' here; expected the path of a YAML file"
        : "no experiment is called '\(name)'\(advice(for: name, among: known)); in experiments/: "
          + known.joined(separator: ", ")
      throw InvalidInput([Problem(Location(file: name), message)])
    }
    return try .read(.load(file))
  }

  private static func isFile(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.contains("/")
  }

  private static func names(in folder: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }
}
