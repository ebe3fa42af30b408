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
  /// Time from a claim's inclusion to its maturity.
  private let delay: SimDuration

  /// A bridge that has seen no claim.
  public init(delay: SimDuration) { self.delay = delay }

  /// When a claim matures that was included at `instant`.
  public func maturity(ofClaimIncludedAt instant: SimTime) -> SimTime { instant + delay }

  /// Starts the delay of a claim that was just included.
  public func claimIncluded<E: CarriesBridgeEvents>(
    _ claim: Int, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(.bridge(.matured(claim: UInt32(claim))), after: delay)
  }
}
