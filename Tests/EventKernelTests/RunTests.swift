import EventKernel
import Testing

/// How far a run goes, and what it leaves behind.
@Suite struct RunTests {
  private static func clockwork() -> Simulation<Recorder> {
    var simulation = Simulation(
      Recorder { event, scheduler in
        if event.number < 10 { scheduler.schedule(Token(event.number + 1), after: .ns(10)) }
      })
    simulation.scheduler.schedule(Token(0), at: .start)
    return simulation
  }

  @Test func theHorizonIsInclusive() {
    var simulation = Self.clockwork()
    simulation.run(through: .ns(30))
    #expect(simulation.model.numbers == [0, 1, 2, 3])
    let (now, pending) = (simulation.scheduler.now, simulation.scheduler.pending)
    #expect(now == .ns(30) && pending == 1)
  }

  /// Every phase of the horizon belongs to it.
  @Test func theLastPhaseOfTheHorizonStillFires() {
    var simulation = Simulation(Recorder())
    simulation.scheduler.schedule(Token(1, phase: 255), at: .ns(30))
    simulation.scheduler.schedule(Token(2, phase: 0), at: .ns(31))
    simulation.run(through: .ns(30))
    #expect(simulation.model.numbers == [1])
  }

  @Test func theClockStaysAtTheLastEventNotAtTheHorizon() {
    var simulation = Self.clockwork()
    simulation.run(through: .ns(39))
    let now = simulation.scheduler.now
    #expect(now == .ns(30))
  }

  @Test func aRunInPiecesIsTheRunInOne() {
    var whole = Self.clockwork()
    whole.run()
    var pieces = Self.clockwork()
    pieces.run(events: 3)
    pieces.run(through: .ns(25))
    pieces.run(through: .ns(60)) { $0.log.count == 5 }
    #expect(pieces.model.numbers == [0, 1, 2, 3, 4])
    pieces.run()
    let (a, b) = (whole.scheduler.fingerprint, pieces.scheduler.fingerprint)
    #expect(a == b)
    #expect(pieces.model.log == whole.model.log)
  }

  @Test func countsOfExecutedAndPendingEventsAddUp() {
    var simulation = Simulation(Recorder())
    for number in 0..<9 as Range<UInt32> {
      simulation.scheduler.schedule(Token(number), at: .ns(Int64(number)))
    }
    for done in 0...9 as ClosedRange<UInt64> {
      let (executed, pending) = (simulation.scheduler.executed, simulation.scheduler.pending)
      #expect(executed == done && pending == 9 - Int(done))
      simulation.run(events: 1)
    }
  }

  /// Between runs the root is a hole; an event scheduled from outside must not be lost in it.
  @Test func eventsScheduledBetweenRunsFire() {
    var simulation = Self.clockwork()
    simulation.run(events: 11)
    for number in [40, 20, 30] as [UInt32] {
      simulation.scheduler.schedule(Token(number), at: .ns(100 + Int64(number)))
    }
    simulation.run()
    #expect(simulation.model.numbers.suffix(3) == [20, 30, 40])
  }

  @Test func anEmptyListEndsTheRun() {
    var simulation = Simulation(Recorder())
    simulation.run()
    let (executed, now) = (simulation.scheduler.executed, simulation.scheduler.now)
    #expect(executed == 0 && now == .start)
  }
}
