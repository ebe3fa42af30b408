import Randomness
import Testing

@testable import EventKernel

/// In steady state neither the future event list nor a queue asks for memory.
@Suite struct SteadyStateMemoryTests {
  /// Every event replaces itself after an exponential delay.
  struct Hold: EventHandling, ~Copyable {
    var stream: RandomStream
    mutating func handle(_ event: Token, _ scheduler: inout Scheduler<Token>) {
      scheduler.schedule(event, after: delay())
    }
    mutating func delay() -> SimDuration {
      SimDuration(seconds: stream.exponential(mean: 1)) ?? .zero
    }
  }

  @Test func theListKeepsItsMemoryOver100000Holds() {
    var simulation = Simulation(
      Hold(stream: RandomStream(seed: 1, replication: 0, name: "hold")), capacity: 4)
    for number in 0..<100 as Range<UInt32> {
      let delay = simulation.model.delay()
      simulation.scheduler.schedule(Token(number), after: delay)
    }
    let before = (
      simulation.scheduler.futureEvents.storage, simulation.scheduler.futureEvents.capacity
    )
    #expect(before.1 == 128)
    simulation.run(events: 100_000)
    let after = (
      simulation.scheduler.futureEvents.storage, simulation.scheduler.futureEvents.capacity
    )
    #expect(before == after)
    let pending = simulation.scheduler.pending
    #expect(pending == 100)
  }

  @Test func aQueueKeepsItsMemoryAtItsPeak() {
    var queue = FIFOQueue<Int>()
    for value in 0..<100 { queue.append(value) }
    #expect(queue.ring.size == 128)
    let before = queue.ring.places
    for value in 0..<10_000 {
      queue.removeFirst()
      queue.append(value)
    }
    #expect(queue.ring.size == 128)
    #expect(queue.ring.places == before)
  }
}
