import CGSL
import RunStore
import Specifications
import Synchronization
import Threads

/// Runs what an experiment lacks on several threads, and keeps each finished run in a store.
///
/// Runs share nothing and are found by point and replication, so neither the number of threads nor
/// the order, nor who ran what when, changes a result.
public final class Sweep: Sendable {
  private let experiment: Experiment
  private let shard: Shard
  private let estimatedWork: [Double]
  private let pending: Mutex<PendingRuns>
  private let numbers: [Int]
  private let jobs: Int
  private let writer: RunWriter
  private let progress: SweepProgress
  /// How many runs of the shard were stored before.
  public let storedCount: Int
  /// How many runs the shard has; with a rule that stops, at most.
  public let totalCount: Int

  /// A sweep that tells how far it is.
  ///
  /// - Parameters:
  ///   - jobs: threads that look at the points and run them; one is the calling thread alone.
  ///   - onProgress: gets how many runs of the shard are done, with the shares of long ones that go on.
  ///   - onPoint: gets for how many points the store is to be asked, and how many there are.
  /// - Throws: `StoreFailure` if the store cannot be read or written.
  public init(
    _ experiment: Experiment, _ shard: Shard = .whole, in store: RunStore, jobs: Int,
    onProgress: @escaping @Sendable (Double) -> Void = { _ in },
    onPoint: (Int, Int) -> Void = { _, _ in }
  ) throws {
    precondition(experiment.pilotCount == 0, "the warm-up has to be found first")
    Self.freedMemoryIsKept
    var keys: [[UInt8]] = []
    var work: [Double] = []
    let count = experiment.points.count
    for start in stride(from: 0, to: count, by: Self.pieceSize) {
      let piece = start..<min(start + Self.pieceSize, count)
      let found = inParallel(piece.count, by: 16, jobs: jobs) { places in
        places.map { place in
          let point = experiment.points[piece.lowerBound + place]
          return (key: experiment.key(of: point), work: point.resolved.scenario.estimatedWork)
        }
      }
      keys += found.map(\.key)
      work += found.map(\.work)
      onPoint(keys.count, count)
    }
    let numbers = try store.points(keys)
    let pending = try PendingRuns(experiment, shard, work: work, numbers: numbers, in: store)
    let stored = pending.storedCount
    self.experiment = experiment
    self.shard = shard
    estimatedWork = work
    self.numbers = numbers
    self.jobs = jobs
    self.pending = Mutex(pending)
    storedCount = stored
    totalCount = experiment.runCount(of: shard)
    writer = RunWriter(store)
    progress = SweepProgress(after: stored, onProgress)
  }

  /// The allocator of the process, told once to keep memory for the runs that follow.
  private static let freedMemoryIsKept: Void = cgsl_keep_freed_memory()

  /// So many points are looked at before the progress is told.
  private static let pieceSize = 512

  /// Runs until nothing is missing, or until it is to stop.
  ///
  /// - Parameter isStopped: whether to begin no further run; those that are finished are kept.
  /// - Returns: whether nothing is missing.
  /// - Throws: `StoreFailure` if a run could not be kept; those before it are.
  @discardableResult public func run(
    unless isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws -> Bool {
    // Where there is no thread that commits there will be none that works.
    let threads = jobs > 1 && writer.begin() ? min(jobs, totalCount) : 1
    defer { writer.end() }
    repeat {
      forEachInParallel(threads, jobs: threads) { _ in work(unless: isStopped) }
      writer.finish()
      if let failure = writer.failure { throw failure }
      if isStopped() { return false }
    } while try hasNextRound()
    return true
  }

  /// Whether points that were looked at need more replications.
  private func hasNextRound() throws -> Bool {
    guard experiment.spec.stopping != nil else { return false }
    let next = try writer.read {
      try PendingRuns(experiment, shard, work: estimatedWork, numbers: numbers, in: $0)
    }
    pending.withLock { $0 = next }
    return !next.isEmpty
  }

  private func work(unless isStopped: () -> Bool) {
    var point: Experiment.Point?
    while !isStopped(), writer.failure == nil,
      let run = pending.withLock({ $0.take() })
    {
      let current =
        if let point, point.index == run.point { point } else { experiment.points[run.point] }
      point = current
      var share = 0.0
      let outcome = current.run(
        replication: run.replication,
        feeGrid: experiment.feeGrid(ofReplication: run.replication)
      ) { passed in
        // The whole of it counts when it is handed over.
        if passed < 1 { progress.advance(from: &share, to: passed) }
      }
      writer.add(
        .init(
          point: numbers[run.point], replication: run.replication, outcome: outcome.bytes))
      progress.advance(from: &share, to: 1)
    }
  }
}
