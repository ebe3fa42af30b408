/// Executes a block by Block-STM: transactions run side by side in the hope that they do not conflict.
///
/// Simulated, of Gelashvili et al., "Block-STM: Scaling Blockchain Execution by Turning Ordering Curse to a
/// Performance Blessing" (arXiv 2203.06871): the preset order; versions of a key by transaction and incarnation; the
/// collaborative scheduler with its two indices, of which validation goes first; validation of what was read by its
/// versions; an aborted incarnation's writes as estimates, on which later readers wait instead of running in vain;
/// validation of all later ones after an abort or a write to a new key; the next incarnation or validation handed on
/// to the same lane. And of its successor in aptos-core (`block-executor/src/scheduler.rs`) that transactions commit
/// one after the other while later ones run, each when it was validated in the last wave that concerns it.
///
/// Not simulated: what locks, caches and memory cost beside `validationShare` and `interference`; reads spread over
/// an execution, which here read all at its beginning and write all at its end; keys that depend on what was read, so
/// only first incarnations write to new keys. Waiting on an estimate takes no lane, since it is met at the beginning.
struct OptimisticExecution: ~Copyable {
  private enum Status: UInt8 {
    case ready, executing, waiting, executed
  }

  /// What was read: whose version, and which.
  struct Version: BitwiseCopyable, Equatable {
    /// The transaction that wrote it; none for the state before the block.
    var transaction = ConflictGraph.none
    var incarnation: Int32 = 0
  }

  private var running = RunningTasks()
  /// What lanes do next that have just ended something of the same transaction.
  private var handedOn: [LaneTask] = []
  private var status: [Status] = []
  /// Those of two of these.
  private var ready = TransactionSet()
  private var executed = TransactionSet()
  /// How often each was executed to its end.
  private(set) var incarnations: [Int32] = []
  /// Whether what each wrote is only an estimate, since it was aborted.
  private var isEstimate: [Bool] = []
  /// The last wave in which each was found right; none where it was not.
  private var validatedIn: [Int32] = []
  /// The last wave that was begun at each.
  private var begunWaves: [Int32] = []
  /// Who waits for each: the first, and of each the next one that waits for the same.
  private var firstWaiting: [Int32] = []
  private var nextWaiting: [Int32] = []
  /// What each access has read, in the last incarnation that began.
  private(set) var versions: [Version] = []
  /// The last access that writes each key, of transactions that were executed.
  private var newestWrites: [Int32] = []
  private var executionIndex = 0
  private var validationIndex = 0
  private var wave: Int32 = 0
  /// The last wave that concerns the next transaction to commit.
  private var commitWave: Int32 = 0

  init() {}

  /// Executes transactions until all are committed, or the time of the block is over.
  mutating func run(
    _ candidates: borrowing Candidates, _ graph: borrowing ConflictGraph, _ limit: ExecutionLimit
  ) -> ExecutedBlock {
    begin(candidates, keys: graph.keyCount)
    var block = ExecutedBlock()
    var (worked, validated): (Int64, Int64) = (0, 0)
    start(candidates, graph, limit, at: 0)
    while let next = running.first {
      let now = next.end
      // All that end together end before others begin: those see what all of them wrote.
      while running.first?.end == now { finish(running.removeFirst(), candidates, graph) }
      let before = block.count
      let goesOn = commit(to: &block, candidates, limit, at: now)
      if block.count > before {
        worked = running.executed(through: now)
        validated = running.validated(through: now)
      }
      guard goesOn else { break }
      start(candidates, graph, limit, at: now)
    }
    count(worked, validated, in: &block, candidates)
    return block
  }

  private mutating func begin(_ candidates: borrowing Candidates, keys: Int) {
    let count = candidates.times.count
    running.removeAll()
    handedOn.removeAll(keepingCapacity: true)
    status.refill(count, with: .ready)
    ready.reset(count, containsAll: true)
    executed.reset(count, containsAll: false)
    incarnations.refill(count, with: 0)
    isEstimate.refill(count, with: false)
    validatedIn.refill(count, with: ConflictGraph.none)
    begunWaves.refill(count, with: 0)
    firstWaiting.refill(count, with: ConflictGraph.none)
    nextWaiting.refill(count, with: ConflictGraph.none)
    versions.refill(candidates.accesses.count, with: Version())
    newestWrites.refill(keys, with: ConflictGraph.none)
    (executionIndex, validationIndex, wave, commitWave) = (0, 0, 0, 0)
  }

  // MARK: Lanes take what is next

  private mutating func start(
    _ candidates: borrowing Candidates, _ graph: borrowing ConflictGraph, _ limit: ExecutionLimit,
    at now: Int64
  ) {
    for task in handedOn { start(task, candidates, graph, limit, at: now) }
    handedOn.removeAll(keepingCapacity: true)
    while running.count < limit.lanes, let task = nextTask() {
      start(task, candidates, graph, limit, at: now)
    }
  }

  private mutating func set(_ transaction: Int, to new: Status) {
    status[transaction] = new
    if new == .ready { ready.insert(transaction) } else { ready.remove(transaction) }
    if new == .executed { executed.insert(transaction) } else { executed.remove(transaction) }
  }

  /// The next validation, else the next execution; nil where there is none now.
  ///
  /// In the paper a lane takes the next number of the index that is behind, validations before executions, until it
  /// meets a transaction that is ready for it. What lies between is skipped here at once.
  private mutating func nextTask() -> LaneTask? {
    if validationIndex < executionIndex {
      let next = executed.first(from: validationIndex) ?? .max
      if next < executionIndex {
        validationIndex = next + 1
        return validation(of: next)
      }
      validationIndex = executionIndex
    }
    let toExecute = ready.first(from: executionIndex) ?? .max
    let toValidate = executed.first(from: validationIndex) ?? .max
    if toExecute < toValidate {
      validationIndex = max(validationIndex, toExecute)
      executionIndex = toExecute + 1
      return LaneTask(transaction: Int32(toExecute))
    }
    guard toValidate < status.count else {
      (executionIndex, validationIndex) = (status.count, status.count)
      return nil
    }
    (executionIndex, validationIndex) = (toValidate + 1, toValidate + 1)
    return validation(of: toValidate)
  }

  private func validation(of transaction: Int) -> LaneTask {
    LaneTask(
      transaction: Int32(transaction), incarnation: incarnations[transaction], wave: wave)
  }

  private mutating func start(
    _ task: LaneTask, _ candidates: borrowing Candidates, _ graph: borrowing ConflictGraph,
    _ limit: ExecutionLimit, at now: Int64
  ) {
    var task = task
    let transaction = Int(task.transaction)
    let time = candidates.laneTimes[transaction]
    task.begin = now
    if task.isExecution {
      guard read(transaction, candidates, graph) else { return }
      set(transaction, to: .executing)
      task.incarnation = incarnations[transaction] + 1
      task.end = now + time
    } else {
      task.end = now + Int64((limit.validationShare * Double(time)).rounded())
    }
    running.start(task)
  }

  // MARK: Versions

  /// Reads what an incarnation reads, as it is now.
  ///
  /// - Returns: whether it can run; else it waits for who writes one of its keys anew.
  private mutating func read(
    _ transaction: Int, _ candidates: borrowing Candidates, _ graph: borrowing ConflictGraph
  ) -> Bool {
    for place in Int(candidates.begins[transaction])..<Int(candidates.begins[transaction + 1]) {
      let version = version(at: place, graph)
      if version.transaction != ConflictGraph.none, isEstimate[Int(version.transaction)] {
        set(transaction, to: .waiting)
        nextWaiting[transaction] = firstWaiting[Int(version.transaction)]
        firstWaiting[Int(version.transaction)] = Int32(transaction)
        return false
      }
      versions[place] = version
    }
    return true
  }

  /// What an access reads now: what the last earlier transaction wrote that has written its key.
  private func version(at place: Int, _ graph: borrowing ConflictGraph) -> Version {
    // Most often nobody behind it has written the key.
    let newest = newestWrites[Int(graph.keyNumbers[place])]
    guard newest != ConflictGraph.none else { return Version() }
    let isEarlier = graph.owners[Int(newest)] < graph.owners[place]
    var write = isEarlier ? newest : graph.previousWrite[place]
    while write != ConflictGraph.none {
      let writer = graph.owners[Int(write)]
      if incarnations[Int(writer)] > 0 {
        return Version(transaction: writer, incarnation: incarnations[Int(writer)])
      }
      write = graph.previousWrite[Int(write)]
    }
    return Version()
  }

  /// Whether an incarnation has read what it would read now.
  private func isRight(
    _ transaction: Int, _ candidates: borrowing Candidates, _ graph: borrowing ConflictGraph
  ) -> Bool {
    let range = Int(candidates.begins[transaction])..<Int(candidates.begins[transaction + 1])
    return range.allSatisfy { place in
      let version = version(at: place, graph)
      return version == versions[place]
        && (version.transaction == ConflictGraph.none || !isEstimate[Int(version.transaction)])
    }
  }

  // MARK: Tasks end

  private mutating func finish(
    _ task: LaneTask, _ candidates: borrowing Candidates, _ graph: borrowing ConflictGraph
  ) {
    let transaction = Int(task.transaction)
    if task.isExecution {
      finishExecution(of: transaction, candidates, graph)
    } else if status[transaction] == .executed, incarnations[transaction] == task.incarnation {
      if isRight(transaction, candidates, graph) {
        validatedIn[transaction] = max(validatedIn[transaction], task.wave)
      } else {
        abort(transaction)
      }
    }
  }

  private mutating func finishExecution(
    of transaction: Int, _ candidates: borrowing Candidates, _ graph: borrowing ConflictGraph
  ) {
    incarnations[transaction] += 1
    let range = Int(candidates.begins[transaction])..<Int(candidates.begins[transaction + 1])
    for place in range where candidates.accesses[place].isWrite {
      let key = Int(graph.keyNumbers[place])
      newestWrites[key] = max(newestWrites[key], Int32(place))
    }
    isEstimate[transaction] = false
    set(transaction, to: .executed)
    var waiting = firstWaiting[transaction]
    while waiting != ConflictGraph.none {
      set(Int(waiting), to: .ready)
      executionIndex = min(executionIndex, Int(waiting))
      waiting = nextWaiting[Int(waiting)]
    }
    firstWaiting[transaction] = ConflictGraph.none
    guard validationIndex > transaction else { return }
    if incarnations[transaction] == 1, range.contains(where: { candidates.accesses[$0].isWrite }) {
      validate(from: transaction)
    } else {
      handedOn.append(validation(of: transaction))
    }
  }

  private mutating func abort(_ transaction: Int) {
    isEstimate[transaction] = true
    validatedIn[transaction] = ConflictGraph.none
    set(transaction, to: .ready)
    validate(from: transaction + 1)
    if executionIndex > transaction { handedOn.append(LaneTask(transaction: Int32(transaction))) }
  }

  /// Lets all from a transaction on be validated anew.
  private mutating func validate(from transaction: Int) {
    guard transaction < validationIndex else { return }
    validationIndex = transaction
    wave += 1
    begunWaves[transaction] = wave
  }

  // MARK: Committing

  private mutating func commit(
    to block: inout ExecutedBlock, _ candidates: borrowing Candidates, _ limit: ExecutionLimit,
    at now: Int64
  ) -> Bool {
    let (status, validated, begun) = (status, validatedIn, begunWaves)
    var last = commitWave
    defer { commitWave = last }
    return block.commit(
      while: { transaction in
        last = max(last, begun[transaction])
        return status[transaction] == .executed && validated[transaction] >= last
      }, candidates, limit, at: now)
  }

  /// Sums up what lanes have done when the last transaction was committed.
  private func count(
    _ worked: Int64, _ validated: Int64, in block: inout ExecutedBlock,
    _ candidates: borrowing Candidates
  ) {
    for transaction in 0..<block.count {
      let count = Int(incarnations[transaction])
      block.executions += count
      block.aborted += Int64(count - 1) * candidates.laneTimes[transaction]
    }
    block.validated = validated
    block.unused = worked - block.aborted - block.laneWork
  }
}

extension Array {
  /// As many of one value, in the memory that there is.
  fileprivate mutating func refill(_ count: Int, with value: Element) {
    removeAll(keepingCapacity: true)
    append(contentsOf: repeatElement(value, count: count))
  }
}
