import Declarations
import EventKernel
import Ledger
import Randomness

/// What the bridge schedules for itself.
public enum BridgeEvent: BitwiseCopyable, Sendable {
  /// The claim's challenge window or execution delay has passed.
  case matured(claim: UInt32)
  /// What a withdrawal waits for after the claim has taken effect may have passed.
  case released(claim: UInt32)
}

/// An event type that can carry the bridge's events.
public protocol CarriesBridgeEvents: SimulationEvent {
  /// Wraps an event of a rollup's bridge.
  static func bridge(_ event: BridgeEvent, of rollup: RollupID) -> Self
}

/// Pays withdrawals once the claim that covers them has matured, and whatever follows has passed.
///
/// The delay runs from the block of the host that includes the step which the contract counts from.
/// It is a length of time, or a number of the host's blocks.
public struct Bridge: ~Copyable {
  /// What a scenario says about the bridge.
  public struct Policy: Hashable, Sendable {
    /// Time in which a claim of an optimistic rollup can be disputed.
    public var challengeWindow: SimDuration
    /// Time that a validity rollup waits before a proof takes effect.
    public var executionDelay: SimDuration
    /// Blocks of the host in which a claim can be disputed, instead of a time; 0 for a time.
    public var challengeBlocks: Int
    /// Whether a proof of what is claimed ends the window.
    public var earlyProof = false
    /// What confirms or resolves a claim that nobody has disputed takes on the host [gas].
    public var resolveGas: UInt64 = 100_000
    /// How much longer than the contract the operator waits before it executes.
    public var executionMargin = SimDuration.zero
    /// Time from the effect of a claim to the payment of withdrawals that it covers.
    public var airGap = SimDuration.zero
    /// What a user's transaction takes that proves a withdrawal to be in a claim [gas]; 0 where none is
    /// needed.
    public var proveGas: UInt64 = 0
    /// Time from that transaction to the payment.
    public var proveDelay = SimDuration.zero
    /// What a user's transaction takes that takes a withdrawal [gas]; 0 where it is paid without one.
    public var exitGas: UInt64 = 0

    /// Whether a withdrawal waits for more than the effect of its claim.
    public var delaysPayment: Bool { airGap > .zero || proveGas > 0 }

    /// A bridge with these delays, whose users need no transactions on the settlement chain.
    public init(
      challengeWindow: SimDuration, executionDelay: SimDuration, challengeBlocks: Int = 0
    ) {
      self.challengeWindow = challengeWindow
      self.executionDelay = executionDelay
      self.challengeBlocks = challengeBlocks
    }
  }

  /// A claim that waits for a block of the host.
  private struct Countdown {
    let claim: UInt32
    let height: Int
  }

  private let rollup: RollupID
  private var countdowns: [Countdown] = []

  /// A bridge that has seen no claim.
  public init(of rollup: RollupID) { self.rollup = rollup }

  /// Starts the delay of a claim, from a block of the host that is made now or was made before.
  ///
  /// - Parameters:
  ///   - delay: that of the claim.
  ///   - counted: the time and height of the block from which the delay counts.
  ///   - height: of the host, now.
  /// - Returns: whether the delay has passed already.
  public mutating func start<E: CarriesBridgeEvents>(
    _ delay: Delay, of claim: Int, from counted: BlockPlace, height: Int,
    _ scheduler: inout Scheduler<E>
  ) -> Bool {
    switch delay {
    case .time(let time):
      let end = counted.time + time
      guard end >= scheduler.now else { return true }
      scheduler.schedule(.bridge(.matured(claim: UInt32(claim)), of: rollup), at: end)
      return false
    case .blocks(let blocks):
      guard counted.height + blocks > height else { return true }
      countdowns.append(Countdown(claim: UInt32(claim), height: counted.height + blocks))
      return false
    }
  }

  /// Schedules the end of what a withdrawal waits for.
  public func release<E: CarriesBridgeEvents>(
    _ claim: Int, at instant: SimTime, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(.bridge(.released(claim: UInt32(claim)), of: rollup), at: instant)
  }

  /// Starts the delay of a claim anew whose last blocks a re-org dropped.
  ///
  /// - Parameter height: of the host, with the block that was built on what is left.
  /// - Returns: whether the delay had passed and has not any more, or again with this block.
  public mutating func restart(
    _ delay: Delay, of claim: Int, from counted: BlockPlace, height: Int
  ) -> Bool {
    guard case .blocks(let blocks) = delay, counted.height + blocks >= height else { return false }
    countdowns.append(Countdown(claim: UInt32(claim), height: counted.height + blocks))
    return true
  }

  /// The claims whose blocks have come when the host is at `height`, in the order of their start.
  public mutating func takeDue(at height: Int) -> [Int] {
    guard countdowns.contains(where: { $0.height <= height }) else { return [] }
    let due = countdowns.filter { $0.height <= height }
    countdowns.removeAll { $0.height <= height }
    return due.map { Int($0.claim) }
  }
}

/// A block of a host: when it was made, and how many were before it.
public struct BlockPlace: Hashable, Sendable {
  /// When it was made.
  public let time: SimTime
  /// Its number, as contracts are told.
  public let height: Int

  /// A block at a time and height.
  public init(time: SimTime, height: Int) {
    self.time = time
    self.height = height
  }
}

/// A delay that a contract counts.
public enum Delay: Hashable, Sendable {
  /// A length of time, by the host's clock.
  case time(SimDuration)
  /// A number of the host's blocks.
  case blocks(Int)

  /// Whether it has passed, counted from a block, when the host's block at `height` is made `now`.
  public func hasPassed(since counted: BlockPlace, at now: SimTime, height: Int) -> Bool {
    switch self {
    case .time(let time): counted.time + time <= now
    case .blocks(let blocks): counted.height + blocks <= height
    }
  }
}

extension Bridge: Splittable {
  /// A copy in the same state: it draws nothing.
  public func copy(drawing draws: Draws) -> Bridge { Bridge(copying: self) }

  private init(copying other: borrowing Bridge) {
    rollup = other.rollup
    countdowns = other.countdowns
  }
}
