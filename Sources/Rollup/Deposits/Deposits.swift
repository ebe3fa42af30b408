import EventKernel
import Ledger
import Randomness
import Statistics

/// What deposits schedule for themselves.
public enum DepositEvent: BitwiseCopyable, Sendable {
  /// A user sends a deposit.
  case due
}

/// An event type that can carry the events of deposits.
public protocol CarriesDepositEvents: SimulationEvent {
  /// Wraps an event of a rollup's deposits.
  static func deposit(_ event: DepositEvent, of rollup: RollupID) -> Self
}

/// Deposits from the settlement chain, each credited on the rollup once enough blocks stand on it.
///
/// A re-org that drops a deposit after its credit undoes the credit: the rollup follows the chain that
/// it derives from. The chain includes the deposit anew, and it is credited again.
public struct Deposits: ~Copyable {
  /// What a scenario says about deposits.
  public struct Policy: Hashable, Sendable {
    /// Deposits per unit of time, Poisson [1/s]; 0 for none.
    public var rate: Double
    /// Settlement gas of one.
    public var gas: UInt64
    /// Most paid for gas [wei per gas].
    public var feeCap: UInt64
    /// Tip of those who send them [wei per gas].
    public var tip: UInt64
    /// Settlement blocks on top of its own after which a deposit is credited.
    public var confirmations: Int
    /// When a deposit is credited.
    public var credit = Credit.confirmations

    /// Deposits with these figures.
    public init(rate: Double, gas: UInt64, feeCap: UInt64, tip: UInt64, confirmations: Int) {
      self.rate = rate
      self.gas = gas
      self.feeCap = feeCap
      self.tip = tip
      self.confirmations = confirmations
    }
  }

  /// When a deposit is credited.
  public enum Credit: String, CaseIterable, Sendable {
    /// Once enough blocks stand on its own.
    case confirmations
    /// Once its block is safe: justified, on a chain with epochs.
    case safe
    /// Once its block is final.
    case settled
  }

  private struct Deposit {
    let submittedAt: SimTime
    var height: Int?
    var creditedAt: SimTime?
    var isFinal = false
  }

  /// Credits that re-orgs undid.
  public private(set) var undone = 0
  private let policy: Policy
  private let rollup: RollupID
  private let end: SimTime
  private var open = FIFOQueue<Deposit>()
  /// Those in blocks that are not credited, in the order of the chain.
  private var uncredited = FIFOQueue<Int>()
  private var stream: RandomStream

  /// - Parameter end: none is sent from this instant on.
  public init(
    _ policy: Policy, of rollup: RollupID, until end: SimTime, _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    self.end = end
    stream = streams.stream("deposits")
  }

  /// Those that are not done, by number.
  package var undoneNumbers: Range<Int> { open.indices }

  /// Whether one that is not done is credited at present.
  package func isCredited(_ number: Int) -> Bool { open[number].creditedAt != nil }

  /// Whether each one that was sent is credited for good.
  public var areDone: Bool { open.isEmpty }

  /// Schedules the first one, if there are any.
  public mutating func start<E: CarriesDepositEvents>(_ scheduler: inout Scheduler<E>) {
    scheduleNext(&scheduler)
  }

  /// Sends a deposit and schedules the next one.
  ///
  /// - Returns: its number.
  public mutating func handle<E: CarriesDepositEvents>(
    _ event: DepositEvent, _ scheduler: inout Scheduler<E>
  ) -> Int {
    scheduleNext(&scheduler)
    return open.append(Deposit(submittedAt: scheduler.now))
  }

  private mutating func scheduleNext<E: CarriesDepositEvents>(_ scheduler: inout Scheduler<E>) {
    guard policy.rate > 0 else { return }
    let wait = SimDuration(
      drawn: Distribution.exponential(mean: 1 / policy.rate).sample(&stream))
    guard scheduler.now + wait < end else { return }
    scheduler.schedule(.deposit(.due, of: rollup), after: wait)
  }

  // MARK: Settlement blocks

  /// Notes that a deposit is in the block at `height`.
  public mutating func include(_ number: Int, at height: Int) {
    open[number].height = height
    uncredited.append(number)
  }

  /// Takes a deposit back whose block a re-org dropped, and its credit with it.
  public mutating func drop(_ number: Int) {
    // A re-org drops the end of the chain: those at or above this one's block go with it.
    while let last = uncredited.last, let height = open[number].height,
      open[last].height.map({ $0 >= height }) ?? true
    {
      uncredited.removeLast()
    }
    open[number].height = nil
    if open[number].creditedAt != nil { undone += 1 }
    open[number].creditedAt = nil
  }

  /// Notes that the block of a deposit is safe.
  public mutating func secure(_ number: Int, at now: SimTime) {
    if policy.credit == .safe { credit(number, at: now) }
  }

  /// Notes that the block of a deposit is final.
  public mutating func settle(_ number: Int, at now: SimTime) {
    open[number].isFinal = true
    if policy.credit == .settled { credit(number, at: now) }
  }

  /// Credits a deposit, before which all others in blocks are credited.
  private mutating func credit(_ number: Int, at now: SimTime) {
    precondition(uncredited.head == number, "a deposit is credited out of turn")
    uncredited.removeFirst()
    open[number].creditedAt = now
  }

  /// Credits what has enough blocks on top when the chain is at `height`.
  public mutating func credit(at height: Int, _ now: SimTime) {
    guard policy.credit == .confirmations else { return }
    while let number = uncredited.head, let own = open[number].height,
      height - own >= policy.confirmations
    {
      uncredited.removeFirst()
      open[number].creditedAt = now
    }
  }

  /// Forgets deposits that are credited for good, in the order of sending.
  ///
  /// - Parameter done: takes when each was sent and credited.
  public mutating func forgetDone(_ done: (_ submittedAt: SimTime, _ creditedAt: SimTime) -> Void) {
    while let head = open.head, head.isFinal, let creditedAt = head.creditedAt {
      done(head.submittedAt, creditedAt)
      open.removeFirst()
    }
  }
}

extension Deposits: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Deposits { Deposits(copying: self, draws) }

  private init(copying other: borrowing Deposits, _ draws: Draws) {
    undone = other.undone
    policy = other.policy
    rollup = other.rollup
    end = other.end
    open = other.open
    uncredited = other.uncredited
    stream = other.stream.copy(drawing: draws)
  }
}
