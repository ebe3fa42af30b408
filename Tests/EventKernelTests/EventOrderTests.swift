import EventKernel
import Randomness
import Testing

/// Events fire in the total order (time, phase, scheduling order).
@Suite struct EventOrderTests {
  /// Few distinct times and phases, so that most events are tied.
  @Test(arguments: 0..<50 as Range<UInt64>)
  func aRandomScheduleFiresSorted(_ seed: UInt64) {
    var stream = RandomStream(seed: seed, replication: 0, name: "schedule")
    var simulation = Simulation(Recorder(), capacity: 4)
    var expected: [Firing] = []
    for number in 0..<500 as Range<UInt32> {
      let firing = Firing(
        time: Int64(stream.nextWord() % 40), phase: UInt8(stream.nextWord() % 4) * 85,
        number: number)
      simulation.scheduler.schedule(Token(number, phase: firing.phase), at: .ns(firing.time))
      expected.append(firing)
    }
    simulation.run()
    #expect(simulation.model.log == expected.sorted())
  }

  /// Handlers schedule 0, 1, 2 or 3 events, at this very instant or later: the root of the list is
  /// left empty, replaced, or replaced and joined by others.
  ///
  /// Numbers follow the order of scheduling, and nothing is scheduled before what executes, so the
  /// whole log has to be sorted.
  @Test(arguments: 0..<50 as Range<UInt64>)
  func eventsThatScheduleEventsFireSorted(_ seed: UInt64) {
    var simulation = Simulation(Branching(seed: seed), capacity: 4)
    for _ in 0..<20 { simulation.model.scheduleOne(&simulation.scheduler, earliestPhase: 0) }
    simulation.run()
    let (log, scheduled) = (simulation.model.log, simulation.model.scheduled)
    #expect(scheduled.count > 500)
    #expect(log == scheduled.sorted())
  }

  @Test func tiesFireInTheOrderOfScheduling() {
    var simulation = Simulation(Recorder())
    for number in 0..<100 as Range<UInt32> {
      simulation.scheduler.schedule(Token(number), at: .ns(7))
    }
    simulation.run()
    #expect(simulation.model.numbers == Array(0..<100))
  }

  @Test func aLowerPhaseFiresFirstThoughScheduledLast() {
    var simulation = Simulation(Recorder())
    for phase in [255, 3, 2, 1, 0] as [UInt8] {
      simulation.scheduler.schedule(Token(UInt32(phase), phase: phase), at: .ns(1))
    }
    simulation.run()
    #expect(simulation.model.numbers == [0, 1, 2, 3, 255])
  }

  /// The clock reaches as far as `Int64`; the sign bit of the packed key never shows.
  @Test func timesAtBothEndsOfTheClockKeepTheirOrder() {
    var simulation = Simulation(Recorder())
    let times: [Int64] = [.max, 0, .max - 1, 1 << 62, 1]
    for (number, time) in times.enumerated() {
      simulation.scheduler.schedule(Token(UInt32(number)), at: .ns(time))
    }
    simulation.run()
    #expect(simulation.model.log.map(\.time) == times.sorted())
  }
}
