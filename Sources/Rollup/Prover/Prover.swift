import EventKernel
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
  /// Wraps an event of the prover.
  static func prover(_ event: ProverEvent) -> Self
}

/// What follows from an event of the prover.
public enum ProverDecision: Sendable {
  /// Nothing outside the prover.
  case none
  /// The proof of a batch is there and took one prover this long.
  case proofMade(batch: Int, machineTime: SimDuration)
  /// One proof for these batches can be verified on the settlement chain.
  case claimReady(batches: Range<Int>)
}

/// The pipeline that makes validity proofs: witness, proof on one of P provers, aggregation.
///
/// Witnesses are made in parallel without limit. Batches are proved in the order in which their
/// witnesses arrive; N consecutive ones are aggregated into one proof by one aggregator, or fewer
/// once the first has waited long enough.
public struct Prover: ~Copyable {
  /// What the scenario says about the prover.
  public let policy: Policy
  /// Provers that work.
  public private(set) var busy = 0
  /// What the last event put on provers.
  public private(set) var started: [StartedProof] = []

  /// A batch that is put on a prover.
  public struct StartedProof: Sendable {
    /// The batch.
    public let batch: Int
    /// How long it waited for one.
    public let queueTime: SimDuration
  }

  private struct Job {
    let proofTime: SimDuration
    var isProved = false
  }

  /// A batch that waits for a prover.
  private struct ReadyBatch {
    let batch: Int
    let since: SimTime
  }

  private var jobs = FIFOQueue<Job>()
  private var ready = FIFOQueue<ReadyBatch>()
  private var groups = FIFOQueue<Range<Int>>()
  private var firstUngrouped = 0
  private var deadlineSetFor = -1
  private var isAggregating = false
  private var witnessStream: RandomStream
  private var proofStream: RandomStream
  private var aggregationStream: RandomStream

  /// An idle prover.
  public init(_ policy: Policy, seed: UInt64, replication: UInt64) {
    self.policy = policy
    witnessStream = RandomStream(seed: seed, replication: replication, name: "prover.witness")
    proofStream = RandomStream(seed: seed, replication: replication, name: "prover.proof")
    aggregationStream = RandomStream(
      seed: seed, replication: replication, name: "prover.aggregation")
  }

  /// Whether batches wait for a prover.
  public var isSaturated: Bool { !ready.isEmpty }

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
    scheduler.schedule(.prover(.witnessed(batch: UInt32(batch))), after: witnessTime)
  }

  /// Moves the pipeline on by one event.
  public mutating func handle<E: CarriesProverEvents>(
    _ event: ProverEvent, _ scheduler: inout Scheduler<E>
  ) -> ProverDecision {
    started.removeAll(keepingCapacity: true)
    switch event {
    case .witnessed(let batch):
      ready.append(ReadyBatch(batch: Int(batch), since: scheduler.now))
      startProofs(&scheduler)
      return .none
    case .proved(let batch):
      busy -= 1
      jobs[Int(batch)].isProved = true
      let machineTime = jobs[Int(batch)].proofTime
      startProofs(&scheduler)
      formFullGroups(&scheduler)
      return .proofMade(batch: Int(batch), machineTime: machineTime)
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

  private mutating func startProofs<E: CarriesProverEvents>(_ scheduler: inout Scheduler<E>) {
    while busy < policy.provers, let next = ready.removeFirst() {
      busy += 1
      started.append(StartedProof(batch: next.batch, queueTime: scheduler.now - next.since))
      scheduler.schedule(
        .prover(.proved(batch: UInt32(next.batch))), after: jobs[next.batch].proofTime)
    }
  }

  /// How many consecutive batches from the first that is in no group are proved, at most N.
  private var provedRun: Int {
    var count = 0
    while count < policy.aggregatedBatches, jobs.indices.contains(firstUngrouped + count),
      jobs[firstUngrouped + count].isProved
    {
      count += 1
    }
    return count
  }

  private mutating func formFullGroups<E: CarriesProverEvents>(_ scheduler: inout Scheduler<E>) {
    while provedRun == policy.aggregatedBatches {
      formGroup(of: policy.aggregatedBatches, &scheduler)
    }
    guard provedRun > 0, deadlineSetFor != firstUngrouped else { return }
    deadlineSetFor = firstUngrouped
    scheduler.schedule(
      .prover(.groupDeadline(firstBatch: UInt32(firstUngrouped))), after: policy.aggregationMaxWait)
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
    scheduler.schedule(.prover(.aggregated), after: time)
  }

  /// Times beyond 30 years count as that: no run waits so long, so it fails as unfinished either way.
  private static func duration(_ seconds: Double) -> SimDuration {
    guard let duration = SimDuration(seconds: min(seconds, 1e9)) else {
      preconditionFailure("the prover drew a time that is no duration: \(seconds) s")
    }
    return duration
  }
}
