import Declarations
import RunStore
import Specifications
import Worlds

/// The runs that a store lacks, those of points whose runs take longest first.
///
/// A long run that started last would keep one core busy while the others have nothing left to do.
struct PendingRuns {
  /// Some replications of a point that are not stored.
  private struct Gap {
    let point: Int
    var replications: Range<Int>
  }

  private let experiment: Experiment
  private let shard: Shard
  private var gaps: [Gap] = []
  private var next = 0
  /// How many runs of the shard are stored already.
  private(set) var storedCount = 0

  /// Finds what is missing.
  ///
  /// - Parameters:
  ///   - work: of each point, how long its runs take beside those of others.
  ///   - numbers: of the points in the store, in design order.
  init(
    _ experiment: Experiment, _ shard: Shard, work: [Double], numbers: [Int], in store: RunStore
  ) throws {
    self.experiment = experiment
    self.shard = shard
    let order = work.indices.sorted { work[$0] != work[$1] ? work[$0] > work[$1] : $0 < $1 }
    for point in order {
      let replications = try experiment.replicationsWanted(at: point, numbers[point], shard, store)
      var start = 0
      for stored in try store.replications(of: numbers[point], below: replications) {
        if contains(point, stored) { storedCount += 1 }
        if start < stored { gaps.append(Gap(point: point, replications: start..<stored)) }
        start = stored + 1
      }
      if start < replications {
        gaps.append(Gap(point: point, replications: start..<replications))
      }
    }
  }

  /// Takes the next run; nil if none is left.
  mutating func take() -> (point: Int, replication: Int)? {
    while next < gaps.count {
      guard let replication = gaps[next].replications.popFirst() else {
        next += 1
        continue
      }
      let point = gaps[next].point
      if contains(point, replication) { return (point, replication) }
    }
    return nil
  }

  /// Whether nothing is missing.
  var isEmpty: Bool {
    var rest = self
    return rest.take() == nil
  }

  private func contains(_ point: Int, _ replication: Int) -> Bool {
    shard.contains(run: experiment.deal(ofPoint: point, replication: replication))
  }
}

extension Experiment {
  /// How many replications of a point there should be now: all of them, or up to the next look.
  ///
  /// - Parameter number: of the point in the store.
  fileprivate func replicationsWanted(
    at point: Int, _ number: Int, _ shard: Shard, _ store: RunStore
  ) throws -> Int {
    guard let stopping = spec.stopping else { return spec.replications }
    guard shard.contains(run: deal(ofPoint: point, replication: 0)) else { return 0 }
    let progress = try stopping.progress { replication in
      try store.outcome(point: number, replication: replication).flatMap(outcome)
    }
    return switch progress {
    case .lacksSome(let look): look
    case .isFinished(let count, _): count
    }
  }
}
