import RunStore
import Worlds

/// The finished runs of an experiment, in one store or in those of its shards.
public struct StoredRuns {
  /// A run that no store has.
  public struct Missing: Error, CustomStringConvertible {
    /// What is missing.
    public let description: String
  }

  private let experiment: Experiment
  private let stores: [RunStore]

  /// The runs in the stores of all shards, in their order.
  public init(_ experiment: Experiment, in stores: [RunStore]) {
    self.experiment = experiment
    self.stores = stores
  }

  /// Hands out the outcomes of a point in the order of its replications.
  ///
  /// - Throws: `Missing`, or `StoreFailure` if one is not what was written.
  func forEach(
    of point: Experiment.Point, _ body: (Int, RunOutcome) throws -> Void
  ) throws {
    let numbers = try numbers(of: point)
    for replication in 0..<experiment.spec.replications {
      try body(replication, try outcome(point, numbers, replication))
    }
  }

  /// Hands out the results of two points, replication by replication, where both have one.
  func forEach(
    of point: Experiment.Point, beside other: Experiment.Point,
    _ body: (RunResult, RunResult) throws -> Void
  ) throws {
    let (numbers, otherNumbers) = (try numbers(of: point), try numbers(of: other))
    for replication in 0..<experiment.spec.replications {
      let outcomes = [
        try outcome(point, numbers, replication), try outcome(other, otherNumbers, replication),
      ]
      if case .success(let one) = outcomes[0].result, case .success(let two) = outcomes[1].result {
        try body(one, two)
      }
    }
  }

  /// The numbers of a point in the stores of all shards.
  private func numbers(of point: Experiment.Point) throws -> [Int?] {
    let key = experiment.key(of: point)
    return try stores.map { try $0.point(key) }
  }

  private func outcome(
    _ point: Experiment.Point, _ numbers: [Int?], _ replication: Int
  ) throws -> RunOutcome {
    let run = point.index * experiment.spec.replications + replication
    let shard = run % stores.count
    let bytes = try numbers[shard].flatMap {
      try stores[shard].outcome(point: $0, replication: replication)
    }
    guard let bytes, let outcome = RunOutcome(bytes: bytes) else {
      throw Missing(description: "replication \(replication) of point \(point.index) is missing")
    }
    return outcome
  }
}
