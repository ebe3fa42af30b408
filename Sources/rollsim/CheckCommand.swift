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
        print("\(file): \(try CheckedInput(.load(file)).summary)")
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }
}
