import EventKernel
import Randomness
import Statistics

/// Single servers in a row with Poisson arrivals at the first; what leaves one joins the next.
public struct TandemQueue: Sendable {
  /// Mean number of arrivals at the first server [1/s].
  public var arrivalRate: Double
  /// Time that a customer needs of each server [s].
  public var services: [Distribution]

  /// A row of servers.
  public init(arrivalRate: Double, services: [Distribution]) {
    self.arrivalRate = arrivalRate
    self.services = services
  }

  /// The time from arrival to departure of consecutive customers.
  public func sojourns(_ plan: RunPlan) -> LatencyHistogram {
    var simulation = Simulation(TandemModel(self, plan))
    simulation.scheduler.schedule(.arrival, at: .start)
    simulation.run(through: .distantFuture) { $0.sojourns.count == plan.customers }
    return simulation.model.sojourns
  }
}

/// The events of a `TandemQueue`.
private struct TandemModel: EventHandling, ~Copyable {
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

  private let queue: TandemQueue
  private let warmUp: Int
  private var arrivals: RandomStream
  private var services: RandomStream
  /// When each customer at a stage entered the system; the head is in service.
  private var lines: [FIFOQueue<SimTime>]
  private var finished = 0
  private(set) var sojourns = LatencyHistogram()

  init(_ queue: TandemQueue, _ plan: RunPlan) {
    self.queue = queue
    warmUp = plan.warmUp
    arrivals = plan.stream("arrivals")
    services = plan.stream("services")
    lines = queue.services.map { _ in FIFOQueue() }
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .arrival:
      let gap = arrivals.duration(.exponential(mean: 1 / queue.arrivalRate))
      scheduler.schedule(.arrival, after: gap)
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
        if finished > warmUp { sojourns.record(scheduler.now - entered) }
      }
    }
  }

  private mutating func join(_ stage: Int, entered: SimTime, _ scheduler: inout Scheduler<Event>) {
    lines[stage].append(entered)
    if lines[stage].count == 1 { serve(stage, &scheduler) }
  }

  private mutating func serve(_ stage: Int, _ scheduler: inout Scheduler<Event>) {
    scheduler.schedule(
      .departure(stage: stage), after: services.duration(queue.services[stage]))
  }
}
