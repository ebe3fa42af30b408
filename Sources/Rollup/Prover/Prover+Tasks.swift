import EventKernel
import Ledger
import Randomness

// A batch is cut into chunks, whose proofs become one in a tree; each part is tried until it succeeds, by
// each who races.

extension Prover {
  /// Cuts a batch into chunks, and draws how long each takes.
  ///
  /// - Returns: its number.
  mutating func cut(work: Double, isMeasured: Bool) -> Int {
    let chunks = policy.chunks(work: work)
    let racers = max(1, min(policy.racers, pools.count))
    let racer = BatchProof.Racer(tree: ProofTree(chunks: chunks, arity: policy.recursionArity))
    let batch = proofs.append(
      BatchProof(
        work: work, isMeasured: isMeasured, chunks: chunks, firstTask: tasks.indices.upperBound,
        racers: [BatchProof.Racer](repeating: racer, count: racers), open: racers))
    let timeOfWork = timeOfWork(inChunkOf: batch)
    for racer in 0..<racers {
      for node in 0..<chunks {
        let time = policy.proofTime.sample(&streams.proof) + timeOfWork
        add(node, of: batch, racer: racer, time: time)
      }
    }
    return batch
  }

  /// How long a prover works on what a chunk has of the work of its batch [s].
  private func timeOfWork(inChunkOf batch: Int) -> Double {
    policy.proofTimePerWork.seconds * (proofs[batch].work / Double(proofs[batch].chunks))
  }

  /// Lists what is to be done.
  @discardableResult
  private mutating func add(_ node: Int, of batch: Int, racer: Int, time: Double) -> Int {
    var time = racer > 0 ? time * policy.racerSlowdown : time
    if policy.stragglers > 0, streams.stragglers.uniform() < policy.stragglers {
      time *= policy.stragglerSlowdown
    }
    if proofs[batch].isMeasured { measuredTasks += 1 }
    return tasks.append(
      ProofTask(batch: batch, racer: racer, node: node, time: SimDuration(drawn: time)))
  }

  /// Gives the chunks of a batch to provers.
  mutating func beginProof<E: CarriesProverEvents>(
    of batch: Int, _ scheduler: inout Scheduler<E>
  ) {
    let first = proofs[batch].firstTask
    for task in first..<first + proofs[batch].chunks * proofs[batch].racers.count {
      want(task, isUrgent: false, at: scheduler.now)
    }
    startProofs(&scheduler)
  }

  /// Gives a task to provers of its own, or asks for those of a service.
  ///
  /// - Parameter isUrgent: whether it goes before other tasks, so that proofs that were begun are ended.
  private mutating func want(_ number: Int, isUrgent: Bool, at now: SimTime) {
    let task = tasks[number]
    guard pools.isEmpty else {
      return pools[task.racer].add(
        .init(customer: 0, number: number, time: task.time, since: now, isUrgent: isUrgent))
    }
    wanted.append(
      WantedProof(task: number, batch: task.batch, machineTime: task.time, isUrgent: isUrgent))
  }

  /// Puts what waits on provers that are free.
  mutating func startProofs<E: CarriesProverEvents>(_ scheduler: inout Scheduler<E>) {
    for racer in pools.indices {
      while let job = pools[racer].start() {
        // Who races may have given it up while it waited.
        guard tasks.indices.contains(job.number), !tasks[job.number].isOver else {
          pools[racer].finish()
          continue
        }
        let batch = tasks[job.number].batch
        tasks[job.number].startedAt = scheduler.now
        started.append(
          StartedProof(
            batch: batch, isMeasured: proofs[batch].isMeasured,
            queueTime: scheduler.now - job.since))
        scheduler.schedule(
          .prover(.proved(task: UInt32(job.number), batch: UInt32(batch)), of: rollup),
          after: job.time)
      }
    }
  }

  /// Ends what a prover of its own has done, unless that was given up.
  mutating func endOwn<E: CarriesProverEvents>(
    _ number: Int, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    guard tasks.indices.contains(number), !tasks[number].isOver else { return .none }
    pools[tasks[number].racer].finish()
    return end(number, &scheduler)
  }

  /// Ends a task, and begins what can be done after it.
  mutating func end<E: CarriesProverEvents>(
    _ number: Int, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    let task = tasks[number]
    if policy.failures > 0, streams.failures.uniform() < policy.failures {
      finish(number, after: task.time)
      let again = tryAgain(task)
      want(again, isUrgent: true, at: scheduler.now)
      startProofs(&scheduler)
      return .none
    }
    finish(number, after: task.time)
    return advance(task, &scheduler)
  }

  /// Lists the same again, which takes a time of its own.
  private mutating func tryAgain(_ task: ProofTask) -> Int {
    let isChunk = task.node < proofs[task.batch].chunks
    let time =
      isChunk
      ? policy.proofTime.sample(&streams.failures) + timeOfWork(inChunkOf: task.batch)
      : policy.recursionTime.sample(&streams.failures)
    return add(task.node, of: task.batch, racer: task.racer, time: time)
  }

  /// Takes the proof of a node on in its tree.
  private mutating func advance<E: CarriesProverEvents>(
    _ task: ProofTask, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    let batch = task.batch
    var decision = ProverDecision.none
    switch proofs[batch].racers[task.racer].take(task) {
    case .waits: break
    case .join(let node):
      let time = policy.recursionTime.sample(&streams.recursion)
      let next = add(node, of: batch, racer: task.racer, time: time)
      want(next, isUrgent: true, at: scheduler.now)
    case .root:
      proofs[batch].open -= 1
      if !proofs[batch].isProved, policy.needs == .first || proofs[batch].open == 0 {
        let used =
          policy.needs == .all ? proofs[batch].racers : [proofs[batch].racers[task.racer]]
        let machineTime = used.reduce(SimDuration.zero) { $0 + $1.machineTime }
        proofs[batch].made = (scheduler.now, machineTime)
        decision = .proofMade(
          batch: batch, machineTime: machineTime, parts: used.reduce(0) { $0 + $1.parts })
        if policy.givesUp == .proved { giveUp(batch, at: scheduler.now) }
      }
    }
    startProofs(&scheduler)
    formFullGroups(&scheduler)
    forgetDone()
    return decision
  }

  /// Ends all work on a batch.
  mutating func giveUp(_ batch: Int, at now: SimTime) {
    guard proofs[batch].open > 0 else { return }
    for number in tasks.indices where tasks[number].batch == batch && !tasks[number].isOver {
      let worked = tasks[number].startedAt.map { now - $0 }
      if worked != nil { pools[tasks[number].racer].finish() }
      finish(number, after: worked ?? .zero)
    }
    proofs[batch].open = 0
  }

  /// Takes note of what a prover has done.
  private mutating func finish(_ number: Int, after time: SimDuration) {
    tasks[number].isOver = true
    let batch = tasks[number].batch
    let isMeasured = proofs[batch].isMeasured
    if isMeasured { measuredTasks -= 1 }
    guard time > .zero else { return }
    spent.append(
      SpentProverTime(batch: batch, isMeasured: isMeasured, time: time, isAggregation: false))
  }

  /// Forgets tasks that are over, and batches for which nothing more is to be done.
  mutating func forgetDone() {
    while let first = tasks.indices.first, tasks[first].isOver { tasks.removeFirst() }
    while let first = proofs.indices.first, proofs[first].isAggregated, proofs[first].open == 0 {
      proofs.removeFirst()
    }
  }
}
