import EventKernel
import Randomness
import Statistics

/// A queue without chains: Poisson arrivals, one line, equal servers, first come first served.
struct QueueModel: EventHandling, ~Copyable {
  enum Event: SimulationEvent {
    case arrival
    case departure

    var phase: UInt8 { self == .arrival ? 1 : 0 }
    var code: UInt64 { self == .arrival ? 0 : 1 }
  }

  /// What distinguishes one queue from another; rates in events per second.
  struct Policy: Sendable {
    var arrivalRate: Double
    var service: Distribution
    var servers: Int
  }

  private let policy: Policy
  private var arrivals: RandomStream
  private var services: RandomStream
  private var line = FIFOQueue<SimTime>()
  private var busy = 0
  private var started = 0
  private let warmUp: Int
  /// Time in line of the customers after the warm-up [s].
  private(set) var waits = Tally()

  init(_ policy: Policy, replication: UInt64, warmUp: Int) {
    self.policy = policy
    self.warmUp = warmUp
    arrivals = RandomStream(seed: 1, replication: replication, name: "arrivals")
    services = RandomStream(seed: 1, replication: replication, name: "services")
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .arrival:
      scheduler.schedule(
        .arrival, after: .random(.exponential(mean: 1 / policy.arrivalRate), &arrivals))
      line.append(scheduler.now)
    case .departure:
      busy -= 1
    }
    guard busy < policy.servers, let arrived = line.removeFirst() else { return }
    busy += 1
    started += 1
    if started > warmUp { waits.record((scheduler.now - arrived).seconds) }
    scheduler.schedule(.departure, after: .random(policy.service, &services))
  }

  /// The mean wait of `customers` customers after the warm-up [s].
  static func meanWait(_ policy: Policy, replication: UInt64, customers: Int) -> Double {
    let warmUp = 2000
    var simulation = Simulation(
      QueueModel(policy, replication: replication, warmUp: warmUp))
    simulation.scheduler.schedule(.arrival, at: .start)
    simulation.run(through: .distantFuture) { $0.waits.count == customers }
    return simulation.model.waits.mean
  }
}

extension SimDuration {
  /// A draw from a distribution in seconds.
  static func random(_ distribution: Distribution, _ stream: inout RandomStream) -> SimDuration {
    guard let duration = SimDuration(seconds: distribution.sample(&stream)) else {
      preconditionFailure("\(distribution) gave a duration that is none")
    }
    return duration
  }
}
