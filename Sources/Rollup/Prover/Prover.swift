import EventKernel
import Ledger
import Randomness

/// What the prover schedules for itself.
public enum ProverEvent: BitwiseCopyable, Sendable {
  /// The witness of a batch is there.
  case witnessed(batch: UInt32)
  /// A part of the proof of a batch is there, or an attempt at it has failed.
  case proved(task: UInt32, batch: UInt32)
  /// The proofs of a group have waited long enough for others to join.
  case groupDeadline(firstBatch: UInt32)
  /// The aggregated proof of a group is there.
  case aggregated(group: UInt32)
}

/// An event type that can carry the prover's events.
public protocol CarriesProverEvents: SimulationEvent {
  /// Wraps an event of a rollup's prover.
  static func prover(_ event: ProverEvent, of rollup: RollupID) -> Self
}

/// What follows from an event of the prover.
public enum ProverDecision: Sendable {
  /// Nothing outside the prover.
  case none
  /// The proof of a batch is there; provers worked this long for it, in so many parts.
  case proofMade(batch: Int, machineTime: SimDuration, parts: Int)
  /// One proof for the batches of each of these ranges can be verified on the settlement chain.
  case claimsReady([Range<Int>])
}

/// The pipeline that makes validity proofs: witness, proofs of chunks on P provers, a tree in which they
/// become one, aggregation.
///
/// Witnesses are made in parallel without limit. Batches are proved in the order in which their
/// witnesses arrive, by provers of the rollup's own or by a service; N consecutive ones are aggregated
/// into one proof by an aggregator, or fewer once the first has waited long enough. Where several race,
/// each has provers of its own and proves every batch, and the first proof counts, or all have to agree.
public struct Prover: ~Copyable {
  /// What the scenario says about the prover.
  public private(set) var policy: Policy
  let rollup: RollupID
  /// What the last event put on provers of its own.
  public internal(set) var started: [StartedProof] = []
  /// What it wants of provers that are not its own.
  public internal(set) var wanted: [WantedProof] = []
  /// What provers have done by the last event.
  public internal(set) var spent: [SpentProverTime] = []

  /// Provers of those who race, or of the rollup's own; none where a service proves.
  var pools: [ProverPool]
  var tasks = FIFOQueue<ProofTask>()
  var proofs = FIFOQueue<BatchProof>()
  /// Work on batches with measured transactions that is not over.
  var measuredTasks = 0
  var streams: ProverStreams

  private var groups = FIFOQueue<ProofGroup>()
  private var firstToAggregate = 0
  private var busyAggregators = 0
  private var firstUngrouped = 0
  /// The first batches of other terms, which share no proof with those before them.
  private var boundaries: [Int] = []
  private var deadlineSetFor = -1
  /// What verifying costs now; nil before that is known.
  private var prices: AggregationPrices?

  /// An idle prover.
  ///
  /// - Parameter hasPool: whether the provers are its own, and not those of a service.
  public init(
    _ policy: Policy, of rollup: RollupID, hasPool: Bool = true, _ source: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    pools =
      hasPool ? (0..<policy.racers).map { _ in ProverPool(provers: policy.provers) } : []
    streams = ProverStreams(source)
  }

  /// Provers of its own that work, those of all who race.
  public var busy: Int { pools.reduce(0) { $0 + $1.busy } }

  /// Whether batches wait for a prover of its own.
  public var isSaturated: Bool { pools.contains(where: \.isSaturated) }

  /// Whether nothing is left to be done for batches with measured transactions.
  public var isDoneWithMeasured: Bool { measuredTasks == 0 }

  /// The first batches whose proofs are being aggregated; nil if none are.
  package var aggregating: Range<Int>? { busyAggregators > 0 ? groups.head?.batches : nil }

  /// Whether a batch that was given to it is proved.
  package func isProved(_ batch: Int) -> Bool {
    !proofs.indices.contains(batch) || proofs[batch].isProved
  }

  // MARK: Batch → proof

  /// Takes on the next batch.
  ///
  /// - Parameters:
  ///   - work: its prover work [work units].
  ///   - isMeasured: whether it has transactions that count in measures.
  public mutating func accept<E: CarriesProverEvents>(
    work: Double, isMeasured: Bool = false, _ scheduler: inout Scheduler<E>
  ) {
    let witnessTime = SimDuration(drawn: policy.witnessTime.sample(&streams.witness))
    let batch = cut(work: work, isMeasured: isMeasured)
    scheduler.schedule(
      .prover(.witnessed(batch: UInt32(batch)), of: rollup), after: witnessTime)
  }

  /// Moves the pipeline on by one event.
  public mutating func handle<E: CarriesProverEvents>(
    _ event: ProverEvent, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    beginReport()
    switch event {
    case .witnessed(let batch):
      beginProof(of: Int(batch), &scheduler)
      return .none
    case .proved(let task, _):
      return endOwn(Int(task), &scheduler)
    case .groupDeadline(let firstBatch):
      if Int(firstBatch) == firstUngrouped {
        formGroup(of: provedRun, &scheduler)
        // Those behind a group that is full can have waited as long.
        while policy.aggregation != .full, provedRun > 0, deadline(scheduler.now) <= scheduler.now {
          formGroup(of: provedRun, &scheduler)
        }
        formFullGroups(&scheduler)
      }
      return .none
    case .aggregated(let group):
      return endAggregation(of: Int(group), &scheduler)
    }
  }

  /// Takes a part of a proof from a service that has made it, or tried to.
  public mutating func take<E: CarriesProverEvents>(
    task: Int, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    beginReport()
    return end(task, &scheduler)
  }

  /// Takes note that the host has verified the proofs of batches: others need not make them any more.
  public mutating func verified<E: CarriesProverEvents>(
    _ batches: Range<Int>, _ scheduler: inout Scheduler<E>
  ) {
    beginReport()
    guard policy.givesUp == .verified else { return }
    for batch in batches where proofs.indices.contains(batch) { giveUp(batch, at: scheduler.now) }
    startProofs(&scheduler)
  }

  /// Proves by another policy from now on; batches from `first` on share no proof with those before.
  public mutating func adopt<E: CarriesProverEvents>(
    _ policy: Policy, fromBatch first: Int, _ scheduler: inout Scheduler<E>
  ) {
    beginReport()
    self.policy = policy
    boundaries.append(first)
    if !pools.isEmpty {
      while pools.count < policy.racers { pools.append(ProverPool(provers: policy.provers)) }
    }
    for racer in pools.indices { pools[racer].resize(to: policy.provers) }
    startProofs(&scheduler)
    formFullGroups(&scheduler)
  }

  private mutating func beginReport() {
    started.removeAll(keepingCapacity: true)
    wanted.removeAll(keepingCapacity: true)
    spent.removeAll(keepingCapacity: true)
  }

  // MARK: Proofs → one proof for the host

  /// How many batches the next group has when it is full.
  private var groupSize: Int {
    let left = boundaries.first { $0 > firstUngrouped }.map { $0 - firstUngrouped }
    return min(policy.aggregatedBatches, left ?? .max)
  }

  /// How many consecutive batches from the first that is in no group are proved, at most a group.
  private var provedRun: Int {
    var count = 0
    let size = groupSize
    while count < size, proofs.indices.contains(firstUngrouped + count),
      proofs[firstUngrouped + count].isProved
    {
      count += 1
    }
    return count
  }

  mutating func formFullGroups<E: CarriesProverEvents>(_ scheduler: inout Scheduler<E>) {
    switch policy.aggregation {
    case .full: while provedRun == groupSize { formGroup(of: groupSize, &scheduler) }
    case .price, .profit:
      while true {
        let run = provedRun
        guard run > 0, isFavourable(run) else { break }
        formGroup(of: run, &scheduler)
      }
    }
    guard provedRun > 0, deadlineSetFor != firstUngrouped else { return }
    deadlineSetFor = firstUngrouped
    scheduler.schedule(
      .prover(.groupDeadline(firstBatch: UInt32(firstUngrouped)), of: rollup),
      at: max(scheduler.now, deadline(scheduler.now)))
  }

  /// When the first proof that is in no group has waited long enough, counted from now on where a group is only
  /// to be full.
  private func deadline(_ now: SimTime) -> SimTime {
    let since = policy.aggregation == .full ? now : proofs[firstUngrouped].made?.at ?? now
    return since + policy.aggregationMaxWait
  }

  /// Whether the first proofs that are in no group are aggregated before their wait is over.
  private func isFavourable(_ run: Int) -> Bool {
    guard let prices else { return false }
    if policy.aggregation == .price { return prices.baseFee <= policy.aggregationFeeLimit }
    let proofs = (firstUngrouped..<firstUngrouped + run).map { self.proofs[$0] }
    let machines =
      proofs.reduce(0) { $0 + ($1.made?.machineTime.seconds ?? 0) } * prices.weiPerSecond
    let gas = Double(policy.verificationGas) * Double(prices.baseFee + prices.tip)
    return proofs.reduce(0) { $0 + $1.fee } >= gas + machines
  }

  /// Takes note of what verifying costs now, and of what that makes worth while.
  public mutating func observe<E: CarriesProverEvents>(
    _ prices: AggregationPrices, _ scheduler: inout Scheduler<E>
  ) {
    self.prices = prices
    beginReport()
    formFullGroups(&scheduler)
  }

  /// Takes note of the fee that is paid for the proof of a batch [wei].
  public mutating func note(fee: Double, ofBatch batch: Int) {
    if proofs.indices.contains(batch) { proofs[batch].fee = fee }
  }

  private mutating func formGroup<E: CarriesProverEvents>(
    of count: Int, _ scheduler: inout Scheduler<E>
  ) {
    groups.append(ProofGroup(batches: firstUngrouped..<firstUngrouped + count))
    firstUngrouped += count
    startAggregation(&scheduler)
  }

  private mutating func startAggregation<E: CarriesProverEvents>(
    _ scheduler: inout Scheduler<E>
  ) {
    while busyAggregators < policy.aggregators, groups.indices.contains(firstToAggregate) {
      let time = SimDuration(
        drawn: policy.aggregationTime.sample(&streams.aggregation)
          + policy.wrapTime.sample(&streams.wrap))
      groups[firstToAggregate].time = time
      busyAggregators += 1
      scheduler.schedule(
        .prover(.aggregated(group: UInt32(firstToAggregate)), of: rollup), after: time)
      firstToAggregate += 1
    }
  }

  private mutating func endAggregation<E: CarriesProverEvents>(
    of group: Int, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    busyAggregators -= 1
    groups[group].isDone = true
    pay(for: groups[group])
    startAggregation(&scheduler)
    // A claim builds on the one before, so a proof that is there too early waits.
    var ready: [Range<Int>] = []
    while let head = groups.head, head.isDone {
      ready.append(head.batches)
      groups.removeFirst()
      for batch in head.batches { proofs[batch].isAggregated = true }
    }
    forgetDone()
    return ready.isEmpty ? .none : .claimsReady(ready)
  }

  /// Takes note of the time of an aggregator, which the batches of a group share.
  private mutating func pay(for group: ProofGroup) {
    var rest = group.time.nanoseconds
    for batch in group.batches where rest > 0 {
      let share = rest / Int64(group.batches.upperBound - batch)
      rest -= share
      spent.append(
        SpentProverTime(
          batch: batch, isMeasured: proofs[batch].isMeasured,
          time: SimDuration(nanoseconds: share), isAggregation: true))
    }
  }
}

extension Prover: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Prover { Prover(copying: self, draws) }

  private init(copying other: borrowing Prover, _ draws: Draws) {
    policy = other.policy
    rollup = other.rollup
    started = other.started
    wanted = other.wanted
    spent = other.spent
    pools = other.pools
    tasks = other.tasks
    proofs = other.proofs
    measuredTasks = other.measuredTasks
    streams = other.streams.copy(drawing: draws)
    groups = other.groups
    firstToAggregate = other.firstToAggregate
    busyAggregators = other.busyAggregators
    firstUngrouped = other.firstUngrouped
    boundaries = other.boundaries
    deadlineSetFor = other.deadlineSetFor
    prices = other.prices
  }
}
