import EventKernel
import Ledger
import Randomness

/// What exits schedule for themselves.
public enum ExitEvent: BitwiseCopyable, Sendable {
  /// The operator serves no withdrawal from now on.
  case begins
  /// A request that stood in the block at this height is not served in time.
  case overdue(height: UInt32)
}

/// An event type that can carry the events of exits.
public protocol CarriesExitEvents: SimulationEvent {
  /// Wraps an event of a rollup's exits.
  static func exits(_ event: ExitEvent, of rollup: RollupID) -> Self
}

/// Users who leave a rollup without its operator, all at once.
///
/// Where the contract lets them escape, one of them asks for his balance; if that is not served in time anybody
/// freezes the rollup, and everybody takes what he has by a transaction of his own. They bid against each other for
/// the room of blocks, by what their balances are worth to them: who has little waits for low fees, and may be left
/// behind.
///
/// The rules are those of StarkEx (`FREEZE_GRACE_PERIOD`, `MFreezable`, `Escapes.sol`), zkSync Lite
/// (`PRIORITY_EXPIRATION`, `activateExodusMode`, `performExodus`) and Loopring
/// (`MAX_AGE_FORCED_REQUEST_UNTIL_WITHDRAW_MODE`, `notifyForcedRequestTooOld`, `withdrawFromMerkleTree`): all three
/// wait for one request and then let each balance out by itself. A rollup that is frozen takes nothing more from its
/// operator.
public struct Exits: ~Copyable {
  /// A transaction that somebody has to send.
  public enum Step: Sendable {
    /// The request that is not served.
    case request
    /// The one that freezes the rollup.
    case freeze
  }

  /// One who offers to pay for the next block.
  public struct Bidder: Sendable {
    /// His number.
    public let user: Int
    /// Most that he pays per gas [wei].
    public let feeCap: UInt64
    /// Of it to the proposer [wei].
    public let tip: UInt64
    /// Since when he has wanted to and could.
    public let since: SimTime
  }

  /// What the scenario says about them.
  public let policy: Policy
  /// What the run remembers of them.
  public private(set) var record = ExitRecord()
  /// Whether the rollup is frozen.
  public private(set) var isFrozen = false
  private let rollup: RollupID
  private let usdPerEther: Double
  private let beginsAt: SimTime
  private var crowd = ExitCrowd()
  /// The block with the request; nil before and while a re-org has dropped it.
  private var requestedIn: BlockPlace?
  /// Since when users can leave; nil before.
  private var openedAt: SimTime?
  private var freezeIsSent = false
  /// Exits in blocks that are not final.
  private var unsettled = 0
  private var isOver: Bool
  private var stream: RandomStream
  private var serviceStream: RandomStream

  /// - Parameter usdPerEther: price of the settlement chain's coin [USD].
  public init(
    _ policy: Policy, of rollup: RollupID, usdPerEther: Double, _ streams: StreamSource
  ) {
    self.policy = policy
    self.rollup = rollup
    self.usdPerEther = usdPerEther
    stream = streams.stream("exits")
    serviceStream = streams.stream("exits.service")
    isOver = !policy.happens
    beginsAt =
      policy.happens ? .start + SimDuration(drawn: policy.at.sample(&stream)) : .distantFuture
  }

  /// Whether users leave and it is not over.
  ///
  /// Asked for in each slot, and mutating since the compiler would copy all of it for what only reads it.
  public var isGoingOn: Bool {
    mutating get { !isOver && crowd.users.count > 0 }
  }

  /// Whether nothing more happens.
  public var areDone: Bool { isOver && unsettled == 0 }

  /// Whether everybody is somewhere.
  public var isConserved: Bool { crowd.isConserved }

  /// What they wait for who cannot leave.
  public var whatWaits: String {
    if openedAt != nil { return "exits are not over before exits.patience" }
    return requestedIn == nil
      ? "users who leave wait for exits.at" : "users who leave wait for exits.grace"
  }

  /// Schedules what happens first.
  public mutating func start<E: CarriesExitEvents>(_ scheduler: inout Scheduler<E>) {
    if policy.happens { scheduler.schedule(.exits(.begins, of: rollup), at: beginsAt) }
  }

  /// Moves on by one event.
  ///
  /// - Returns: what somebody has to send.
  public mutating func handle(_ event: ExitEvent, at now: SimTime) -> Step? {
    switch event {
    case .begins:
      crowd.gather(policy, from: now, usdPerEther: usdPerEther, &stream)
      record.begin(at: now, users: crowd.users.lazy.map(\.balance))
      guard policy.rule == .forced else { return .request }
      open(at: now)
      return nil
    case .overdue(let height):
      return requestedIn?.height == Int(height) ? freeze() : nil
    }
  }

  private mutating func freeze() -> Step? {
    guard !freezeIsSent else { return nil }
    freezeIsSent = true
    return .freeze
  }

  private mutating func open(at now: SimTime) {
    guard openedAt == nil else { return }
    openedAt = now
    record.open(at: now)
  }

  // MARK: Blocks

  /// A block has the request that is not served.
  public mutating func includeRequest<E: CarriesExitEvents>(
    in block: BlockPlace, _ scheduler: inout Scheduler<E>
  ) {
    requestedIn = block
    guard policy.graceBlocks == 0 else { return }
    scheduler.schedule(
      .exits(.overdue(height: UInt32(block.height)), of: rollup), at: block.time + policy.grace)
  }

  /// A re-org has dropped the block with the request.
  public mutating func dropRequest() { requestedIn = nil }

  /// A block has frozen the rollup.
  public mutating func includeFreeze(at now: SimTime) {
    isFrozen = true
    open(at: now)
  }

  /// A re-org has dropped that block.
  public mutating func dropFreeze() { isFrozen = false }

  /// Who offers to pay for the next block, the highest bid first.
  ///
  /// - Parameters:
  ///   - baseFee: of that block [wei per gas].
  ///   - gasLimit: of it.
  ///   - provable: the share of balances that can be proved.
  public mutating func bidders(
    atBaseFee baseFee: UInt64, gasLimit: UInt64, provable: Double, at now: SimTime
  ) -> [Bidder] {
    guard !isOver, let openedAt, isFrozen || policy.rule == .forced else { return [] }
    crowd.advance(to: now, provable: provable)
    record.note(baseFee: baseFee)
    let room = Int(gasLimit / policy.gas)
    let most = policy.perBlock > 0 ? min(room, policy.perBlock) : room
    return crowd.offer(most, atFee: baseFee).map { user in
      let feeCap = crowd.users[user].feeCap
      return Bidder(
        user: user, feeCap: feeCap, tip: UInt64(Double(feeCap) * policy.tipShare),
        since: max(openedAt, crowd.users[user].actsAt))
    }
  }

  /// A block has let a user out.
  public mutating func letOut(_ user: Int) {
    crowd.letOut(user)
    unsettled += 1
  }

  /// A re-org has dropped that block.
  public mutating func takeBack(_ user: Int) {
    crowd.takeBack(user)
    unsettled -= 1
  }

  /// The block that let a user out is final.
  ///
  /// - Parameters:
  ///   - block: when it was made.
  ///   - fee: what he paid.
  public mutating func settle(
    _ user: Int, since: SimTime, in block: SimTime, fee: Wei, at now: SimTime
  ) {
    unsettled -= 1
    let service =
      policy.rule == .forced
      ? SimDuration(drawn: policy.service.sample(&serviceStream)) : .zero
    record.leave(
      balance: crowd.users[user].balance, feeUSD: fee.asDouble / 1e18 * usdPerEther, since: since,
      in: block, outAt: block + service)
    endIfOver(at: now)
  }

  /// A block has been made, or a slot has passed.
  ///
  /// - Returns: what somebody has to send.
  public mutating func endBlock(at now: SimTime, height: Int) -> Step? {
    guard isGoingOn else { return nil }
    crowd.endBlock()
    endIfOver(at: now)
    guard policy.graceBlocks > 0, let requestedIn,
      height >= requestedIn.height + policy.graceBlocks
    else { return nil }
    return freeze()
  }

  private mutating func endIfOver(at now: SimTime) {
    guard !isOver, let openedAt else { return }
    let isPast = now - openedAt >= policy.patience
    guard isPast || record.left == crowd.users.count else { return }
    isOver = true
    record.end(blocked: crowd.blockedCount)
  }
}

extension Exits: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Exits { Exits(copying: self, draws) }

  private init(copying other: borrowing Exits, _ draws: Draws) {
    policy = other.policy
    record = other.record
    isFrozen = other.isFrozen
    rollup = other.rollup
    usdPerEther = other.usdPerEther
    beginsAt = other.beginsAt
    crowd = other.crowd
    requestedIn = other.requestedIn
    openedAt = other.openedAt
    freezeIsSent = other.freezeIsSent
    unsettled = other.unsettled
    isOver = other.isOver
    stream = other.stream.copy(drawing: draws)
    serviceStream = other.serviceStream.copy(drawing: draws)
  }
}
