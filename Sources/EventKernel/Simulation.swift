/// A model and its scheduler.
@frozen
public struct Simulation<Model: EventHandling & ~Copyable>: ~Copyable {
  /// The state that events change.
  public var model: Model
  /// The clock and the pending events.
  public var scheduler: Scheduler<Model.Event>

  /// A simulation of `model` at the start of time, with nothing scheduled.
  @inlinable
  public init(_ model: consuming Model, capacity: Int = 64, tieOrder: TieOrder = .scheduling) {
    self.model = model
    scheduler = Scheduler(capacity: capacity, tieOrder: tieOrder)
  }

  /// A simulation of `model` that goes on from where `scheduler` stands.
  @inlinable
  public init(_ model: consuming Model, continuing scheduler: consuming Scheduler<Model.Event>) {
    self.model = model
    self.scheduler = scheduler
  }

  /// Executes events in order through `horizon` (inclusive), or until none is left.
  ///
  /// The clock stays at the last executed event.
  @inlinable
  public mutating func run(through horizon: SimTime = .distantFuture) {
    while let event = scheduler.next(through: horizon) { model.handle(event, &scheduler) }
  }

  /// Executes at most `limit` events in order.
  @inlinable
  public mutating func run(events limit: UInt64) {
    for _ in 0..<limit {
      guard let event = scheduler.next(through: .distantFuture) else { return }
      model.handle(event, &scheduler)
    }
  }

  /// Executes events in order through `horizon` (inclusive) as long as `isFinished` does not hold
  /// and any is left.
  @inlinable
  public mutating func run(through horizon: SimTime, until isFinished: (borrowing Model) -> Bool) {
    while !isFinished(model), let event = scheduler.next(through: horizon) {
      model.handle(event, &scheduler)
    }
  }
}
