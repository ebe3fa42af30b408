import RunStore

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
    let key = experiment.key(of: point)
    let numbers = try stores.map { try $0.point(key) }
    for replication in 0..<experiment.spec.replications {
      let run = point.index * experiment.spec.replications + replication
      let shard = run % stores.count
      let bytes = try numbers[shard].flatMap {
        try stores[shard].outcome(point: $0, replication: replication)
      }
      guard let bytes, let outcome = RunOutcome(bytes: bytes) else {
        throw Missing(description: "replication \(replication) of point \(point.index) is missing")
      }
      try body(replication, outcome)
    }
  }
}
