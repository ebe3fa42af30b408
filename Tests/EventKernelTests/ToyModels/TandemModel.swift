import EventKernel
import Randomness
import Statistics

/// Two single servers in a row: what leaves the first joins the line of the second.
struct TandemModel: EventHandling, ~Copyable {
  enum Event: SimulationEvent {
    case arrival
    case departure(stage: Int)

    var phase: UInt8 { 0 }
    var code: UInt64 {
      switch self {
      case .arrival: 0
      case .departure(let stage): UInt64(stage) + 1
      }
    }
  }

  /// Rates in events per second.
  struct Policy: Sendable {
    var arrivalRate: Double
    var serviceRates: [Double]
  }

  private let policy: Policy
  private var arrivals: RandomStream
  private var services: RandomStream
  /// When each customer at a stage entered the system; the head is in service.
  private var lines: [FIFOQueue<SimTime>]
  private let warmUp: Int
  private var finished = 0
  /// Time in the system of the customers after the warm-up [s].
  private(set) var sojourns = Tally()

  init(_ policy: Policy, replication: UInt64, warmUp: Int) {
    self.policy = policy
    self.warmUp = warmUp
    arrivals = RandomStream(seed: 2, replication: replication, name: "arrivals")
    services = RandomStream(seed: 2, replication: replication, name: "services")
    lines = policy.serviceRates.map { _ in FIFOQueue() }
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .arrival:
      scheduler.schedule(
        .arrival, after: .random(.exponential(mean: 1 / policy.arrivalRate), &arrivals))
      join(0, entered: scheduler.now, &scheduler)
    case .departure(let stage):
      guard let entered = lines[stage].removeFirst() else {
        preconditionFailure("nobody was in service")
      }
      if !lines[stage].isEmpty { serve(stage, &scheduler) }
      if stage + 1 < lines.count {
        join(stage + 1, entered: entered, &scheduler)
      } else {
        finished += 1
        if finished > warmUp { sojourns.record((scheduler.now - entered).seconds) }
      }
    }
  }

  private mutating func join(_ stage: Int, entered: SimTime, _ scheduler: inout Scheduler<Event>) {
    lines[stage].append(entered)
    if lines[stage].count == 1 { serve(stage, &scheduler) }
  }

  private mutating func serve(_ stage: Int, _ scheduler: inout Scheduler<Event>) {
    let time = SimDuration.random(.exponential(mean: 1 / policy.serviceRates[stage]), &services)
    scheduler.schedule(.departure(stage: stage), after: time)
  }

  /// The mean sojourn of `customers` customers after the warm-up [s].
  static func meanSojourn(_ policy: Policy, replication: UInt64, customers: Int) -> Double {
    let warmUp = 2000
    var simulation = Simulation(
      TandemModel(policy, replication: replication, warmUp: warmUp))
    simulation.scheduler.schedule(.arrival, at: .start)
    simulation.run(through: .distantFuture) { $0.sojourns.count == customers }
    return simulation.model.sojourns.mean
  }
}
