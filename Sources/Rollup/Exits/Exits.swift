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
  public internal(set) var record = ExitRecord()
  /// Whether the rollup is frozen.
  public private(set) var isFrozen = false
  private let rollup: RollupID
  private let usdPerEther: Double
  private let beginsAt: SimTime
  var crowd = ExitCrowd()
  var withdrawals = WithdrawalQueue()
  private(set) var hasBegun = false
  /// Whether a block has taken what is still there.
  var isStruck = false
  /// The block with the request; nil before and while a re-org has dropped it.
  private var requestedIn: BlockPlace?
  /// Since when users can leave; nil before.
  private var openedAt: SimTime?
  private var freezeIsSent = false
  /// Exits that reverted in blocks that are not final: whose, and when.
  private var reverted: [(user: Int, block: SimTime)] = []
  /// Exits in blocks that are not final.
  private var unsettled = 0
  private(set) var isOver: Bool
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
    isOver = !policy.happens || policy.trigger == .upgrade
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
    if policy.happens, policy.trigger == .time {
      scheduler.schedule(.exits(.begins, of: rollup), at: beginsAt)
    }
  }

  /// Moves on by one event.
  ///
  /// - Returns: what somebody has to send.
  public mutating func handle(_ event: ExitEvent, at now: SimTime) -> Step? {
    switch event {
    case .begins: return begin(at: now)
    case .overdue(let height):
      return requestedIn?.height == Int(height) ? freeze() : nil
    }
  }

  /// Users hesitate from now on.
  mutating func begin(at now: SimTime) -> Step? {
    hasBegun = true
    isOver = false
    crowd.gather(policy, from: now, usdPerEther: usdPerEther, &stream)
    record.begin(
      at: now, keepingTimes: policy.followsUpgrades, users: crowd.users.lazy.map(\.balance))
    guard policy.rule != .escape else { return .request }
    open(at: now)
    return nil
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
    guard !isOver, !isStruck, let openedAt, isFrozen || policy.rule != .escape else { return [] }
    // Who withdraws as ever waits for the bridge, and proves nothing himself.
    if policy.rule != .withdrawal { crowd.advance(to: now, provable: provable) }
    record.note(baseFee: baseFee)
    let room = Int(gasLimit / policy.gas)
    let most = policy.perBlock > 0 ? min(room, policy.perBlock) : room
    return crowd.offer(most, atFee: baseFee).map { user in
      let feeCap = crowd.users[user].feeCap
      return Bidder(
        user: user, feeCap: feeCap, tip: UInt64(Double(feeCap) * policy.tipShare),
        since: max(openedAt, withdrawals.release(of: user) ?? crowd.users[user].actsAt))
    }
  }

  /// A block has let a user out, unless a re-org has taken back that the bridge does.
  public mutating func letOut(_ user: Int, in block: SimTime) {
    unsettled += 1
    guard policy.rule != .withdrawal || withdrawals.release(of: user) != nil else {
      return reverted.append((user, block))
    }
    crowd.letOut(user)
  }

  /// A re-org has dropped that block.
  public mutating func takeBack(_ user: Int) {
    unsettled -= 1
    if let place = reverted.firstIndex(where: { $0.user == user }) {
      reverted.remove(at: place)
    } else {
      crowd.takeBack(user)
    }
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
    if let place = reverted.firstIndex(where: { $0 == (user, block) }) {
      reverted.remove(at: place)
      return
    }
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
    end()
  }

  /// Who has not left is left behind.
  mutating func end() {
    guard !isOver else { return }
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
    withdrawals = other.withdrawals
    hasBegun = other.hasBegun
    isStruck = other.isStruck
    requestedIn = other.requestedIn
    openedAt = other.openedAt
    freezeIsSent = other.freezeIsSent
    reverted = other.reverted
    unsettled = other.unsettled
    isOver = other.isOver
    stream = other.stream.copy(drawing: draws)
    serviceStream = other.serviceStream.copy(drawing: draws)
  }
}
