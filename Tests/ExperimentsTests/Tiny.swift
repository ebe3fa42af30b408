import Catalogue
import Foundation
import Reporting
import Results
import RunStore
import Running
import Specifications
import Testing
import Worlds

/// Experiments on a scenario of three minutes.
enum Tiny {
  private static let head = """
    experiment: tiny
    scenario:
      warmup: 1 min
      horizon: 3 min
      workload.arrivals.poisson.rate: 2 /s
      bridge.challenge_window: 10 min
      proposer.interval: 5 min

    """

  /// The specification with some more keys; two replications unless they say how many.
  static func spec(_ rest: String) throws(InvalidInput) -> ExperimentSpec {
    let count = ("\n" + rest).contains("\nreplications:") ? "" : "replications: 2\n"
    return try .read(.parse(head + count + rest, file: "e.yaml"))
  }

  /// The experiment with some more keys.
  static func experiment(_ rest: String) throws(InvalidInput) -> Experiment {
    try Experiment(spec(rest))
  }

  /// What is wrong with the keys, without file and line; empty if nothing is.
  static func problems(_ rest: String) -> [String] {
    do throws(InvalidInput) {
      _ = try experiment(rest)
      return []
    } catch {
      return error.problems.map { ($0.path.isEmpty ? "" : "\($0.path): ") + $0.message }
    }
  }

  /// The tables of the experiment.
  static func report(_ rest: String, jobs: Int = 2) throws -> (Experiment, Report) {
    let experiment = try experiment(rest)
    let report = try experiment.report(jobs: jobs)
    #expect(report.failures.rows.isEmpty)
    return (experiment, report)
  }
}

extension Experiment {
  /// Runs everything in memory.
  func report(jobs: Int = 2) throws -> Report {
    let store = try RunStore(RunStore.inMemory, mayWrite: true)
    try Sweep(self, in: store, jobs: jobs).run()
    return try Report(self, from: StoredRuns(self, in: [store]))
  }
}

extension Experiment {
  /// The values of the factors at each point, as they stand in results.
  var design: [[String]] { points.map { $0.levels.map(\.cell.text) } }
}

extension Table {
  /// The cells of a column; empty if there is none.
  func column(_ name: String) -> [Cell] {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return [] }
    return rows.map { $0[index] }
  }

  /// The numbers of a column; nil where a cell is empty.
  func numbers(_ name: String) -> [Double?] {
    column(name).map {
      switch $0 {
      case .number(let value): value
      case .integer(let value): Double(value)
      case .string, .empty: nil
      }
    }
  }
}
