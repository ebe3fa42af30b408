/// Executes a block by what its transactions declare: list scheduling.
///
/// A transaction can begin when all earlier ones that conflict with it have ended. Whenever a lane is free it takes the
/// earliest transaction that can begin. So no lane is idle while one can, and it takes at most W/k + (1 − 1/k) · P, of
/// which W/k and the longest chain P are each at most what the best schedule takes (Graham, "Bounds for certain
/// multiprocessing anomalies", Bell System Technical Journal 45, 1966).
///
/// A block is a prefix of the order. What lanes have executed behind it when its time is over is thrown away; they had
/// nothing better to do.
struct DeclaredExecution: ~Copyable {
  private var running = RunningTasks()
  private var ready = ReadyTransactions()
  /// How many earlier ones each still waits for.
  private var waitsFor: [Int32] = []
  private var isDone: [Bool] = []

  init() {}

  /// Executes transactions until all are, or the time of the block is over.
  mutating func run(
    _ candidates: borrowing Candidates, _ graph: borrowing ConflictGraph, _ limit: ExecutionLimit
  ) -> ExecutedBlock {
    begin(graph)
    var block = ExecutedBlock()
    var executed: Int64 = 0
    start(candidates, limit, at: 0)
    while let next = running.first {
      let now = next.end
      // All that end together end before others begin.
      while running.first?.end == now { finish(running.removeFirst(), graph) }
      let before = block.count
      let goesOn = block.commit(while: { isDone[$0] }, candidates, limit, at: now)
      if block.count > before { executed = running.executed(through: now) }
      guard goesOn else { break }
      start(candidates, limit, at: now)
    }
    block.executions = block.count
    block.unused = executed - block.laneWork
    return block
  }

  private mutating func begin(_ graph: borrowing ConflictGraph) {
    running.removeAll()
    ready.removeAll()
    isDone.removeAll(keepingCapacity: true)
    waitsFor.removeAll(keepingCapacity: true)
    for transaction in graph.waitsFor.indices {
      isDone.append(false)
      waitsFor.append(graph.waitsFor[transaction])
      if waitsFor[transaction] == 0 { ready.insert(transaction) }
    }
  }

  private mutating func start(
    _ candidates: borrowing Candidates, _ limit: ExecutionLimit, at now: Int64
  ) {
    while running.count < limit.lanes, !ready.isEmpty {
      let transaction = ready.removeFirst()
      running.start(
        LaneTask(
          transaction: Int32(transaction), begin: now, end: now + candidates.laneTimes[transaction])
      )
    }
  }

  private mutating func finish(_ task: LaneTask, _ graph: borrowing ConflictGraph) {
    let transaction = Int(task.transaction)
    isDone[transaction] = true
    var edge = graph.firstEdge[transaction]
    while edge != ConflictGraph.none {
      let (later, next) = graph.edges[Int(edge)]
      waitsFor[Int(later)] -= 1
      if waitsFor[Int(later)] == 0 { ready.insert(Int(later)) }
      edge = next
    }
  }
}

extension ExecutedBlock {
  /// Takes the next transactions into the block that are executed for good.
  ///
  /// - Returns: whether there are more, and time for them.
  mutating func commit(
    while isDone: (Int) -> Bool, _ candidates: borrowing Candidates, _ limit: ExecutionLimit,
    at now: Int64
  ) -> Bool {
    while count < candidates.times.count, isDone(count) {
      let time = candidates.times[count]
      let serial = serial + limit.serial(time)
      guard now + serial <= limit.budget else {
        isLimited = true
        return false
      }
      self.serial = serial
      work += time
      laneWork += candidates.laneTimes[count]
      lanesEnd = now
      count += 1
    }
    isLimited = count < candidates.times.count && now > limit.budget
    return count < candidates.times.count && !isLimited
  }
}
