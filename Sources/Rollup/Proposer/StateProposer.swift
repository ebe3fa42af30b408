import EventKernel
import Ledger
import Randomness

/// What the proposer schedules for itself.
public enum StateProposerEvent: BitwiseCopyable, Sendable {
  /// It is time for a claim.
  case due
}

/// An event type that can carry the proposer's events.
public protocol CarriesStateProposerEvents: SimulationEvent {
  /// Wraps an event of a rollup's proposer.
  static func stateProposer(_ event: StateProposerEvent, of rollup: RollupID) -> Self
}

/// Claims the state of an optimistic rollup at a fixed interval.
///
/// A claim (assertion, output root) covers every batch whose data is in a settlement block and that
/// no earlier claim covers; without any there is no claim.
public struct StateProposer: ~Copyable {
  /// What a scenario says about the proposer.
  public struct Policy: Hashable, Sendable {
    /// Time between claims.
    public var interval: SimDuration
    /// Settlement gas of a claim.
    public var claimGas: UInt64

    /// Creates a policy.
    public init(interval: SimDuration, claimGas: UInt64) {
      self.interval = interval
      self.claimGas = claimGas
    }
  }

  /// What the scenario says about the proposer.
  public let policy: Policy
  private let rollup: RollupID
  private var firstUnclaimed = 0

  /// A proposer that has claimed nothing.
  public init(_ policy: Policy, of rollup: RollupID) {
    self.policy = policy
    self.rollup = rollup
  }

  /// Schedules the first claim.
  public func start<E: CarriesStateProposerEvents>(
    after delay: SimDuration, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(.stateProposer(.due, of: rollup), after: delay)
  }

  /// The batches to claim now, given that those before `firstNotIncluded` are on the settlement
  /// chain; nil if there are none.
  public mutating func handle<E: CarriesStateProposerEvents>(
    _ event: StateProposerEvent, firstNotIncluded: Int, _ scheduler: inout Scheduler<E>
  ) -> Range<Int>? {
    scheduler.schedule(.stateProposer(.due, of: rollup), after: policy.interval)
    guard firstUnclaimed < firstNotIncluded else { return nil }
    defer { firstUnclaimed = firstNotIncluded }
    return firstUnclaimed..<firstNotIncluded
  }
}

extension StateProposer: Splittable {
  /// A copy in the same state: it draws nothing.
  public func copy(drawing draws: Draws) -> StateProposer { StateProposer(copying: self) }

  private init(copying other: borrowing StateProposer) {
    policy = other.policy
    rollup = other.rollup
    firstUnclaimed = other.firstUnclaimed
  }
}
