import Catalogue
import Foundation
import Specifications
import Worlds

/// Finds what the command line names.
enum InputFiles {
  /// An experiment with the settings of the command line, resolved, and the files that it was read
  /// from.
  ///
  /// - Parameter onPoint: gets how many points are resolved, and how many there are.
  static func resolved(
    _ name: String, settings: [String], allowingAnySize: Bool = false,
    onPoint: (Int, Int) -> Void = { _, _ in }
  ) throws(InvalidInput) -> (experiment: Experiment, inputs: [InputRecord.File]) {
    let place = try ExperimentPlace(name)
    let (result, files) = try InputRecord.recording(below: place.root) { () throws(InvalidInput) in
      var spec = try experiment(at: place.file)
      try spec.apply(settings: settings)
      return try Experiment(spec, allowingAnySize: allowingAnySize, onPoint: onPoint)
    }
    return (result, files)
  }

  /// What an experiment with the settings of the command line asks for, and the files that it was read from: those
  /// of all its presets among them.
  static func read(
    _ name: String, settings: [String]
  ) throws(InvalidInput) -> (spec: ExperimentSpec, inputs: [InputRecord.File]) {
    let place = try ExperimentPlace(name)
    let (spec, files) = try InputRecord.recording(below: place.root) { () throws(InvalidInput) in
      var spec = try experiment(at: place.file)
      try spec.apply(settings: settings)
      _ = try Catalogue.builtIn.loading(spec.presetNames)
      return spec
    }
    return (spec, files)
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
    let node = try InputNode.load(name)
    if FileContent(node) == .experiment {
      throw InvalidInput([
        node.problem(
          "this is an experiment, which 'rollsim sweep \(name)' runs; expected a scenario")
      ])
    }
    return try .read(node)
  }

  private static func experiment(at file: String) throws(InvalidInput) -> ExperimentSpec {
    let node = try InputNode.load(file)
    switch FileContent(node) {
    case .experiment, .unknown: return try .read(node)
    case .scenario:
      throw InvalidInput([
        node.problem("this is a scenario, which 'rollsim run \(file)' runs; expected an experiment")
      ])
    case .preset:
      throw InvalidInput([
        node.problem(
          "this is a preset, which a scenario names: 'system: \(file)'; expected an experiment")
      ])
    }
  }

  /// Whether a name means a file: by its ending, its slashes, or because there is one.
  static func isFile(_ name: String) -> Bool {
    let lowercase = name.lowercased()
    if lowercase.hasSuffix(".yaml") || lowercase.hasSuffix(".yml") || name.contains("/") {
      return true
    }
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: name, isDirectory: &isFolder)
      && !isFolder.boolValue
  }
}
