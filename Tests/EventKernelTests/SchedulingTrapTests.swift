import EventKernel
import Testing

/// Broken causality traps; its nearest lawful neighbour does not.
@Suite struct SchedulingTrapTests {
  /// Runs one event at 10 ns, phase 5, whose handler schedules another.
  private static func runOne(thatSchedules phase: UInt8, at time: Int64) {
    var simulation = Simulation(
      Recorder { event, scheduler in
        if event.number == 0 { scheduler.schedule(Token(1, phase: phase), at: .ns(time)) }
      })
    simulation.scheduler.schedule(Token(0, phase: 5), at: .ns(10))
    simulation.run()
    precondition(simulation.model.numbers == [0, 1])
  }

  @Test func schedulingIntoThePastTraps() async {
    await #expect(processExitsWith: .failure) { Self.runOne(thatSchedules: 6, at: 9) }
    await #expect(processExitsWith: .success) { Self.runOne(thatSchedules: 0, at: 11) }
  }

  @Test func schedulingIntoAnEarlierPhaseOfTheInstantTraps() async {
    await #expect(processExitsWith: .failure) { Self.runOne(thatSchedules: 4, at: 10) }
    await #expect(processExitsWith: .success) { Self.runOne(thatSchedules: 5, at: 10) }
  }

  @Test func schedulingBeforeTheStartOfTimeTraps() async {
    await #expect(processExitsWith: .failure) {
      var scheduler = Scheduler<Token>()
      scheduler.schedule(Token(0), at: SimTime(nanoseconds: -1))
    }
  }

  /// The results are printed, because the optimiser drops a sum that nobody reads, trap and all.
  @Test func theClockDoesNotWrapAround() async {
    await #expect(processExitsWith: .failure) { print(SimTime.distantFuture + .ns(1)) }
    await #expect(processExitsWith: .failure) { print(SimDuration.days(100_000) * 2) }
    await #expect(processExitsWith: .success) { print(SimDuration.days(100_000) * 1) }
  }
}
