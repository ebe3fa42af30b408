import Declarations
import RunStore
import Specifications
import Threads
import Worlds

/// The finished runs of an experiment, in one store or in those of its shards.
public struct StoredRuns: Sendable {
  /// A run that no store has.
  public struct Missing: Error, CustomStringConvertible {
    /// What is missing.
    public let description: String
  }

  /// Replications of one point that follow each other, each with what was made of it.
  package struct Block<Made: Sendable>: Sendable {
    package let point: Experiment.Point
    /// Whether the point has no further ones.
    package let endsPoint: Bool
    /// Whether the point is as precise as a rule that stops wants it; true without one.
    package let isMet: Bool
    package fileprivate(set) var runs: [(replication: Int, outcome: RunOutcome, made: Made)] = []
  }

  private let experiment: Experiment
  private let stores: StoreGroup
  /// Threads that make use of what is read.
  package let jobs: Int
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

  /// How many replications a point has.
  ///
  /// - Returns: also whether they are as precise as a rule that stops wants them; true without one.
  /// - Throws: `Missing` if a rule wants more than there are.
  func count(of point: Experiment.Point) throws -> (replications: Int, isMet: Bool) {
    guard let stopping = experiment.spec.stopping else {
      return (experiment.spec.replications, true)
    }
    let numbers = try numbers(of: point)
    let progress = try stopping.progress { try outcome(point, numbers, $0) }
    guard case .isFinished(let count, let isMet) = progress else {
      preconditionFailure("a missing replication was not noticed")
    }
    return (count, isMet)
  }

  /// Hands out the outcomes of a point in the order of its replications.
  ///
  /// - Throws: `Missing`, or `StoreFailure` if one is not what was written.
  package func forEach(
    of point: Experiment.Point, _ body: (Int, RunOutcome) throws -> Void
  ) throws {
    let numbers = try numbers(of: point)
    for replication in 0..<(try count(of: point).replications) {
      try body(replication, try outcome(point, numbers, replication))
    }
  }

  /// Hands out the results of two points, replication by replication, where both have one: where a
  /// rule stopped, those that both have.
  package func forEach(
    of point: Experiment.Point, beside other: Experiment.Point,
    _ body: (Int, RunResult, RunResult) throws -> Void
  ) throws {
    let otherNumbers = try numbers(of: other)
    let otherCount = try count(of: other).replications
    try forEach(of: point) { replication, outcome in
      guard replication < otherCount else { return }
      let beside = try self.outcome(other, otherNumbers, replication)
      if case .success(let one) = outcome.result, case .success(let two) = beside.result {
        try body(replication, one, two)
      }
    }
  }

  /// Hands out all runs in order, some hundreds at once, each with what `prepare` made of it: with several threads
  /// those that follow are read and prepared while `body` is at work.
  ///
  /// - Throws: `Missing`, `StoreFailure`, or what `body` throws.
  package func forEachPiece<Made: Sendable>(
    prepare: @escaping @Sendable (Experiment.Point, Int, RunOutcome) -> Made,
    _ body: ([Block<Made>]) throws -> Void
  ) throws {
    let pieces = try pieces()
    let load: @Sendable ([Stretch]) -> Result<[Block<Made>], any Error> = { stretches in
      Result { try blocks(stretches, prepare) }
    }
    var next = jobs > 1 ? pieces.first.map { piece in Ahead { load(piece) } } : nil
    for (number, piece) in pieces.enumerated() {
      let loaded = next?.take() ?? load(piece)
      if jobs > 1, number + 1 < pieces.count {
        let following = pieces[number + 1]
        next = Ahead { load(following) }
      }
      try body(try loaded.get())
    }
  }

  /// Replications of a point that are read together.
  private struct Stretch: Sendable {
    let point: Int
    let replications: Range<Int>
    let endsPoint: Bool
    let isMet: Bool
  }

  /// All runs in order, in pieces of some hundreds.
  private func pieces() throws -> [[Stretch]] {
    var pieces: [[Stretch]] = []
    var room = 0
    for point in 0..<experiment.points.count {
      let (count, isMet) =
        experiment.spec.stopping == nil
        ? (experiment.spec.replications, true) : try count(of: experiment.points[point])
      var start = 0
      while start < count {
        if room == 0 {
          pieces.append([])
          room = Self.pieceSize
        }
        let end = min(start + room, count)
        pieces[pieces.count - 1].append(
          Stretch(
            point: point, replications: start..<end, endsPoint: end == count, isMet: isMet))
        room -= end - start
        start = end
      }
    }
    return pieces
  }

  private func blocks<Made: Sendable>(
    _ stretches: [Stretch], _ prepare: @Sendable (Experiment.Point, Int, RunOutcome) -> Made
  ) throws -> [Block<Made>] {
    // A resolved point and its key take longer than to read its runs.
    let points = inParallel(stretches, jobs: jobs) { stretch in
      let point = experiment.points[stretch.point]
      return (point: point, key: experiment.key(of: point))
    }
    var stored: [(point: Experiment.Point, replication: Int, bytes: [UInt8])] = []
    for ((point, key), stretch) in zip(points, stretches) {
      let numbers = try numbers(of: point, key: key)
      for replication in stretch.replications {
        stored.append((point, replication, try bytes(point, numbers, replication)))
      }
    }
    var prepared = prepareInParallel(stored, prepare)[...]
    return try zip(points, stretches).map { found, stretch in
      let point = found.point
      var block = Block<Made>(
        point: point, endsPoint: stretch.endsPoint, isMet: stretch.isMet)
      for replication in stretch.replications {
        guard let (outcome, made) = prepared.popFirst() ?? nil else {
          throw missing(point, replication)
        }
        block.runs.append((replication, outcome, made))
      }
      return block
    }
  }

  private func prepareInParallel<Made: Sendable>(
    _ stored: [(point: Experiment.Point, replication: Int, bytes: [UInt8])],
    _ prepare: @Sendable (Experiment.Point, Int, RunOutcome) -> Made
  ) -> [(RunOutcome, Made)?] {
    inParallel(stored.count, by: 16, jobs: jobs) { range in
      stored[range].map { run in
        experiment.outcome(bytes: run.bytes).map { ($0, prepare(run.point, run.replication, $0)) }
      }
    }
  }

  /// The numbers of a point in the stores of the shards that have runs of it.
  ///
  /// - Parameter key: that of the point, where it is known already.
  private func numbers(
    of point: Experiment.Point, key: [UInt8]? = nil
  ) throws -> [Int: Int] {
    let key = key ?? experiment.key(of: point)
    var numbers: [Int: Int] = [:]
    for replication in 0..<min(experiment.spec.replications, stores.count) {
      let shard = shard(of: point, replication)
      numbers[shard] = try stores.with(shard) { try $0.point(key) }
    }
    return numbers
  }

  private func shard(of point: Experiment.Point, _ replication: Int) -> Int {
    experiment.deal(ofPoint: point.index, replication: replication) % stores.count
  }

  private func outcome(
    _ point: Experiment.Point, _ numbers: [Int: Int], _ replication: Int
  ) throws -> RunOutcome {
    guard let outcome = experiment.outcome(bytes: try bytes(point, numbers, replication)) else {
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
    let shard = shard(of: point, replication)
    let bytes = try numbers[shard].flatMap { number in
      try stores.with(shard) { try $0.outcome(point: number, replication: replication) }
    }
    guard let bytes else { throw missing(point, replication) }
    return bytes
  }
}
