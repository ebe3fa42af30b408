import Dispatch
import Synchronization
import Worlds

/// What one replication of one point gave.
public struct RunOutcome: Sendable {
  /// The measures, events and fingerprint, or why there are none.
  public let result: Result<RunResult, RunFailure>
  /// The values drawn for what is unknown, in the order of the point's `unknowns`.
  public let drawn: [Double]
}

/// Runs all replications of all points on several threads.
///
/// Runs share nothing and results are placed by index, so the number of threads changes nothing but
/// the time.
public struct Runner: Sendable {
  private let experiment: Experiment
  private let jobs: Int
  private let onProgress: @Sendable (Int) -> Void

  /// A runner on `jobs` threads that reports each finished run.
  public init(
    _ experiment: Experiment, jobs: Int, onProgress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.experiment = experiment
    self.jobs = jobs
    self.onProgress = onProgress
  }

  /// Runs everything.
  ///
  /// - Returns: the outcomes, all replications of the first point first.
  public func run() -> [RunOutcome] {
    let runCount = experiment.runCount
    let outcomes = Mutex([RunOutcome?](repeating: nil, count: runCount))
    let next = Atomic(0)
    let finished = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, runCount))) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < runCount else { return }
        let outcome = run(index)
        outcomes.withLock { $0[index] = outcome }
        onProgress(finished.add(1, ordering: .relaxed).newValue)
      }
    }
    return outcomes.withLock { $0.compactMap(\.self) }
  }

  private func run(_ index: Int) -> RunOutcome {
    let (pointIndex, replication) = experiment.place(ofRun: index)
    let point = experiment.points[pointIndex]
    let seed = experiment.seed(ofPoint: pointIndex)
    let drawn = point.resolved.drawn(seed: seed, replication: UInt64(replication))
    do throws(RunFailure) {
      guard let valid = try? drawn.scenario.validated() else { throw .invalidDraw }
      let result = try valid.run(
        seed: seed, replication: UInt64(replication),
        feeGrid: experiment.feeGrid(ofReplication: replication))
      return RunOutcome(result: .success(result), drawn: drawn.values)
    } catch {
      return RunOutcome(result: .failure(error), drawn: drawn.values)
    }
  }
}
