import Catalogue
import Foundation
import Specifications
import Worlds

/// Finds what the command line names.
enum InputFiles {
  /// An experiment with the settings of the command line that is read and not resolved.
  struct Question {
    let spec: ExperimentSpec
    /// The files that it was read from, those of all its presets among them.
    let inputs: [InputRecord.File]
    fileprivate let root: String
  }

  /// An experiment with the settings of the command line, resolved, and the files that it was read
  /// from.
  static func resolved(
    _ name: String, settings: [String]
  ) throws(InvalidInput) -> (experiment: Experiment, inputs: [InputRecord.File]) {
    try resolve(question(name, settings: settings))
  }

  /// What an experiment with the settings of the command line asks.
  static func question(_ name: String, settings: [String]) throws(InvalidInput) -> Question {
    let place = try ExperimentPlace(name)
    let (spec, files) = try InputRecord.recording(below: place.root) { () throws(InvalidInput) in
      var spec = try experiment(at: place.file)
      try spec.apply(settings: settings)
      _ = try Catalogue.builtIn.loading(spec.presetNames)
      return spec
    }
    return Question(spec: spec, inputs: files, root: place.root)
  }

  /// The experiment that a question asks for, and all files that it was read from.
  ///
  /// - Parameter onPoint: gets how many points are resolved, and how many there are.
  static func resolve(
    _ question: Question, allowingAnySize: Bool = false,
    onPoint: (Int, Int) -> Void = { _, _ in }
  ) throws(InvalidInput) -> (experiment: Experiment, inputs: [InputRecord.File]) {
    let (experiment, files) = try InputRecord.recording(below: question.root) {
      () throws(InvalidInput) in
      try Experiment(question.spec, allowingAnySize: allowingAnySize, onPoint: onPoint)
    }
    let known = Set(question.inputs.map(\.path))
    return (experiment, question.inputs + files.filter { !known.contains($0.path) })
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
