import ArgumentParser
import Catalogue
import Running
import Specifications

/// Checks a file without running it.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a scenario, experiment or preset without running it.",
    discussion: """
      Prints every problem with file, line and column. What is allowed and probably not meant is a
      warning.

      Exit codes: 0 success, 1 factors that change nothing, 2 the input is wrong.

      Example: rollsim check my-sweep.yaml my-system.yaml
      """)

  @Argument(help: "YAML files.")
  var files: [String]

  @Flag(
    help: """
      Also run a few points of each experiment and name factors that change nothing; exit code 1 if \
      there are any.
      """)
  var inert = false

  @Flag(help: "Resolve every point of a design however many there are.")
  var yes = false

  func run() throws {
    var problems: [Problem] = []
    var inertFactors: [String] = []
    for file in files {
      do throws(InvalidInput) {
        let checked = try CheckedInput(.load(file), allowingAnySize: yes)
        print("\(file): \(checked.summary)")
        switch checked {
        case .experiment(let experiment): Cautions.say(of: experiment)
        case .scenario(let scenario, let request): Cautions.say(of: scenario, request)
        case .preset: break
        }
        if inert, case .experiment(let experiment) = checked {
          inertFactors += describeInertFactors(of: experiment, file)
        }
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
}
