import EventKernel

/// What the settlement chain schedules for itself.
public enum SettlementEvent: BitwiseCopyable, Sendable {
  /// A slot begins.
  case slot
}

/// An event type that can carry the settlement chain's events.
public protocol CarriesSettlementEvents: SimulationEvent {
  /// Wraps an event of the settlement chain.
  static func settlement(_ event: SettlementEvent) -> Self
}
