import EventKernel

/// An event with a number and a phase: all that order is about.
struct Token: SimulationEvent, Equatable {
  let number: UInt32
  let phase: UInt8
  var code: UInt64 { UInt64(number) }

  init(_ number: UInt32, phase: UInt8 = 0) {
    self.number = number
    self.phase = phase
  }
}

/// What a model saw of one event.
struct Firing: Equatable, Comparable {
  let time: Int64
  let phase: UInt8
  let number: UInt32

  /// The order that the kernel promises when numbers follow the order of scheduling.
  static func < (lhs: Firing, rhs: Firing) -> Bool {
    (lhs.time, lhs.phase, lhs.number) < (rhs.time, rhs.phase, rhs.number)
  }
}

/// A model that writes down what happens and lets each event schedule some others.
struct Recorder: EventHandling, ~Copyable {
  private(set) var log: [Firing] = []
  /// Called for each event; schedules what follows from it.
  let follow: (Token, inout Scheduler<Token>) -> Void

  init(_ follow: @escaping (Token, inout Scheduler<Token>) -> Void = { _, _ in }) {
    self.follow = follow
  }

  mutating func handle(_ event: Token, _ scheduler: inout Scheduler<Token>) {
    log.append(
      Firing(time: scheduler.now.nanoseconds, phase: event.phase, number: event.number))
    follow(event, &scheduler)
  }

  var numbers: [UInt32] { log.map(\.number) }
}

extension SimTime {
  static func ns(_ count: Int64) -> SimTime { SimTime(nanoseconds: count) }
}

extension SimDuration {
  static func ns(_ count: Int64) -> SimDuration { SimDuration(nanoseconds: count) }
}
