/// Something that happens at an instant and changes the state of a model.
///
/// An event is a small closed enum (at most 24 bytes inline); bulky data stays in the model and is
/// named by an identifier.
public protocol SimulationEvent: BitwiseCopyable, Sendable {
  /// Rank among the events of one instant; lower runs first. A property of the kind of event.
  var phase: UInt8 { get }

  /// The kind of event and its subject in one number: what the trajectory fingerprint sees.
  var code: UInt64 { get }
}

/// A model that events act on.
public protocol EventHandling: ~Copyable {
  /// What can happen to the model.
  associatedtype Event: SimulationEvent

  /// Applies one event at `scheduler.now` and schedules what follows from it.
  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>)
}
