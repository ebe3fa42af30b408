import EventKernel
import Randomness
import RareEvents

/// Slots that stay empty, and how many of them in a row.
struct MissedSlots: RareEventModel, ~Copyable {
  enum Event: SimulationEvent {
    case slot
    var phase: UInt8 { 0 }
    var code: UInt64 { 0 }
  }

  let share: Double
  var stream: RandomStream
  var run = 0

  var importance: Double { Double(run) }
  var isOver: Bool { false }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    run = stream.bernoulli(share) ? run + 1 : 0
    scheduler.schedule(.slot, after: .seconds(12))
  }

  func copy(drawing draws: Draws) -> MissedSlots {
    MissedSlots(share: share, stream: stream.copy(drawing: draws), run: run)
  }

  static func start(share: Double, seed: UInt64, replication: UInt64) -> Simulation<MissedSlots> {
    var simulation = Simulation(
      MissedSlots(
        share: share,
        stream: RandomStream(seed: seed, replication: replication, name: "missed_slots")),
      capacity: 4)
    simulation.scheduler.schedule(.slot, after: .seconds(12))
    return simulation
  }
}
