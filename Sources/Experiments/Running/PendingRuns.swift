import RunStore
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

  private let shard: Shard
  private let replicationsOfPoint: Int
  private var gaps: [Gap] = []
  private var next = 0
  /// How many runs of the shard are stored already.
  private(set) var storedCount = 0

  /// Finds what is missing.
  ///
  /// - Parameter numbers: of the points in the store, in design order.
  init(
    _ experiment: Experiment, _ shard: Shard, work: [Double], numbers: [Int], in store: RunStore
  ) throws(StoreFailure) {
    self.shard = shard
    let replications = experiment.spec.replications
    replicationsOfPoint = replications
    let order = work.indices.sorted { work[$0] != work[$1] ? work[$0] > work[$1] : $0 < $1 }
    for point in order {
      var start = 0
      for stored in try store.replications(of: numbers[point], below: replications) {
        if shard.contains(run: point * replications + stored) { storedCount += 1 }
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
      if shard.contains(run: point * replicationsOfPoint + replication) {
        return (point, replication)
      }
    }
    return nil
  }
}
