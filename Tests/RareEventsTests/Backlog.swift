import EventKernel
import Randomness
import RareEvents
import Worlds

/// A whole world, and how many settlement transactions of its rollups wait.
struct Backlog: RareEventModel, ~Copyable {
  var world: World

  var importance: Double { Double(world.settlement.pendingCount) }
  var isOver: Bool { false }

  mutating func handle(_ event: WorldEvent, _ scheduler: inout Scheduler<WorldEvent>) {
    world.handle(event, &scheduler)
  }

  func copy(drawing draws: Draws) -> Backlog { Backlog(world: world.copy(drawing: draws)) }

  static func start(
    _ scenario: ValidScenario, seed: UInt64, replication: UInt64
  ) -> Simulation<Backlog> {
    var simulation = Simulation(
      Backlog(world: World(scenario, seed: seed, replication: replication)))
    simulation.model.world.start(&simulation.scheduler)
    return simulation
  }
}
