import Catalogue
import Digest
import Foundation
import Results
import Running
import Specifications

/// An experiment as a manifest or the mark of a shard describes it: what was asked, and by which
/// program on which platform it was answered.
public struct RecordedExperiment {
  /// Why what is recorded cannot be used.
  public struct Unusable: Error, CustomStringConvertible {
    /// The reason.
    public let description: String

    /// A reason.
    public init(description: String) { self.description = description }
  }

  /// The file in which it stands.
  public let path: String
  /// The hash of the specification with everything resolved.
  public let specificationHash: String
  /// The hash of all that results depend on.
  public let identity: String
  /// What the command line changed.
  public let settings: [String]
  /// The files that it was read from, the specification first.
  public let inputs: [InputRecord.File]
  /// The hashes of the files of results by their paths; empty for a shard.
  public let files: [String: String]
  /// Which runs there are.
  public let shard: Shard
  /// The warm-up that pilot runs found [s]; nil if it was set.
  let warmUp: Double?
  /// What made the results.
  public let command: [String]
  private let program: [String: String]
  private let platform: [String: String]

  /// Reads what is recorded in a file of a folder.
  ///
  /// - Throws: `Unusable` if there is none, or it is not of this format.
  public init(_ name: String, in folder: ResultFolder) throws(Unusable) {
    let path = folder.url.appendingPathComponent(name).relativePath
    guard let text = folder.read(name) else {
      throw Unusable(description: Self.reason(name, path, folder))
    }
    guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
      object["format"] as? Int == Manifest.format,
      let specificationHash = object["specification_sha256"] as? String,
      let identity = object["identity"] as? String,
      let settings = object["settings"] as? [String],
      let inputs = object["inputs"] as? [[String: String]],
      let program = object["program"] as? [String: Any],
      let platform = object["platform"] as? [String: Any]
    else {
      throw Unusable(
        description: "'\(path)' is not of this format (\(Manifest.format)), or was changed")
    }
    self.path = path
    self.specificationHash = specificationHash
    self.identity = identity
    self.settings = settings
    self.inputs = try inputs.map { input throws(Unusable) in try Self.file(input, path) }
    files = object["files"] as? [String: String] ?? [:]
    command = object["command"] as? [String] ?? []
    warmUp = object[Manifest.warmUpKey] as? Double
    guard warmUp.map((0...Self.longestWarmUp).contains) ?? true else {
      throw Unusable(description: "'\(path)': \(Manifest.warmUpKey) is no time")
    }
    shard = (object["shard"] as? String).flatMap(Shard.init) ?? .whole
    self.program = program.mapValues { "\($0)" }
    self.platform = platform.mapValues { "\($0)" }
  }

  /// Why a file of a folder cannot be read.
  private static func reason(_ name: String, _ path: String, _ folder: ResultFolder) -> String {
    let here = folder.url.relativePath
    switch folder.state {
    case .missing: return "there is no folder '\(here)'"
    case .noFolder: return "'\(here)' is a file; expected a folder of results"
    case .folder: break
    }
    if folder.has(name) { return "'\(path)' cannot be read" }
    let other = name == ShardFolder.mark ? "manifest.json" : ShardFolder.mark
    guard folder.has(other) else { return "there is no '\(path)'" }
    return name == ShardFolder.mark
      ? "'\(here)' holds whole results, no shard"
      : "'\(here)' holds a shard; join shards with 'rollsim merge'"
  }

  /// Longer than any run [s].
  private static let longestWarmUp = 9e9

  private static func file(
    _ input: [String: String], _ path: String
  ) throws(Unusable) -> InputRecord.File {
    guard let name = input["path"], let text = input["text"], let hash = input["sha256"],
      SHA256.hexadecimal(of: Data(text.utf8)) == hash
    else { throw Unusable(description: "an input that '\(path)' records was changed") }
    return .init(path: name, content: Data(text.utf8))
  }

  /// Reads the experiment anew from the recorded files, with the warm-up that was found.
  ///
  /// - Throws: `InvalidInput` if this program does not understand them, `Unusable` if there are none.
  public func experiment() throws -> Experiment {
    guard let file = inputs.first?.path else {
      throw Unusable(description: "'\(path)' records no specification")
    }
    let experiment = try InputRecord.replaying(inputs) { () throws(InvalidInput) in
      var spec = try ExperimentSpec.read(.load(file))
      try spec.apply(settings: settings)
      spec.request.automaticWarmUp?.seconds = warmUp
      return try Experiment(spec, allowingAnySize: true)
    }
    guard experiment.pilotCount == 0 else {
      throw Unusable(description: "'\(path)' asks for a warm-up that is found, and records none")
    }
    return experiment
  }

  /// The version of the program that made the results.
  package var version: String { program["version"] ?? "unknown" }

  /// Program and platform that made the results, by what is recorded of them.
  package var origin: [(key: String, value: String)] {
    [program, platform].flatMap { facts in
      facts.keys.sorted().map { ($0.replacing("_", with: " "), Self.oneLine(facts[$0] ?? "")) }
    }
  }

  /// Whether this program was asked just that on this platform: then it has the identity of that.
  public func isOf(
    _ command: Manifest.Command, settings: [String], _ inputs: [InputRecord.File]
  ) -> Bool {
    self.command.dropFirst().first == command.rawValue && self.settings == settings
      && self.inputs == inputs && differences.isEmpty
  }

  /// How program and platform differ from those of this process, in words; empty if they do not.
  public var differences: [String] {
    let present = Self.describe(Program.json).merging(
      Self.describe(Platform.current.json)
    ) { first, _ in first }
    let recorded = program.merging(platform) { first, _ in first }
    return recorded.keys.sorted().compactMap { key in
      guard key != "name", let value = recorded[key], present[key] != value else { return nil }
      return "\(key): \(Self.oneLine(value)), here \(Self.oneLine(present[key] ?? "unknown"))"
    }
  }

  private static func describe(_ json: JSON) -> [String: String] {
    let object = try? JSONSerialization.jsonObject(with: Data(json.text.utf8))
    return (object as? [String: Any] ?? [:]).mapValues { "\($0)" }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
