import Randomness
import Testing

@testable import Rollup

/// A block whose transactions touch what is said, and what is known of it without executing it.
struct KnownBlock {
  /// What each takes [ns].
  var times: [Int64] = []
  /// What each reads without writing it.
  var reads: [Set<UInt64>] = []
  /// What each reads and writes.
  var writes: [Set<UInt64>] = []

  init() {}

  /// Up to `most` random transactions over up to eight keys.
  init(_ draw: inout RandomStream, most: Int, writesOnly: Bool = false) {
    let keys = 1 + 8 * draw.uniform()
    func some(_ draw: inout RandomStream, _ share: Double) -> Set<UInt64> {
      var set = Set<UInt64>()
      for key in 0..<UInt64(keys) where draw.bernoulli(share) { set.insert(key) }
      return set
    }
    let (readShare, writeShare) = (0.5 * draw.uniform(), 0.5 * draw.uniform())
    for _ in 0..<1 + Int(Double(most) * draw.uniform()) {
      let written = some(&draw, writeShare)
      let read = writesOnly ? [] : some(&draw, readShare).subtracting(written)
      append(time: 1 + Int64(20 * draw.uniform()), reads: read, writes: written)
    }
  }

  mutating func append(time: Int64, reads: Set<UInt64> = [], writes: Set<UInt64> = []) {
    times.append(time)
    self.reads.append(reads)
    self.writes.append(writes)
  }

  var count: Int { times.count }
  var work: Int64 { times.reduce(0, +) }

  /// Whether a transaction has to come after an earlier one.
  ///
  /// - Parameter keepsVersions: whether only who reads what is written has to.
  func waits(_ later: Int, for earlier: Int, keepsVersions: Bool) -> Bool {
    let touched = reads[later].union(writes[later])
    if !writes[earlier].isDisjoint(with: touched) { return true }
    return !keepsVersions && !reads[earlier].isDisjoint(with: writes[later])
  }

  /// The longest chain, by all pairs [ns].
  func longestPath(keepsVersions: Bool) -> Int64 {
    var ends: [Int64] = []
    for later in 0..<count {
      let before = (0..<later).filter { waits(later, for: $0, keepsVersions: keepsVersions) }
      ends.append((before.map { ends[$0] }.max() ?? 0) + times[later])
    }
    return ends.max() ?? 0
  }

  /// Who wrote last what a transaction reads, in the order of the block; nil for nobody.
  func writer(of key: UInt64, before transaction: Int) -> Int? {
    (0..<transaction).last { writes[$0].contains(key) }
  }

  /// Its candidates, keys in rising order.
  func candidates(_ limit: ExecutionLimit) -> Candidates {
    var candidates = Candidates(AccessPolicy(), StreamSource(seed: 1, replication: 0))
    for place in 0..<count {
      candidates.append(time: times[place], accesses(of: place), limit)
    }
    return candidates
  }

  func accesses(of transaction: Int) -> [KeyAccess] {
    writes[transaction].sorted().map { KeyAccess(key: $0, isWrite: true) }
      + reads[transaction].sorted().map { KeyAccess(key: $0, isWrite: false) }
  }

  /// What comes of it by what it declares.
  func declared(
    lanes: Int, budget: Int64 = .max, serialShare: Double = 0
  ) -> ExecutedBlock {
    let limit = ExecutionLimit(lanes: lanes, budget: budget, serialShare: serialShare)
    let candidates = candidates(limit)
    var graph = ConflictGraph()
    graph.build(candidates, first: count, keepsVersions: false, linksLater: true)
    var execution = DeclaredExecution()
    var block = execution.run(candidates, graph, limit)
    block.path = graph.longestPath.last ?? 0
    return block
  }

  /// What comes of it by Block-STM, and what each access has read at last.
  func optimistic(
    lanes: Int, budget: Int64 = .max, serialShare: Double = 0, validationShare: Double = 0
  ) -> (block: ExecutedBlock, versions: [OptimisticExecution.Version], incarnations: [Int32]) {
    let limit = ExecutionLimit(
      lanes: lanes, budget: budget, serialShare: serialShare, validationShare: validationShare)
    let candidates = candidates(limit)
    var graph = ConflictGraph()
    graph.build(candidates, first: count, keepsVersions: true, linksLater: false)
    var execution = OptimisticExecution()
    var block = execution.run(candidates, graph, limit)
    block.path = graph.longestPath.last ?? 0
    return (block, execution.versions, execution.incarnations)
  }

  /// The least time that any schedule takes, by trying each order in which lanes can be given to transactions.
  ///
  /// An optimal schedule without preemption is a list schedule of some order.
  func optimum(lanes: Int) -> Int64 {
    var least = Int64.max
    var order: [Int] = []
    func extend() {
      guard order.count < count else {
        least = min(least, listSchedule(order, lanes: lanes))
        return
      }
      for place in 0..<count where !order.contains(place) {
        order.append(place)
        extend()
        order.removeLast()
      }
    }
    extend()
    return least
  }

  /// When all have ended if whichever comes first in an order of those that can begin gets a free lane.
  private func listSchedule(_ order: [Int], lanes: Int) -> Int64 {
    var ends = [Int64?](repeating: nil, count: count)
    var now: Int64 = 0
    while ends.contains(nil) {
      for place in order where ends[place] == nil {
        let busy = ends.count { ($0 ?? now) > now }
        let canBegin = (0..<place).allSatisfy {
          !waits(place, for: $0, keepsVersions: false) || (ends[$0] ?? .max) <= now
        }
        if busy < lanes, canBegin { ends[place] = now + times[place] }
      }
      now = ends.compactMap(\.self).filter { $0 > now }.min() ?? now
    }
    return ends.compactMap(\.self).max() ?? 0
  }
}
