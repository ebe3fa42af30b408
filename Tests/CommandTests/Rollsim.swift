import Foundation
import Testing

/// All tests of the command line, one at a time: each starts processes.
@Suite(.serialized) struct CommandTests {}

/// What a process left.
struct Output {
  let status: Int32
  let out: String
  let err: String
}

/// A folder to run the program in, removed when its owner is gone.
final class Place: Sendable {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("rollsim-\(UUID().uuidString)", isDirectory: true)

  /// The program beside the bundle of tests.
  static let program = Bundle.main.bundleURL.appendingPathComponent("rollsim").path

  /// A scenario of three minutes.
  static let scenario = """
    warmup: 1 min
    horizon: 3 min
    workload.arrivals.poisson.rate: 2 /s
    bridge.challenge_window: 10 min
    proposer.interval: 5 min

    """

  /// An experiment of two points and two replications.
  static let experiment = """
    experiment: tiny
    scenario: {warmup: 1 min, horizon: 3 min, bridge.challenge_window: 10 min}
    factors: {poster.max_age: [30 s, 1 min]}
    replications: 2
    measures: [finality_*, cost_*]
    figures: [{kind: ladder, name: stages, y: poster.max_age, measures: finality_*_s_p50}]

    """

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try write("tiny.yaml", Self.scenario)
    try write("sweep.yaml", Self.experiment)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }

  /// Runs the program.
  func rollsim(_ arguments: String..., limits: String = "") throws -> Output {
    try rollsim(arguments, limits: limits)
  }

  /// Runs the program after the shell commands `limits`.
  func rollsim(_ arguments: [String], limits: String = "") throws -> Output {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", limits + "\nexec \"$0\" \"$@\"", Self.program] + arguments
    process.currentDirectoryURL = url
    let (out, err) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    try process.run()
    let output = try out.fileHandleForReading.readToEnd() ?? Data()
    let errors = try err.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Output(
      status: process.terminationStatus, out: String(decoding: output, as: UTF8.self),
      err: String(decoding: errors, as: UTF8.self))
  }

  /// Starts the program and does not wait for it; what it says is lost.
  func start(_ arguments: String...) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = arguments
    process.currentDirectoryURL = url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// The files below a folder and their contents, without stores of runs; folders have an empty one.
  func files(in folder: String = ".") throws -> [String: Data] {
    let root = url.appendingPathComponent(folder)
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    return Dictionary(
      uniqueKeysWithValues: names.filter { !$0.contains(".store") }.map {
        ($0, (try? Data(contentsOf: root.appendingPathComponent($0))) ?? Data())
      })
  }

  /// When the files below a folder were written, by name.
  func dates(in folder: String) throws -> [String: Date] {
    let root = url.appendingPathComponent(folder)
    return try Dictionary(
      uniqueKeysWithValues: FileManager.default.subpathsOfDirectory(atPath: root.path).map {
        let path = root.appendingPathComponent($0).path
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return ($0, attributes[.modificationDate] as? Date ?? .distantPast)
      })
  }
}
