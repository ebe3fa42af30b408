import ArgumentParser
import Catalogue
import Experiments

/// Checks a file without running it.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a scenario, experiment or preset without running it.",
    discussion: "Prints every problem with file, line and column; exit code 2 if there is any.")

  @Argument(help: "YAML files.")
  var files: [String]

  func run() throws {
    var problems: [Problem] = []
    for file in files {
      do throws(InvalidInput) {
        print("\(file): \(try check(file))")
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }

  private func check(_ file: String) throws(InvalidInput) -> String {
    let node = try InputNode.load(file)
    let keys = Set((node.members ?? []).compactMap(\.key.text))
    if keys.contains("experiment") {
      let experiment = try Experiment(.read(node))
      return "a valid experiment: \(experiment.points.count) points, \(experiment.runCount) runs"
    }
    if keys.contains("parameters") {
      let preset = try Preset.read(node)
      return "a valid preset of a \(preset.kind.rawValue)"
    }
    _ = try Catalogue.builtIn.resolve(.read(node))
    return "a valid scenario"
  }
}
