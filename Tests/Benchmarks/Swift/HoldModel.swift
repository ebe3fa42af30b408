import EventKernel
import Randomness

/// The hold model: every event reschedules itself after an exponential delay of one second.
struct HoldModel: EventHandling, ~Copyable {
  struct Event: SimulationEvent {
    let index: UInt32
    var phase: UInt8 { 0 }
    var code: UInt64 { UInt64(index) }
  }

  var stream: RandomStream

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    scheduler.schedule(event, after: delay())
  }

  mutating func delay() -> SimDuration {
    SimDuration(seconds: stream.exponential(mean: 1)) ?? .zero
  }
}

/// Runs `holds` events after a warm-up and prints the rate as JSON.
func benchmarkHoldModel(pending: Int, holds: UInt64) {
  var simulation = Simulation(
    HoldModel(stream: RandomStream(seed: 1, replication: 0, name: "hold")), capacity: pending)
  for index in 0..<pending {
    let first = simulation.model.delay()
    simulation.scheduler.schedule(.init(index: UInt32(index)), after: first)
  }
  let warmUp = max(UInt64(pending), holds / 10)
  simulation.run(events: warmUp)
  let start = cpuSeconds()
  simulation.run(events: holds)
  report(
    workload: "hold", pending: pending, count: holds, seconds: cpuSeconds() - start,
    check: simulation.scheduler.now.seconds * Double(pending) / Double(holds + warmUp))
}
