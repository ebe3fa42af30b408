import EventKernel

/// What the proposer schedules for itself.
public enum StateProposerEvent: BitwiseCopyable, Sendable {
  /// It is time for a claim.
  case due
}

/// An event type that can carry the proposer's events.
public protocol CarriesStateProposerEvents: SimulationEvent {
  /// Wraps an event of the proposer.
  static func stateProposer(_ event: StateProposerEvent) -> Self
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
  private var firstUnclaimed = 0

  /// A proposer that has claimed nothing.
  public init(_ policy: Policy) { self.policy = policy }

  /// Schedules the first claim.
  public func start<E: CarriesStateProposerEvents>(
    after delay: SimDuration, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(.stateProposer(.due), after: delay)
  }

  /// The batches to claim now, given that those before `firstNotIncluded` are on the settlement
  /// chain; nil if there are none.
  public mutating func handle<E: CarriesStateProposerEvents>(
    _ event: StateProposerEvent, firstNotIncluded: Int, _ scheduler: inout Scheduler<E>
  ) -> Range<Int>? {
    scheduler.schedule(.stateProposer(.due), after: policy.interval)
    guard firstUnclaimed < firstNotIncluded else { return nil }
    defer { firstUnclaimed = firstNotIncluded }
    return firstUnclaimed..<firstNotIncluded
  }
}
