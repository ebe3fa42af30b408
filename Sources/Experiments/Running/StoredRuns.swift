import Dispatch
import RunStore
import Synchronization
import Worlds

/// The finished runs of an experiment, in one store or in those of its shards.
public struct StoredRuns: Sendable {
  /// A run that no store has.
  public struct Missing: Error, CustomStringConvertible {
    /// What is missing.
    public let description: String
  }

  /// Replications of one point that follow each other, each with what was made of it.
  struct Block<Made: Sendable>: Sendable {
    let point: Experiment.Point
    fileprivate(set) var runs: [(replication: Int, outcome: RunOutcome, made: Made)] = []
  }

  private let experiment: Experiment
  private let stores: StoreGroup
  private let jobs: Int
  /// So many runs are read before they are made use of.
  private static let pieceSize = 256

  /// The runs in the stores of all shards, in their order.
  ///
  /// - Parameter jobs: threads that make use of what is read.
  public init(_ experiment: Experiment, in stores: [RunStore], jobs: Int = 1) {
    self.experiment = experiment
    self.stores = StoreGroup(stores)
    self.jobs = jobs
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
    _ body: (Int, RunResult, RunResult) throws -> Void
  ) throws {
    let otherNumbers = try numbers(of: other)
    try forEach(of: point) { replication, outcome in
      let beside = try self.outcome(other, otherNumbers, replication)
      if case .success(let one) = outcome.result, case .success(let two) = beside.result {
        try body(replication, one, two)
      }
    }
  }

  /// Hands out all runs in order, each with what `prepare` made of it: with several threads those that
  /// follow are read and prepared while `body` is at work.
  ///
  /// - Throws: `Missing`, `StoreFailure`, or what `body` throws.
  func forEachBlock<Made: Sendable>(
    prepare: @escaping @Sendable (Experiment.Point, Int, RunOutcome) -> Made,
    _ body: (Block<Made>) throws -> Void
  ) throws {
    let count = experiment.runCount
    let pieces = stride(from: 0, to: count, by: Self.pieceSize).map {
      $0..<min($0 + Self.pieceSize, count)
    }
    let load: @Sendable (Range<Int>) -> Result<[Block<Made>], any Error> = { runs in
      Result { try blocks(runs, prepare) }
    }
    var next = jobs > 1 ? pieces.first.map { piece in Ahead { load(piece) } } : nil
    for (number, piece) in pieces.enumerated() {
      let loaded = next?.take() ?? load(piece)
      if jobs > 1, number + 1 < pieces.count {
        let following = pieces[number + 1]
        next = Ahead { load(following) }
      }
      for block in try loaded.get() { try body(block) }
    }
  }

  private func blocks<Made: Sendable>(
    _ runs: Range<Int>, _ prepare: @Sendable (Experiment.Point, Int, RunOutcome) -> Made
  ) throws -> [Block<Made>] {
    var stored: [(point: Experiment.Point, replication: Int, bytes: [UInt8])] = []
    var current: (point: Experiment.Point, numbers: [Int: Int])?
    for run in runs {
      let place = experiment.place(ofRun: run)
      if current?.point.index != place.point {
        let point = experiment.points[place.point]
        current = (point, try numbers(of: point))
      }
      guard let (point, numbers) = current else { preconditionFailure("a run without a point") }
      stored.append((point, place.replication, try bytes(point, numbers, place.replication)))
    }
    var blocks: [Block<Made>] = []
    let prepared = prepareInParallel(stored, prepare)
    for (run, pair) in zip(stored, prepared) {
      guard let (outcome, made) = pair else { throw missing(run.point, run.replication) }
      if blocks.last?.point.index != run.point.index { blocks.append(Block(point: run.point)) }
      blocks[blocks.count - 1].runs.append((run.replication, outcome, made))
    }
    return blocks
  }

  private func prepareInParallel<Made: Sendable>(
    _ stored: [(point: Experiment.Point, replication: Int, bytes: [UInt8])],
    _ prepare: @Sendable (Experiment.Point, Int, RunOutcome) -> Made
  ) -> [(RunOutcome, Made)?] {
    let prepared = Mutex([(RunOutcome, Made)?](repeating: nil, count: stored.count))
    let parts = min(jobs, stored.count)
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let range = part * stored.count / parts..<(part + 1) * stored.count / parts
      let made = stored[range].map { run in
        RunOutcome(bytes: run.bytes).map { ($0, prepare(run.point, run.replication, $0)) }
      }
      prepared.withLock { $0.replaceSubrange(range, with: made) }
    }
    return prepared.withLock { $0 }
  }

  /// The numbers of a point in the stores of the shards that have runs of it.
  private func numbers(of point: Experiment.Point) throws -> [Int: Int] {
    let key = experiment.key(of: point)
    let replications = experiment.spec.replications
    let first = point.index * replications
    var numbers: [Int: Int] = [:]
    for run in first..<first + min(replications, stores.count) {
      let shard = run % stores.count
      numbers[shard] = try stores.with(shard) { try $0.point(key) }
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
    let shard = (point.index * experiment.spec.replications + replication) % stores.count
    let bytes = try numbers[shard].flatMap { number in
      try stores.with(shard) { try $0.outcome(point: number, replication: replication) }
    }
    guard let bytes else { throw missing(point, replication) }
    return bytes
  }
}

/// Stores that one thread at a time may ask.
///
/// Unchecked, because a store is used under the lock only.
private final class StoreGroup: @unchecked Sendable {
  private let stores: [RunStore]
  private let lock = Mutex(())

  init(_ stores: [RunStore]) { self.stores = stores }

  var count: Int { stores.count }

  func with<Value>(_ index: Int, _ body: (RunStore) throws -> Value) throws -> Value {
    try lock.withLock { _ in try body(stores[index]) }
  }
}
