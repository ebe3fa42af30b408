import Catalogue
import Declarations
import Foundation
import Worlds

/// Reads scenarios that stand in a test.
enum Reading {
  /// The scenario that a YAML text asks for.
  static func resolve(_ yaml: String) throws(InvalidInput) -> ResolvedScenario {
    try Catalogue.builtIn.resolve(.read(.parse(yaml, file: "test.yaml")))
  }

  /// What is wrong with a YAML text, a line for each problem; empty if nothing is.
  static func problems(_ yaml: String) -> [String] {
    do throws(InvalidInput) {
      _ = try resolve(yaml)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  /// What is wrong with a file, with its folder cut off.
  static func problems(inFile url: URL) -> [String] {
    do throws(InvalidInput) {
      _ = try Catalogue.builtIn.resolve(.read(.load(url.path)))
      return []
    } catch {
      let folder = url.deletingLastPathComponent().path + "/"
      return error.problems.map { $0.description.replacing(folder, with: "") }
    }
  }

  /// Calls `body` with a new folder that is removed afterwards.
  static func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rollsim-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}

extension ResolvedScenario {
  /// The value of a parameter in base units.
  func number(_ path: String) -> Double? {
    Parameter.named(path)?.read(scenario)?.constant
  }

  /// The value of a parameter.
  func value(_ path: String) -> ParameterValue? { Parameter.named(path)?.read(scenario) }

  /// Where the value of a parameter comes from.
  func provenance(_ path: String) -> Provenance? {
    Parameter.index(of: path).map { provenance(at: $0) }
  }
}
