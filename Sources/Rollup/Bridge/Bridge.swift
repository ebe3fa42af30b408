import EventKernel

/// What the bridge schedules for itself.
public enum BridgeEvent: BitwiseCopyable, Sendable {
  /// The claim's challenge window or execution delay has passed.
  case matured(claim: UInt32)
}

/// An event type that can carry the bridge's events.
public protocol CarriesBridgeEvents: SimulationEvent {
  /// Wraps an event of the bridge.
  static func bridge(_ event: BridgeEvent) -> Self
}

/// Pays withdrawals once the claim that covers them has matured.
///
/// The delay runs from the settlement block that includes the claim: the challenge window of an
/// optimistic rollup, the execution delay of a validity rollup.
public struct Bridge: ~Copyable {
  /// What a scenario says about the bridge.
  public struct Policy: Hashable, Sendable {
    /// Time from a claim's inclusion to its maturity.
    public var delay: SimDuration

    /// Creates a policy.
    public init(delay: SimDuration) { self.delay = delay }
  }

  /// What the scenario says about the bridge.
  public let policy: Policy

  /// A bridge that has seen no claim.
  public init(_ policy: Policy) { self.policy = policy }

  /// Starts the delay of a claim that was just included.
  public func claimIncluded<E: CarriesBridgeEvents>(
    _ claim: Int, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(.bridge(.matured(claim: UInt32(claim))), after: policy.delay)
  }
}
