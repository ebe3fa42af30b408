import EventKernel
import Ledger
import Randomness

/// What the prover schedules for itself.
public enum ProverEvent: BitwiseCopyable, Sendable {
  /// The witness of a batch is there.
  case witnessed(batch: UInt32)
  /// The proof of a batch is there.
  case proved(batch: UInt32)
  /// The proofs of a group have waited long enough for others to join.
  case groupDeadline(firstBatch: UInt32)
  /// The aggregated proof of a group is there.
  case aggregated
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
  /// The proof of a batch is there and took one prover this long.
  case proofMade(batch: Int, machineTime: SimDuration)
  /// A batch is ready for a proof, which another's provers make in this time.
  case proofWanted(batch: Int, machineTime: SimDuration)
  /// One proof for these batches can be verified on the settlement chain.
  case claimReady(batches: Range<Int>)
}

/// The pipeline that makes validity proofs: witness, proof on one of P provers, aggregation.
///
/// Witnesses are made in parallel without limit. Batches are proved in the order in which their
/// witnesses arrive, by provers of the rollup's own or by a service; N consecutive ones are aggregated
/// into one proof by one aggregator, or fewer once the first has waited long enough.
public struct Prover: ~Copyable {
  /// What the scenario says about the prover.
  public private(set) var policy: Policy
  private let rollup: RollupID
  /// Provers of its own; nil where a service proves.
  private var pool: ProverPool?
  /// What the last event put on provers of its own.
  public private(set) var started: [StartedProof] = []

  /// A batch that is put on a prover.
  public struct StartedProof: Sendable {
    /// The batch.
    public let batch: Int
    /// How long it waited for one.
    public let queueTime: SimDuration

    /// A batch that waited so long.
    public init(batch: Int, queueTime: SimDuration) {
      self.batch = batch
      self.queueTime = queueTime
    }
  }

  private struct Job {
    let proofTime: SimDuration
    var isProved = false
  }

  private var jobs = FIFOQueue<Job>()
  private var groups = FIFOQueue<Range<Int>>()
  private var firstUngrouped = 0
  /// The first batches of other terms, which share no proof with those before them.
  private var boundaries: [Int] = []
  private var deadlineSetFor = -1
  private var isAggregating = false
  private var witnessStream: RandomStream
  private var proofStream: RandomStream
  private var aggregationStream: RandomStream

  /// An idle prover.
  ///
  /// - Parameter hasPool: whether the provers are its own, and not those of a service.
  public init(
    _ policy: Policy, of rollup: RollupID, hasPool: Bool = true, _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    pool = hasPool ? ProverPool(provers: policy.provers) : nil
    witnessStream = streams.stream("prover.witness")
    proofStream = streams.stream("prover.proof")
    aggregationStream = streams.stream("prover.aggregation")
  }

  /// Provers of its own that work.
  public var busy: Int { pool?.busy ?? 0 }

  /// Whether batches wait for a prover of its own.
  public var isSaturated: Bool { pool?.isSaturated ?? false }

  /// The batches whose proofs are being aggregated; nil if none are.
  package var aggregating: Range<Int>? { isAggregating ? groups.head : nil }

  /// Takes on the next batch.
  ///
  /// - Parameter work: its prover work [work units].
  public mutating func accept<E: CarriesProverEvents>(
    work: Double, _ scheduler: inout Scheduler<E>
  ) {
    let witnessTime = Self.duration(policy.witnessTime.sample(&witnessStream))
    let proofTime = Self.duration(
      policy.proofTime.sample(&proofStream) + policy.proofTimePerWork.seconds * work)
    let batch = jobs.append(Job(proofTime: proofTime))
    scheduler.schedule(
      .prover(.witnessed(batch: UInt32(batch)), of: rollup), after: witnessTime)
  }

  /// Moves the pipeline on by one event.
  public mutating func handle<E: CarriesProverEvents>(
    _ event: ProverEvent, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    started.removeAll(keepingCapacity: true)
    switch event {
    case .witnessed(let batch):
      return want(Int(batch), &scheduler)
    case .proved(let batch):
      pool?.finish()
      return take(proofOf: Int(batch), &scheduler)
    case .groupDeadline(let firstBatch):
      if Int(firstBatch) == firstUngrouped {
        formGroup(of: provedRun, &scheduler)
        formFullGroups(&scheduler)
      }
      return .none
    case .aggregated:
      isAggregating = false
      guard let batches = groups.removeFirst() else {
        preconditionFailure("no group was aggregated")
      }
      for _ in batches { jobs.removeFirst() }
      startAggregation(&scheduler)
      return .claimReady(batches: batches)
    }
  }

  /// Gives a batch to a prover of its own, or asks for one of a service.
  private mutating func want<E: CarriesProverEvents>(
    _ batch: Int, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    let time = jobs[batch].proofTime
    guard pool != nil else { return .proofWanted(batch: batch, machineTime: time) }
    pool?.add(.init(customer: 0, number: batch, time: time, since: scheduler.now))
    startProofs(&scheduler)
    return .none
  }

  /// Takes the proof of a batch, from whoever made it.
  public mutating func take<E: CarriesProverEvents>(
    proofOf batch: Int, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    jobs[batch].isProved = true
    let machineTime = jobs[batch].proofTime
    startProofs(&scheduler)
    formFullGroups(&scheduler)
    return .proofMade(batch: batch, machineTime: machineTime)
  }

  private mutating func startProofs<E: CarriesProverEvents>(_ scheduler: inout Scheduler<E>) {
    while let job = pool?.start() {
      started.append(StartedProof(batch: job.number, queueTime: scheduler.now - job.since))
      scheduler.schedule(
        .prover(.proved(batch: UInt32(job.number)), of: rollup), after: job.time)
    }
  }

  /// Proves by another policy from now on; batches from `first` on share no proof with those before.
  public mutating func adopt<E: CarriesProverEvents>(
    _ policy: Policy, fromBatch first: Int, _ scheduler: inout Scheduler<E>
  ) {
    started.removeAll(keepingCapacity: true)
    self.policy = policy
    boundaries.append(first)
    pool?.resize(to: policy.provers)
    startProofs(&scheduler)
    formFullGroups(&scheduler)
  }

  /// How many batches the next group has when it is full.
  private var groupSize: Int {
    let left = boundaries.first { $0 > firstUngrouped }.map { $0 - firstUngrouped }
    return min(policy.aggregatedBatches, left ?? .max)
  }

  /// How many consecutive batches from the first that is in no group are proved, at most a group.
  private var provedRun: Int {
    var count = 0
    let size = groupSize
    while count < size, jobs.indices.contains(firstUngrouped + count),
      jobs[firstUngrouped + count].isProved
    {
      count += 1
    }
    return count
  }

  private mutating func formFullGroups<E: CarriesProverEvents>(_ scheduler: inout Scheduler<E>) {
    while provedRun == groupSize { formGroup(of: groupSize, &scheduler) }
    guard provedRun > 0, deadlineSetFor != firstUngrouped else { return }
    deadlineSetFor = firstUngrouped
    scheduler.schedule(
      .prover(.groupDeadline(firstBatch: UInt32(firstUngrouped)), of: rollup),
      after: policy.aggregationMaxWait)
  }

  private mutating func formGroup<E: CarriesProverEvents>(
    of count: Int, _ scheduler: inout Scheduler<E>
  ) {
    groups.append(firstUngrouped..<firstUngrouped + count)
    firstUngrouped += count
    startAggregation(&scheduler)
  }

  private mutating func startAggregation<E: CarriesProverEvents>(
    _ scheduler: inout Scheduler<E>
  ) {
    guard !isAggregating, !groups.isEmpty else { return }
    isAggregating = true
    let time = Self.duration(policy.aggregationTime.sample(&aggregationStream))
    scheduler.schedule(.prover(.aggregated, of: rollup), after: time)
  }

  /// Times beyond 30 years count as that: no run waits so long, so it fails as unfinished either way.
  private static func duration(_ seconds: Double) -> SimDuration {
    guard let duration = SimDuration(seconds: min(seconds, 1e9)) else {
      preconditionFailure("the prover drew a time that is no duration: \(seconds) s")
    }
    return duration
  }
}

extension Prover: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Prover { Prover(copying: self, draws) }

  private init(copying other: borrowing Prover, _ draws: Draws) {
    policy = other.policy
    rollup = other.rollup
    pool = other.pool
    started = other.started
    jobs = other.jobs
    groups = other.groups
    firstUngrouped = other.firstUngrouped
    boundaries = other.boundaries
    deadlineSetFor = other.deadlineSetFor
    isAggregating = other.isAggregating
    witnessStream = other.witnessStream.copy(drawing: draws)
    proofStream = other.proofStream.copy(drawing: draws)
    aggregationStream = other.aggregationStream.copy(drawing: draws)
  }
}
