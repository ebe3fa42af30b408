import Dispatch
import RunStore
import Synchronization
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
  private let jobs: Int
  /// So many runs are read before they are made use of.
  private static let blockSize = 256

  /// The runs in the stores of all shards, in their order.
  ///
  /// - Parameter jobs: threads that make use of what is read.
  public init(_ experiment: Experiment, in stores: [RunStore], jobs: Int = 1) {
    self.experiment = experiment
    self.stores = stores
    self.jobs = jobs
  }

  /// Hands out the outcomes of a point in the order of its replications.
  ///
  /// - Throws: `Missing`, or `StoreFailure` if one is not what was written.
  func forEach(
    of point: Experiment.Point, _ body: (Int, RunOutcome) throws -> Void
  ) throws {
    let nothing: @Sendable (Int, RunOutcome) -> Void = { _, _ in }
    try forEach(of: point, prepare: nothing) { replication, outcome, _ in
      try body(replication, outcome)
    }
  }

  /// The same, each with what `prepare` made of it on one of several threads.
  func forEach<T: Sendable>(
    of point: Experiment.Point, prepare: @Sendable (Int, RunOutcome) -> T,
    _ body: (Int, RunOutcome, T) throws -> Void
  ) throws {
    let numbers = try numbers(of: point)
    let count = experiment.spec.replications
    for start in stride(from: 0, to: count, by: Self.blockSize) {
      let block = start..<min(start + Self.blockSize, count)
      let stored = try block.map { try bytes(point, numbers, $0) }
      let prepared = Mutex([(RunOutcome, T)?](repeating: nil, count: block.count))
      let parts = min(jobs, block.count)
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        let range = part * block.count / parts..<(part + 1) * block.count / parts
        let made = range.map { index in
          RunOutcome(bytes: stored[index]).map { ($0, prepare(start + index, $0)) }
        }
        prepared.withLock { $0.replaceSubrange(range, with: made) }
      }
      for (index, pair) in prepared.withLock({ $0 }).enumerated() {
        guard let (outcome, value) = pair else { throw missing(point, start + index) }
        try body(start + index, outcome, value)
      }
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

  /// The numbers of a point in the stores of the shards that have runs of it.
  private func numbers(of point: Experiment.Point) throws -> [Int: Int] {
    let key = experiment.key(of: point)
    let replications = experiment.spec.replications
    let first = point.index * replications
    var numbers: [Int: Int] = [:]
    for run in first..<first + min(replications, stores.count) {
      let shard = run % stores.count
      numbers[shard] = try stores[shard].point(key)
    }
    return numbers
  }

  private func outcome(
    _ point: Experiment.Point, _ numbers: [Int: Int], _ replication: Int
  ) throws -> RunOutcome {
    guard let outcome = RunOutcome(bytes: try bytes(point, numbers, replication)) else {
      throw missing(point, replication)
    }
    return outcome
  }

  private func missing(_ point: Experiment.Point, _ replication: Int) -> Missing {
    Missing(description: "replication \(replication) of point \(point.index) is missing")
  }

  private func bytes(
    _ point: Experiment.Point, _ numbers: [Int: Int], _ replication: Int
  ) throws -> [UInt8] {
    let run = point.index * experiment.spec.replications + replication
    let shard = run % stores.count
    let bytes = try numbers[shard].flatMap {
      try stores[shard].outcome(point: $0, replication: replication)
    }
    guard let bytes else { throw missing(point, replication) }
    return bytes
  }
}
