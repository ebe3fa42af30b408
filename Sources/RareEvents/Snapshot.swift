import EventKernel

/// A simulation at the moment when it reached a level.
///
/// A class, because an array cannot hold what cannot be copied.
@usableFromInline
final class Snapshot<Model: RareEventModel & ~Copyable> {
  @usableFromInline let simulation: Simulation<Model>

  @inlinable
  init(_ simulation: consuming Simulation<Model>) { self.simulation = simulation }

  /// Runs `count` paths and keeps those that reach `level`.
  ///
  /// - Parameter events: grows by the events that were executed.
  @inlinable
  static func reaching(
    _ level: Double, _ horizon: SimTime, of count: Int, _ events: inout UInt64,
    path: (_ trial: Int) -> Simulation<Model>
  ) -> [Snapshot] {
    var reached: [Snapshot] = []
    for trial in 0..<count {
      var simulation = path(trial)
      let before = simulation.scheduler.executed
      let hasReached = simulation.run(toLevel: level, through: horizon)
      events += simulation.scheduler.executed - before
      if hasReached { reached.append(Snapshot(simulation)) }
    }
    return reached
  }
}

extension Array {
  /// The element at which path `trial` of `trials` starts, so that each starts as many as any other,
  /// or one more: systematic resampling (Kitagawa 1996).
  ///
  /// - Parameter offset: below the count; over all offsets each element starts the same number, which
  ///   is all that an unbiased estimate needs.
  @inlinable
  subscript(evenly trial: Int, of trials: Int, offset: Int) -> Element {
    self[(trial * count + offset) / trials]
  }
}
