import EventKernel

/// Something that looks at a world after each event, and changes nothing.
package protocol WorldWatching {
  /// Whether it has seen enough, so that the run need not go on.
  var hasSeenEnough: Bool { get }

  /// Looks at a world before its first event.
  mutating func begin(with world: borrowing World)

  /// Looks at what one event changed.
  mutating func note(_ event: WorldEvent, in world: borrowing World, at now: SimTime)
}

/// A world with a watcher beside it: the same events in the same order as without.
private struct WatchedWorld<Watcher: WorldWatching>: EventHandling, ~Copyable {
  var world: World
  var watcher: Watcher

  mutating func handle(_ event: WorldEvent, _ scheduler: inout Scheduler<WorldEvent>) {
    world.handle(event, &scheduler)
    watcher.note(event, in: world, at: scheduler.now)
  }
}

extension ValidScenario {
  /// Runs one replication as `run` does, with a watcher beside it, and all transactions drawn one by one.
  ///
  /// - Parameter end: the run goes no further than this.
  /// - Returns: the watcher, the last instant, and the result or why there is none; nil for a run that
  ///   was ended before its end.
  package func watch<Watcher: WorldWatching>(
    seed: UInt64, replication: UInt64, through end: SimTime, by watcher: Watcher
  ) -> (watcher: Watcher, endedAt: SimTime, outcome: Result<RunResult, RunFailure>?) {
    let world = World(self, seed: seed, replication: replication, isIndividual: true)
    var simulation = Simulation(WatchedWorld(world: world, watcher: watcher))
    simulation.model.world.start(&simulation.scheduler)
    simulation.model.watcher.begin(with: simulation.model.world)
    let horizon = simulation.model.world.measured.upperBound
    simulation.run(through: min(horizon, end)) { $0.world.cannotGoOn || $0.watcher.hasSeenEnough }
    if end > horizon {
      simulation.model.world.beginCoolDown(at: simulation.scheduler.now)
      simulation.run(through: min(horizon + scenario.coolDown, end)) {
        $0.world.isFinished || $0.world.cannotGoOn || $0.watcher.hasSeenEnough
      }
    }
    let now = simulation.scheduler.now
    let isWhole =
      simulation.model.world.isFinished || simulation.model.world.cannotGoOn
      || end >= horizon + scenario.coolDown
    guard isWhole, !simulation.model.watcher.hasSeenEnough else {
      return (simulation.model.watcher, now, nil)
    }
    do throws(RunFailure) {
      try simulation.model.world.checkGoesOn(at: now)
      let result = try simulation.model.world.result(
        shape, events: simulation.scheduler.executed, at: now,
        fingerprint: simulation.scheduler.fingerprint)
      return (simulation.model.watcher, now, .success(result))
    } catch {
      return (simulation.model.watcher, now, .failure(error))
    }
  }
}
