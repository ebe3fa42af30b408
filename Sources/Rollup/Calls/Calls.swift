import EventKernel
import Ledger
import Randomness

/// What calls schedule for themselves.
public enum CallEvent: BitwiseCopyable, Sendable {
  /// A user calls.
  case due
  /// A provider pays the call with this number on the other rollup.
  case pays(UInt32)
  /// The other rollup executes the call with this number.
  case executes(UInt32)
  /// What came through the host for the call with this number is in a block of the other rollup.
  case arrives(UInt32)
}

/// An event type that can carry the events of calls.
public protocol CarriesCallEvents: SimulationEvent {
  /// Wraps an event of the calls of a rollup.
  static func call(_ event: CallEvent, of rollup: RollupID) -> Self
}

/// Calls from a rollup to another: two legs, the second of which is of use only while a price is as it was.
///
/// The first leg is in the next block of the caller's rollup. What it wants gets to the other rollup by one of four ways,
/// and is executed in a block there if the price has not risen by more than the caller bears; else the first leg is
/// left hanging. Where one sequencer makes blocks of both, both legs are executed at one instant or none is.
public struct Calls: ~Copyable {
  /// What the scenario says about them.
  public let policy: Policy
  /// What the run remembers of them.
  public internal(set) var record: CallRecord
  /// What providers have on the other rollup.
  public internal(set) var pool: LiquidityPool
  let rollup: RollupID
  /// Those that are not done, in the order of asking.
  var open = BatchedRequests<Call>()
  /// Those in blocks of the host that are not credited, in the order of the chain.
  var uncredited = FIFOQueue<Int>()
  /// Calls that are to be executed on the other rollup, and no earlier than when.
  public internal(set) var wanted: [Wanted] = []
  var fakedClaims: Set<Int> = []
  /// When the other rollup credits what comes from the host.
  let credit: Deposits.Policy
  var price: PricePath
  private let end: SimTime
  private var arrivalStream: RandomStream
  private var amountStream: RandomStream
  private var providerStream: RandomStream

  /// A call that waits for a block of the other rollup.
  public struct Wanted: Sendable {
    /// Its event there.
    public let event: CallEvent
    /// Before which it cannot be.
    public let from: SimTime
  }

  /// - Parameters:
  ///   - window: in which calls are measured; none comes after it.
  ///   - credit: how the other rollup takes what comes from the host.
  public init(
    _ policy: Policy, of rollup: RollupID, window: Range<SimTime>, credit: Deposits.Policy,
    _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    self.credit = credit
    end = window.upperBound
    pool = LiquidityPool(coins: policy.hasProviders ? policy.capital : 0)
    record = CallRecord(window: window)
    price = PricePath(policy.price, streams.stream("calls.price"))
    arrivalStream = streams.stream("calls")
    amountStream = streams.stream("calls.amount")
    providerStream = streams.stream("calls.providers")
  }

  /// Whether nothing more happens to any.
  public var areDone: Bool { open.isEmpty && wanted.isEmpty }

  /// Whether one waits for a batch, or for a claim.
  public var awaitClaims: Bool { policy.path != .sequencer && open.awaitClaims }

  /// Whether nothing is lent once all are done, and what is lost is known to be.
  public var isConserved: Bool {
    !open.isEmpty || pool.lent == .zero && record.lostInAll == pool.lost
  }

  // MARK: Callers

  /// Schedules the first call.
  public mutating func start<E: CarriesCallEvents>(_ scheduler: inout Scheduler<E>) {
    if policy.happens { scheduleNext(&scheduler) }
  }

  private mutating func scheduleNext<E: CarriesCallEvents>(_ scheduler: inout Scheduler<E>) {
    let wait = SimDuration(drawn: arrivalStream.exponential(mean: 1 / policy.rate))
    guard scheduler.now + wait < end else { return }
    scheduler.schedule(.call(.due, of: rollup), after: wait)
  }

  /// A user calls, and the next one is scheduled.
  ///
  /// - Parameters:
  ///   - softAt: when a block of this rollup has the first leg.
  ///   - cost: what that leg costs.
  /// - Returns: whether there is a first leg: nobody calls whom providers refuse.
  public mutating func ask<E: CarriesCallEvents>(
    softAt: SimTime, cost: Wei, _ scheduler: inout Scheduler<E>
  ) -> Bool {
    scheduleNext(&scheduler)
    let now = scheduler.now
    var call = Call(
      sentAt: now, softAt: softAt, price: price.logarithm(at: now),
      amount: Wei(coins: min(max(0, policy.amount.sample(&amountStream)), 1e9)))
    record.ask(at: now)
    if policy.path == .liquidity {
      guard let fee = borrow(call.amount, at: now) else {
        record.refuse(at: now)
        return false
      }
      call.fee = fee
    }
    // Of both legs at one instant neither is paid before.
    if policy.path != .sequencer { call.cost = cost }
    let number = open.append(call)
    switch policy.path {
    case .sequencer: wanted.append(Wanted(event: .executes(UInt32(number)), from: now))
    case .liquidity where policy.paysAfter == .soft:
      schedulePayment(of: number, from: softAt, &scheduler)
    case .liquidity, .bridge, .proof: break
    }
    return true
  }

  /// Has an amount lent.
  ///
  /// - Returns: what providers take for it; nil where they have not enough left, or it would be all of it.
  mutating func borrow(_ amount: Wei, at now: SimTime) -> Wei? {
    let share = policy.fee.share(from: pool.utilisation, to: pool.utilisation(with: amount))
    let fee = amount.scaled(by: share)
    guard fee < amount || amount == .zero, pool.lend(amount) else { return nil }
    record.note(pool, at: now)
    return fee
  }

  mutating func schedulePayment<E: CarriesCallEvents>(
    of number: Int, from instant: SimTime, _ scheduler: inout Scheduler<E>
  ) {
    guard !open[number].isScheduled else { return }
    open[number].isScheduled = true
    let delay = SimDuration(drawn: policy.delay.sample(&providerStream))
    scheduler.schedule(
      .call(.pays(UInt32(number)), of: rollup), at: max(instant, scheduler.now) + delay)
  }

  // MARK: Blocks and batches of the rollup

  /// A block is sealed.
  public mutating func seal(at now: SimTime) { open.seal(at: now) }

  /// A batch is closed that has all blocks so far.
  public mutating func close(batch: Int) { open.close(batch: batch) }

  /// Claims cover the batches before this one.
  public mutating func claim(through batch: Int) { open.claim(through: batch) }

  /// What is to be executed on the other rollup, once.
  public mutating func takeWanted() -> [Wanted] {
    defer { wanted.removeAll(keepingCapacity: true) }
    return wanted
  }
}

extension Calls: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Calls { Calls(copying: self, draws) }

  private init(copying other: borrowing Calls, _ draws: Draws) {
    policy = other.policy
    record = other.record
    pool = other.pool
    rollup = other.rollup
    open = other.open
    uncredited = other.uncredited
    wanted = other.wanted
    fakedClaims = other.fakedClaims
    credit = other.credit
    price = other.price.copy(drawing: draws)
    end = other.end
    arrivalStream = other.arrivalStream.copy(drawing: draws)
    amountStream = other.amountStream.copy(drawing: draws)
    providerStream = other.providerStream.copy(drawing: draws)
  }
}
