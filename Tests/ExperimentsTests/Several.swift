import Catalogue
import Results
import RunStore
import Testing
import Worlds

@testable import Analysing
@testable import Reporting
@testable import Running
@testable import Specifications

/// Experiments on two rollups and a service, whose runs have made-up values.
enum Several {
  static let shape = WorldShape(rollups: ["b", "a"], services: ["sharp"])

  private static let head = """
    experiment: several
    scenario: {warmup: 1 min, horizon: 3 min, rollups: {b: {}, a: {}}, services: {sharp: {}}}
    factors: {rollups.a.poster.max_age: [30 s, 1 min]}
    replications: 2

    """

  /// The specification with some more keys.
  static func spec(_ rest: String) throws(InvalidInput) -> ExperimentSpec {
    try .read(.parse(head + rest, file: "e.yaml"))
  }

  /// What is wrong with the keys, without file and line; empty if nothing is.
  static func problems(_ rest: String) -> [String] {
    do throws(InvalidInput) {
      _ = try Experiment(spec(rest))
      return []
    } catch {
      return error.problems.map { ($0.path.isEmpty ? "" : "\($0.path): ") + $0.message }
    }
  }

  /// An experiment and a store with its runs: the measure at place i has the value 1000 p + 100 r + i,
  /// plus 1 at point p > 0, in replication r; but those of a's cost have none.
  static func finished(_ rest: String) throws -> (Experiment, StoredRuns) {
    let experiment = try Experiment(spec(rest))
    let store = try RunStore(RunStore.inMemory, mayWrite: true)
    let numbers = try store.points(experiment.points.map(experiment.key))
    for (point, number) in numbers.enumerated() {
      for replication in 0..<2 {
        let values = shape.measures.indices.map {
          shape.measures[$0].subjectName == "a" && shape.measures[$0].group == .cost
            ? nil : Double(1000 * point + 100 * replication + $0)
        }
        let result = RunResult(measures: values, feePath: [], events: 7, fingerprint: 255)
        let outcome = RunOutcome(result: .success(result), drawn: [])
        try store.record([
          .init(point: number, replication: replication, outcome: outcome.bytes)
        ])
      }
    }
    return (experiment, StoredRuns(experiment, in: [store]))
  }

  /// The place of a measure.
  static func place(_ name: String) throws -> Int {
    try #require(MeasureTable(of: shape).indices(of: name).first)
  }
}
