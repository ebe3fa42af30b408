import Catalogue
import Foundation
import Specifications
import Statistics
import Testing
import Worlds

/// Runs scenario files as `rollsim run` does.
enum ScenarioFiles {
  /// All measures over replications of a scenario file with some settings changed, by name.
  static func tallies(
    of file: String, _ settings: KeyValuePairs<String, String> = [:], replications: Int = 1,
    seed: UInt64 = 20_221_122
  ) throws -> [String: Tally] {
    let folder = try #require(Bundle.module.url(forResource: "Scenarios", withExtension: nil))
    let path = folder.appendingPathComponent("\(file).yaml").path
    var request = try ScenarioRequest.read(.load(path))
    var problems: [Problem] = []
    for (key, value) in settings {
      request.add(try .parse("{\"\(key)\": \(value)}", file: "test"), &problems)
    }
    try #require(problems.isEmpty)
    var spec = ExperimentSpec(name: "test", request: request)
    spec.replications = replications
    spec.seed = seed
    let report = try Experiment(spec).report()
    try #require(report.failures.rows.isEmpty)
    return Dictionary(
      uniqueKeysWithValues: Measure.all.map { measure in
        var tally = Tally()
        for value in report.runs.numbers(measure.name) {
          if let value { tally.record(value) }
        }
        return (measure.name, tally)
      })
  }
}
