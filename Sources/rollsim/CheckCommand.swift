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

  @Flag(
    help: """
      Also run a few points of each experiment and name factors that change nothing; exit code 1 if \
      there are any.
      """)
  var inert = false

  func run() throws {
    var problems: [Problem] = []
    var inertFactors: [String] = []
    for file in files {
      do throws(InvalidInput) {
        let (verdict, experiment) = try check(file)
        print("\(file): \(verdict)")
        if inert, let experiment { inertFactors += describeInertFactors(of: experiment, file) }
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    guard inertFactors.isEmpty else {
      throw CheckFailed(description: inertFactors.joined(separator: "\n"))
    }
  }

  private func describeInertFactors(of experiment: Experiment, _ file: String) -> [String] {
    let (paths, points) = InertFactors(experiment).find()
    return paths.map {
      "\(file): \($0) changes nothing at the \(points) points of the design that were tried"
    }
  }

  /// What a file is, in words, and the experiment if it is one.
  private func check(_ file: String) throws(InvalidInput) -> (String, Experiment?) {
    let node = try InputNode.load(file)
    let keys = Set((node.members ?? []).compactMap(\.key.text))
    if keys.contains("experiment") {
      let experiment = try Experiment(.read(node), allowingAnySize: true)
      let size = "\(experiment.points.count) points, \(experiment.runCount) runs"
      return ("a valid experiment: \(size)", experiment)
    }
    if keys.contains("parameters") {
      let preset = try Preset.read(node)
      return ("a valid preset of a \(preset.kind.rawValue)", nil)
    }
    _ = try Catalogue.builtIn.resolve(.read(node))
    return ("a valid scenario", nil)
  }
}
