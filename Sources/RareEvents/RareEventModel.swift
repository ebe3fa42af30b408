import EventKernel
import Randomness

/// A model in which something rare can happen.
///
/// The event happens when the importance reaches the top level. The importance of a state should rise
/// with the probability that the event still happens from there: the estimate is unbiased whatever it
/// is, but good only if it does.
public protocol RareEventModel: EventHandling, Splittable, SendableMetatype, ~Copyable {
  /// How near the state is to the event, in the unit of the levels.
  ///
  /// It may jump over levels, and fall.
  var importance: Double { get }

  /// Whether the run is over, so that the event can no longer happen.
  var isOver: Bool { get }
}

extension Simulation: Splittable where Model: Splittable & ~Copyable {
  /// A simulation in the same state: what is pending fires in the copy as in the original.
  @inlinable
  public func copy(drawing draws: Draws) -> Simulation {
    Simulation(model.copy(drawing: draws), continuing: scheduler.copy())
  }
}

extension Simulation where Model: RareEventModel & ~Copyable {
  /// Executes events until the importance is at least `level` or the run is over.
  ///
  /// A run is over when the model says so, when no event is left, and after `horizon`.
  ///
  /// - Returns: whether the level was reached.
  @inlinable
  mutating func run(toLevel level: Double, through horizon: SimTime) -> Bool {
    run(through: horizon) { $0.importance >= level || $0.isOver }
    return model.importance >= level
  }
}
