import ArgumentParser
import Catalogue
import Foundation
import Reporting
import Results
import Specifications

/// Lists the experiments that can be found.
struct ExperimentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiments", abstract: "List the experiments: name, size, results, question.",
    discussion: """
      Looks in the folder 'experiments' here, in the folders above, and above the program. Results are
      looked for in results/NAME: 'there' if this program made them of the experiment as it stands,
      'old' if they are of another program or specification.

      Exit codes: 0 success, 2 a specification is wrong; the others are listed all the same.

      Example: rollsim experiments
      """)

  func run() throws {
    var table = TextTable(
      ["experiment", "points", "runs", "results", "question"], rightAligned: [1, 2])
    var problems: [Problem] = []
    for (name, place) in ExperimentPlace.all {
      do throws(InvalidInput) {
        let (experiment, inputs) = try InputFiles.resolved(place.file, settings: [])
        table.append([
          name, String(experiment.points.count), experiment.runCountText,
          state(of: experiment, Manifest(experiment, settings: [], inputs: inputs)),
          experiment.spec.question,
        ])
      } catch {
        problems += error.problems
      }
    }
    print(table.text)
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }

  private func state(of experiment: Experiment, _ manifest: Manifest) -> String {
    let folder = ResultFolder(path: "results/\(experiment.spec.name)")
    guard let stored = StoredResult(folder) else { return "none" }
    return stored.isComplete(identity: manifest.identity) ? "there" : "old"
  }
}
