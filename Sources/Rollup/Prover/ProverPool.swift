import EventKernel

/// Provers that work side by side, one batch each, and the batches that wait for them.
///
/// Batches come from one rollup or from several; those of one are proved in order of arrival.
public struct ProverPool {
  /// Whose batch a free prover takes next.
  public enum Order: String, CaseIterable, Sendable {
    /// That of the batch that has waited longest.
    case firstCome = "first_come"
    /// That of the rollup for which provers have worked least so far.
    case fair
    /// That of the rollup with the highest priority.
    case priority
  }

  /// A batch that wants a proof.
  public struct Job: Sendable {
    /// Whose it is: the place of the rollup among those that the pool serves.
    public let customer: Int
    /// Its number, by which the pool's owner knows it.
    public let number: Int
    /// How long one prover works on it.
    public let time: SimDuration
    /// When it came.
    public let since: SimTime
    /// Whether it goes before others of its rollup: what ends the proof of a batch that was begun.
    public let isUrgent: Bool

    /// A batch that comes at `since`.
    public init(
      customer: Int, number: Int, time: SimDuration, since: SimTime, isUrgent: Bool = false
    ) {
      self.customer = customer
      self.number = number
      self.time = time
      self.since = since
      self.isUrgent = isUrgent
    }
  }

  private struct Customer {
    private var queue = FIFOQueue<Job>()
    private var urgent = FIFOQueue<Job>()
    /// Machine time of its batches so far.
    var served: Int64 = 0
    let priority: Int

    init(priority: Int) { self.priority = priority }

    var isEmpty: Bool { queue.isEmpty && urgent.isEmpty }

    /// When what is next came.
    var since: SimTime { (urgent.head ?? queue.head)?.since ?? .start }

    mutating func add(_ job: Job) {
      if job.isUrgent { urgent.append(job) } else { queue.append(job) }
    }

    mutating func removeFirst() -> Job? {
      urgent.isEmpty ? queue.removeFirst() : urgent.removeFirst()
    }
  }

  /// Provers that work.
  public private(set) var busy = 0
  private var provers: Int
  private let order: Order
  private var customers: [Customer]

  /// Idle provers.
  ///
  /// - Parameter priorities: of each rollup that they serve; the highest goes first.
  public init(provers: Int, order: Order = .firstCome, priorities: [Int] = [0]) {
    self.provers = provers
    self.order = order
    customers = priorities.map { Customer(priority: $0) }
  }

  /// Whether batches wait for a prover.
  public var isSaturated: Bool { customers.contains { !$0.isEmpty } }

  /// Has so many provers from now on; more that work finish what they have begun.
  public mutating func resize(to provers: Int) { self.provers = provers }

  /// Takes on a batch.
  public mutating func add(_ job: Job) { customers[job.customer].add(job) }

  /// The next batch that a free prover starts; nil if none waits or no prover is free.
  public mutating func start() -> Job? {
    guard busy < provers, let next = nextCustomer,
      let job = customers[next].removeFirst()
    else { return nil }
    busy += 1
    customers[next].served += job.time.nanoseconds
    return job
  }

  /// Frees a prover, whose proof is made.
  public mutating func finish() {
    precondition(busy > 0, "no prover works")
    busy -= 1
  }

  /// Whose turn it is; of equals the rollup that comes first.
  private var nextCustomer: Int? {
    // Most pools serve one rollup.
    if customers.count == 1 { return customers[0].isEmpty ? nil : 0 }
    let waiting = customers.indices.filter { !customers[$0].isEmpty }
    guard waiting.count > 1 else { return waiting.first }
    func since(_ customer: Int) -> SimTime { customers[customer].since }
    return switch order {
    case .firstCome: waiting.min { since($0) < since($1) }
    case .fair: waiting.min { customers[$0].served < customers[$1].served }
    case .priority:
      waiting.min {
        (-customers[$0].priority, since($0)) < (-customers[$1].priority, since($1))
      }
    }
  }
}
