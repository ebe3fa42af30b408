import EventKernel
import Testing

/// A copy of a scheduler in the middle of a run.
@Suite struct SchedulerCopyTests {
  /// Some events schedule two others, some one, some none: the list is left with its hole and without.
  private static func simulation() -> Simulation<Recorder> {
    var simulation = Simulation(
      Recorder { event, scheduler in
        for child in 0..<(event.number < 500 ? event.number % 3 : 0) {
          scheduler.schedule(
            Token(2 * event.number + child, phase: UInt8(child)), after: .ns(Int64(1 + child % 2)))
        }
      }, capacity: 4)
    for number in 1...9 as ClosedRange<UInt32> {
      simulation.scheduler.schedule(Token(number), at: .ns(Int64(number % 4)))
    }
    return simulation
  }

  @Test(arguments: 0...40 as ClosedRange<UInt64>) func aCopyTakesTheSamePath(_ events: UInt64) {
    var simulation = Self.simulation()
    simulation.run(events: events)
    let before = (
      simulation.scheduler.now, simulation.scheduler.pending, simulation.scheduler.executed,
      simulation.scheduler.fingerprint
    )
    var copy = Simulation(
      Recorder(simulation.model.follow), continuing: simulation.scheduler.copy())
    copy.run()
    let after = (
      simulation.scheduler.now, simulation.scheduler.pending, simulation.scheduler.executed,
      simulation.scheduler.fingerprint
    )
    #expect(before == after, "the copy moved the original")
    let executed = simulation.model.log.count
    simulation.run()
    let logs = (Array(simulation.model.log.dropFirst(executed)), copy.model.log)
    #expect(logs.0 == logs.1 && logs.0.count > 20)
    let ends = (simulation.scheduler.fingerprint, copy.scheduler.fingerprint)
    #expect(ends.0 == ends.1)
    let counts = (simulation.scheduler.executed, copy.scheduler.executed)
    #expect(counts.0 == counts.1)
  }
}
