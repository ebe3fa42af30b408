import EventKernel
import Randomness
import Statistics

/// Poisson arrivals, one line, equal servers, first come first served: M/G/c, or M/G/c/K.
public struct ServiceQueue: Sendable {
  /// Mean number of arrivals [1/s].
  public var arrivalRate: Double
  /// Time that a customer needs of a server [s].
  public var service: Distribution
  /// Number of servers.
  public var servers: Int
  /// Customers that find so many in the system, in line or in service, are lost; nil for no limit.
  public var capacity: Int?

  /// A queue without limit unless a capacity is given.
  public init(
    arrivalRate: Double, service: Distribution, servers: Int = 1, capacity: Int? = nil
  ) {
    self.arrivalRate = arrivalRate
    self.service = service
    self.servers = servers
    self.capacity = capacity
  }

  /// The time in line of consecutive customers who were not lost.
  public func waits(_ plan: RunPlan) -> LatencyHistogram { afterWaits(plan).waits }

  /// The same as one series [s], in stretches.
  public func waitSeries(_ plan: RunPlan) -> BatchMeans { afterWaits(plan).series }

  private func afterWaits(_ plan: RunPlan) -> ServiceQueueModel {
    var simulation = simulation(plan)
    simulation.run(through: .distantFuture) { $0.waits.count == plan.customers }
    return simulation.model
  }

  /// The share of consecutive arrivals that is lost.
  public func lossShare(_ plan: RunPlan) -> Double {
    var simulation = simulation(plan)
    simulation.run(through: .distantFuture) { $0.arrived == plan.warmUp + plan.customers }
    return Double(simulation.model.lost) / Double(plan.customers)
  }

  private func simulation(_ plan: RunPlan) -> Simulation<ServiceQueueModel> {
    var simulation = Simulation(ServiceQueueModel(self, plan))
    simulation.scheduler.schedule(.arrival, at: .start)
    return simulation
  }
}

/// The events of a `ServiceQueue`.
private struct ServiceQueueModel: EventHandling, ~Copyable {
  enum Event: SimulationEvent {
    case arrival
    case departure

    var phase: UInt8 { self == .departure ? 0 : 1 }
    var code: UInt64 { UInt64(phase) }
  }

  private let queue: ServiceQueue
  private let warmUp: Int
  private var arrivals: RandomStream
  private var services: RandomStream
  private var line = FIFOQueue<SimTime>()
  private var busy = 0
  private var started = 0
  private(set) var arrived = 0
  private(set) var lost = 0
  private(set) var waits = LatencyHistogram()
  private(set) var series = BatchMeans()

  init(_ queue: ServiceQueue, _ plan: RunPlan) {
    self.queue = queue
    warmUp = plan.warmUp
    arrivals = plan.stream("arrivals")
    services = plan.stream("services")
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .arrival:
      let gap = arrivals.duration(.exponential(mean: 1 / queue.arrivalRate))
      scheduler.schedule(.arrival, after: gap)
      arrive(at: scheduler.now)
    case .departure:
      busy -= 1
    }
    guard busy < queue.servers, let arrival = line.removeFirst() else { return }
    busy += 1
    started += 1
    if started > warmUp { record(scheduler.now - arrival) }
    scheduler.schedule(.departure, after: services.duration(queue.service))
  }

  private mutating func record(_ wait: SimDuration) {
    waits.record(wait)
    series.record(wait.seconds)
  }

  private mutating func arrive(at time: SimTime) {
    arrived += 1
    if let capacity = queue.capacity, busy + line.count >= capacity {
      if arrived > warmUp { lost += 1 }
    } else {
      line.append(time)
    }
  }
}
