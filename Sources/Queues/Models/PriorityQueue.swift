import EventKernel
import Randomness
import Statistics

/// One server that takes the most urgent customer next and interrupts nobody: M/G/1 with classes.
public struct PriorityQueue: Sendable {
  /// Customers of equal urgency, served in the order of arrival.
  public struct Class: Sendable {
    /// Mean number of arrivals [1/s].
    public var arrivalRate: Double
    /// Time that a customer needs of the server [s].
    public var service: Distribution

    /// A class of customers.
    public init(arrivalRate: Double, service: Distribution) {
      self.arrivalRate = arrivalRate
      self.service = service
    }
  }

  /// The classes, the most urgent first.
  public var classes: [Class]

  /// A queue with classes, the most urgent first.
  public init(classes: [Class]) { self.classes = classes }

  /// The time in line by class, of consecutive customers of all classes.
  public func waits(_ plan: RunPlan) -> [LatencyHistogram] {
    var simulation = Simulation(PriorityModel(self, plan))
    for index in classes.indices {
      simulation.model.scheduleArrival(of: index, &simulation.scheduler)
    }
    simulation.run(through: .distantFuture) { $0.started == plan.warmUp + plan.customers }
    return simulation.model.waits
  }
}

/// The events of a `PriorityQueue`.
private struct PriorityModel: EventHandling, ~Copyable {
  enum Event: SimulationEvent {
    case arrival(class: Int)
    case departure

    var phase: UInt8 { 0 }
    var code: UInt64 {
      switch self {
      case .departure: 0
      case .arrival(let index): UInt64(index) + 1
      }
    }
  }

  private let queue: PriorityQueue
  private let warmUp: Int
  private var arrivals: RandomStream
  private var services: RandomStream
  private var lines: [FIFOQueue<SimTime>]
  private var isBusy = false
  private(set) var started = 0
  private(set) var waits: [LatencyHistogram]

  init(_ queue: PriorityQueue, _ plan: RunPlan) {
    self.queue = queue
    warmUp = plan.warmUp
    arrivals = plan.stream("arrivals")
    services = plan.stream("services")
    lines = queue.classes.map { _ in FIFOQueue() }
    waits = queue.classes.map { _ in LatencyHistogram() }
  }

  mutating func scheduleArrival(of index: Int, _ scheduler: inout Scheduler<Event>) {
    let gap = arrivals.duration(.exponential(mean: 1 / queue.classes[index].arrivalRate))
    scheduler.schedule(.arrival(class: index), after: gap)
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .arrival(let index):
      scheduleArrival(of: index, &scheduler)
      lines[index].append(scheduler.now)
    case .departure:
      isBusy = false
    }
    if !isBusy { serveNext(&scheduler) }
  }

  private mutating func serveNext(_ scheduler: inout Scheduler<Event>) {
    guard let index = lines.firstIndex(where: { !$0.isEmpty }),
      let arrival = lines[index].removeFirst()
    else { return }
    isBusy = true
    started += 1
    if started > warmUp { waits[index].record(scheduler.now - arrival) }
    scheduler.schedule(.departure, after: services.duration(queue.classes[index].service))
  }
}
