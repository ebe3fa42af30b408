import EventKernel
import Randomness

/// A model whose events schedule 0 to 3 others, at this very instant or up to 5 ns later.
struct Branching: EventHandling, ~Copyable {
  private(set) var log: [Firing] = []
  /// Everything ever scheduled; numbers follow the order of scheduling.
  private(set) var scheduled: [Firing] = []
  private var stream: RandomStream
  private let limit = 1000

  init(seed: UInt64) { stream = RandomStream(seed: seed, replication: 0, name: "children") }

  mutating func handle(_ event: Token, _ scheduler: inout Scheduler<Token>) {
    log.append(
      Firing(time: scheduler.now.nanoseconds, phase: event.phase, number: event.number))
    guard scheduled.count < limit else { return }
    for _ in 0..<stream.nextWord() % 4 { scheduleOne(&scheduler, earliestPhase: event.phase) }
  }

  mutating func scheduleOne(_ scheduler: inout Scheduler<Token>, earliestPhase: UInt8) {
    let delay = Int64(stream.nextWord() % 6)
    let anyPhase = UInt8(stream.nextWord() % 3)
    let phase = delay == 0 ? max(earliestPhase, anyPhase) : anyPhase
    let number = UInt32(scheduled.count)
    let time = scheduler.now.nanoseconds + delay
    scheduled.append(Firing(time: time, phase: phase, number: number))
    scheduler.schedule(Token(number, phase: phase), after: .ns(delay))
  }
}
