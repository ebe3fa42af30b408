import EventKernel
import Ledger
import Randomness

/// What fast exits schedule for themselves.
public enum FastExitEvent: BitwiseCopyable, Sendable {
  /// A user withdraws.
  case due
  /// A user of a run withdraws, by his place among those.
  case ofRun(user: UInt32)
  /// A provider pays out the withdrawal with this number.
  case pays(UInt32)
}

/// An event type that can carry the events of fast exits.
public protocol CarriesFastExitEvents: SimulationEvent {
  /// Wraps an event of a rollup's fast exits.
  static func fastExit(_ event: FastExitEvent, of rollup: RollupID) -> Self
}

/// Withdrawals of coins, and providers who pay them out before the bridge does.
///
/// Who withdraws asks what a fast exit costs, and takes it if his waiting would cost more and providers have so much
/// left. They pay by a transaction of their own once they are sure enough, and have it back when the claim that covers
/// the withdrawal pays out for good, with whatever disputes and re-orgs come between: so long their capital is lent.
/// What they pay for a withdrawal of a state that does not exist is lost when the claim that says so is rejected.
public struct FastExits: ~Copyable {
  /// What the scenario says about them.
  public let policy: Policy
  /// What the run remembers of them.
  public internal(set) var record: FastExitRecord
  /// What providers have.
  public internal(set) var pool: LiquidityPool
  let rollup: RollupID
  /// Those that are not done, in the order of asking.
  var open = BatchedRequests<FastExitRequest>()
  /// Wrong claims by which an adversary has withdrawn.
  var fakedClaims: Set<Int> = []
  private let end: SimTime
  /// How long users expect to wait for the bridge: as those did of the last claim that has paid out, and before the first
  /// as its rules say.
  var expectedWait: SimDuration
  /// How long they expect to wait for a provider: as the last whom one has paid, and before the first not at all.
  var expectedPayment = SimDuration.zero
  private let tip: UInt64
  /// What the next settlement block charges [wei per gas].
  private var baseFee: UInt64 = 0
  /// When the users of a run act, the earliest first.
  private var run: [SimTime] = []
  private var arrivalStream: RandomStream
  private var userStream: RandomStream
  private var runStream: RandomStream
  var providerStream: RandomStream

  /// - Parameters:
  ///   - window: in which withdrawals are measured; none comes after it.
  ///   - expectedWait: how long a withdrawal waits for the bridge by its rules.
  ///   - tip: what providers pay to proposers [wei per gas].
  public init(
    _ policy: Policy, of rollup: RollupID, window: Range<SimTime>, expectedWait: SimDuration,
    tip: UInt64, _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    self.expectedWait = expectedWait
    self.tip = tip
    end = window.upperBound
    pool = LiquidityPool(coins: policy.capital)
    record = FastExitRecord(window: window, capital: pool.capital)
    arrivalStream = streams.stream("fast_exits")
    userStream = streams.stream("fast_exits.users")
    runStream = streams.stream("fast_exits.run")
    providerStream = streams.stream("fast_exits.providers")
  }

  /// Whether every withdrawal is paid for good.
  public var areDone: Bool { open.isEmpty }

  /// Whether a provider's transaction is in no final block.
  public var isPaymentUnderway: Bool { open.indices.contains { open[$0].isUnderway } }

  /// Whether one waits for a batch, or for a claim.
  public var awaitClaims: Bool { open.awaitClaims }

  /// Whether nothing is lent once all is paid, and what is lost is known to be.
  public var isConserved: Bool {
    !open.isEmpty || pool.lent == .zero && record.lostInAll == pool.lost
  }

  // MARK: Users

  /// Schedules the first withdrawals.
  public mutating func start<E: CarriesFastExitEvents>(_ scheduler: inout Scheduler<E>) {
    scheduleNext(&scheduler)
    guard policy.runUsers > 0 else { return }
    let begins = SimTime.start + SimDuration(drawn: policy.runAt.sample(&runStream))
    run = (0..<policy.runUsers).map { _ in
      begins + SimDuration(drawn: policy.runHesitation.sample(&runStream))
    }.sorted()
    scheduleOfRun(0, &scheduler)
  }

  private mutating func scheduleNext<E: CarriesFastExitEvents>(_ scheduler: inout Scheduler<E>) {
    guard policy.rate > 0 else { return }
    let wait = SimDuration(drawn: arrivalStream.exponential(mean: 1 / policy.rate))
    guard scheduler.now + wait < end else { return }
    scheduler.schedule(.fastExit(.due, of: rollup), after: wait)
  }

  private mutating func scheduleOfRun<E: CarriesFastExitEvents>(
    _ user: Int, _ scheduler: inout Scheduler<E>
  ) {
    guard user < run.count, run[user] < end else { return }
    scheduler.schedule(.fastExit(.ofRun(user: UInt32(user)), of: rollup), at: run[user])
  }

  /// A user withdraws, and the next one is scheduled.
  ///
  /// - Parameter softAt: when a block has it.
  public mutating func ask<E: CarriesFastExitEvents>(
    _ event: FastExitEvent, softAt: SimTime, _ scheduler: inout Scheduler<E>
  ) {
    var isOfRun = false
    if case .ofRun(let user) = event {
      isOfRun = true
      scheduleOfRun(Int(user) + 1, &scheduler)
    } else {
      scheduleNext(&scheduler)
    }
    let now = scheduler.now
    var request =
      isOfRun
      ? FastExitRequest(policy, softAt: softAt, at: now, &runStream)
      : FastExitRequest(policy, softAt: softAt, at: now, &userStream)
    if policy.hasProviders { decide(&request, at: now) }
    record.ask(request)
    let number = open.append(request)
    if policy.paysAfter == .soft { schedulePayment(of: number, from: softAt, &scheduler) }
  }

  /// A user takes a fast exit if it costs less than the time that it saves, and providers have so much left.
  private mutating func decide(_ request: inout FastExitRequest, at now: SimTime) {
    let fee = quote(request.amount)
    let saved = max(.zero, expectedWait - expectedPayment).seconds / SimDuration.secondsOfYear
    guard fee < request.amount, fee <= request.amount.scaled(by: request.impatience * saved) else {
      return record.tooDear(at: now)
    }
    guard pool.lend(request.amount) else { return record.refuse(at: now) }
    request.way = .fast
    request.fee = fee
    record.note(pool, at: now)
  }

  /// What a fast exit costs now: what the loan does, and the gas at the price of the next block.
  private func quote(_ amount: Wei) -> Wei {
    let share = policy.fee.share(
      from: pool.utilisation, to: pool.utilisation(with: amount))
    return amount.scaled(by: share) + Wei(gas: policy.gas, price: baseFee + tip)
  }

  /// Takes note of what the next settlement block charges [wei per gas].
  public mutating func observe(baseFee: UInt64) { self.baseFee = baseFee }

  /// An adversary withdraws by a claim that is wrong, from whoever pays what is claimed.
  public mutating func askFake<E: CarriesFastExitEvents>(
    byClaim claim: Int, _ scheduler: inout Scheduler<E>
  ) {
    guard policy.fakeAmount > 0, policy.hasProviders, policy.paysAfter == .claimed,
      !fakedClaims.contains(claim)
    else { return }
    let amount = min(Wei(coins: policy.fakeAmount), pool.free)
    let fee = quote(amount)
    guard fee < amount, pool.lend(amount) else { return }
    let now = scheduler.now
    record.note(pool, at: now)
    var request = FastExitRequest(submittedAt: now, softAt: now, amount: amount)
    request.way = .fast
    request.fee = fee
    request.fakeClaim = claim
    fakedClaims.insert(claim)
    let number = open.append(request)
    schedulePayment(of: number, from: now, &scheduler)
  }

  // MARK: Blocks and batches of the rollup

  /// A block is sealed.
  public mutating func seal(at now: SimTime) { open.seal(at: now) }

  /// A batch is closed that has all blocks so far.
  public mutating func close(batch: Int) { open.close(batch: batch) }

  /// Claims cover the batches before this one.
  public mutating func claim(through batch: Int) { open.claim(through: batch) }

  mutating func schedulePayment<E: CarriesFastExitEvents>(
    of number: Int, from instant: SimTime, _ scheduler: inout Scheduler<E>
  ) {
    guard open[number].way == .fast, !open[number].isScheduled else { return }
    open[number].isScheduled = true
    let delay = SimDuration(drawn: policy.delay.sample(&providerStream))
    scheduler.schedule(
      .fastExit(.pays(UInt32(number)), of: rollup), at: max(instant, scheduler.now) + delay)
  }
}

extension FastExits: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> FastExits { FastExits(copying: self, draws) }

  private init(copying other: borrowing FastExits, _ draws: Draws) {
    policy = other.policy
    record = other.record
    pool = other.pool
    rollup = other.rollup
    open = other.open
    fakedClaims = other.fakedClaims
    end = other.end
    expectedWait = other.expectedWait
    expectedPayment = other.expectedPayment
    tip = other.tip
    baseFee = other.baseFee
    run = other.run
    arrivalStream = other.arrivalStream.copy(drawing: draws)
    userStream = other.userStream.copy(drawing: draws)
    runStream = other.runStream.copy(drawing: draws)
    providerStream = other.providerStream.copy(drawing: draws)
  }
}
