import EventKernel
import Ledger
import Randomness

/// What a prover service schedules for itself.
public enum ProverServiceEvent: BitwiseCopyable, Sendable {
  /// A part of a proof is there.
  case proved(job: UInt32)
  /// Claims have waited long enough for a proof that they share.
  case sharedDeadline(proof: UInt32)
  /// A proof that claims share is there.
  case shared
}

/// An event type that can carry the events of prover services.
public protocol CarriesProverServiceEvents: SimulationEvent {
  /// Wraps an event of a prover service.
  static func proverService(_ event: ProverServiceEvent, of service: ServiceID) -> Self
}

/// What follows from an event of a prover service.
public enum ProverServiceDecision: Sendable {
  /// Nothing outside the service.
  case none
  /// A part of a batch's proof is made.
  case proved(ProverService.Job)
  /// A proof that claims share is to be verified.
  case shared(ProofToVerify)
}

/// Provers that several rollups share: one queue for the batches of all.
///
/// A rollup hands out the parts of the proof of a batch whose witness is there, and gets them back. How long
/// they take, and what they are put together to, is the rollup's affair; the service has the machines and
/// whose turn it is.
public struct ProverService: ~Copyable {
  /// What a scenario says about a prover service.
  public struct Policy: Hashable, Sendable {
    /// Provers that work side by side, a batch each.
    public var provers: Int
    /// Whose batch a free prover takes next.
    public var order: ProverPool.Order
    /// Rent of one prover while it works [USD per hour].
    public var usdPerHour: Double
    /// Proofs that rollups share on the settlement chain.
    public var sharedProof = SharedProofs.Policy()

    /// A service with these provers.
    public init(provers: Int, order: ProverPool.Order, usdPerHour: Double) {
      self.provers = provers
      self.order = order
      self.usdPerHour = usdPerHour
    }
  }

  /// A part of a batch's proof that is with the service.
  public struct Job: Sendable {
    /// The rollup.
    public let rollup: RollupID
    /// Its batch.
    public let batch: Int
    /// What of its proof, by the number that the rollup gave.
    public let task: Int
    /// How long one prover works on it.
    public let machineTime: SimDuration
    /// How long it waited for one.
    public internal(set) var queueTime = SimDuration.zero
    var isDone = false
  }

  /// What the scenario says about the service.
  public let policy: Policy
  /// What the last event put on provers.
  public private(set) var started: [Job] = []
  /// What the last proof that was made is of; nil before.
  public private(set) var finished: Job?
  /// What the run remembers of the service.
  public internal(set) var record = ProverServiceRecord()
  let service: ServiceID
  var shared: SharedProofs
  private let customers: [RollupID]
  private var pool: ProverPool
  private var jobs = FIFOQueue<Job>()

  /// An idle service.
  ///
  /// - Parameter customers: the rollups that it serves, with their priorities.
  public init(
    _ policy: Policy, _ service: ServiceID, customers: [(rollup: RollupID, priority: Int)],
    _ streams: StreamSource
  ) {
    self.policy = policy
    self.service = service
    self.customers = customers.map(\.rollup)
    shared = SharedProofs(policy.sharedProof, streams)
    pool = ProverPool(
      provers: policy.provers, order: policy.order, priorities: customers.map(\.priority))
  }

  /// Takes on a part of a proof.
  public mutating func accept<E: CarriesProverServiceEvents>(
    _ proof: WantedProof, of rollup: RollupID, _ scheduler: inout Scheduler<E>
  ) {
    guard let customer = customers.firstIndex(of: rollup) else {
      preconditionFailure("a prover service was given a batch of a rollup that it does not serve")
    }
    started.removeAll(keepingCapacity: true)
    let number = jobs.append(
      Job(
        rollup: rollup, batch: proof.batch, task: proof.task, machineTime: proof.machineTime))
    pool.add(
      .init(
        customer: customer, number: number, time: proof.machineTime, since: scheduler.now,
        isUrgent: proof.isUrgent))
    start(&scheduler)
  }

  /// Moves on by one event.
  public mutating func handle<E: CarriesProverServiceEvents>(
    _ event: ProverServiceEvent, _ scheduler: inout Scheduler<E>
  ) -> ProverServiceDecision {
    started.removeAll(keepingCapacity: true)
    switch event {
    case .proved(let job): return .proved(end(job, &scheduler))
    case .sharedDeadline(let proof):
      if Int(proof) == shared.next { closeShared(&scheduler) }
      return .none
    case .shared: return .shared(endShared(&scheduler))
    }
  }

  /// Ends the work on a part of a proof and begins that on the next.
  private mutating func end<E: CarriesProverServiceEvents>(
    _ number: UInt32, _ scheduler: inout Scheduler<E>
  ) -> Job {
    jobs[Int(number)].isDone = true
    let job = jobs[Int(number)]
    finished = job
    while let head = jobs.head, head.isDone { jobs.removeFirst() }
    pool.finish()
    start(&scheduler)
    return job
  }

  /// Notes rent that a rollup pays for one of its batches.
  public mutating func earn(_ rent: Wei) { record.rent += rent }

  /// Notes that the measured window begins or ends.
  public mutating func window(begins: Bool, at now: SimTime) {
    record.window(begins: begins, at: now)
  }

  private mutating func start<E: CarriesProverServiceEvents>(_ scheduler: inout Scheduler<E>) {
    while let next = pool.start() {
      let queueTime = scheduler.now - next.since
      jobs[next.number].queueTime = queueTime
      started.append(jobs[next.number])
      record.began(after: queueTime)
      scheduler.schedule(
        .proverService(.proved(job: UInt32(next.number)), of: service), after: next.time)
    }
    record.change(busy: pool.busy, at: scheduler.now)
  }
}

extension ProverService: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> ProverService { ProverService(copying: self, draws) }

  private init(copying other: borrowing ProverService, _ draws: Draws) {
    policy = other.policy
    started = other.started
    finished = other.finished
    record = other.record
    service = other.service
    customers = other.customers
    pool = other.pool
    jobs = other.jobs
    shared = other.shared.copy(drawing: draws)
  }
}
