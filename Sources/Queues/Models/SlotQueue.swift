import EventKernel
import Randomness
import Statistics

/// Poisson arrivals that wait for a slot with room: each slot takes so many, the oldest first.
public struct SlotQueue: Sendable {
  /// Mean number of arrivals in a slot.
  public var arrivalsPerSlot: Double
  /// Number that a slot takes.
  public var capacity: Int
  /// Time from slot to slot [s].
  public var slot: Double

  /// A queue that slots empty.
  public init(arrivalsPerSlot: Double, capacity: Int, slot: Double) {
    self.arrivalsPerSlot = arrivalsPerSlot
    self.capacity = capacity
    self.slot = slot
  }

  /// What was seen of consecutive arrivals.
  public struct Record: Sendable {
    /// The time from arrival to the slot that took it.
    public var delays = LatencyHistogram()
    /// How many waited at a slot before it took any.
    public var waiting = Tally()
  }

  /// Simulates consecutive arrivals and the slots that took them.
  public func record(_ plan: RunPlan) -> Record {
    var simulation = Simulation(SlotModel(self, plan))
    simulation.scheduler.schedule(.slot, at: .start)
    simulation.model.scheduleArrival(&simulation.scheduler)
    simulation.run(through: .distantFuture) { $0.record.delays.count == plan.customers }
    return simulation.model.record
  }
}

/// The events of a `SlotQueue`.
private struct SlotModel: EventHandling, ~Copyable {
  enum Event: SimulationEvent {
    case slot
    case arrival

    var phase: UInt8 { self == .slot ? 0 : 1 }
    var code: UInt64 { UInt64(phase) }
  }

  private let queue: SlotQueue
  private let slot: SimDuration
  private let plan: (warmUp: Int, end: Int)
  private var arrivals: RandomStream
  private var line = FIFOQueue<SimTime>()
  private var taken = 0
  private(set) var record = SlotQueue.Record()

  init(_ queue: SlotQueue, _ plan: RunPlan) {
    guard let slot = SimDuration(seconds: queue.slot), slot > .zero else {
      preconditionFailure("\(queue.slot) s is no length of a slot")
    }
    self.queue = queue
    self.slot = slot
    self.plan = (plan.warmUp, plan.warmUp + plan.customers)
    arrivals = plan.stream("arrivals")
  }

  mutating func scheduleArrival(_ scheduler: inout Scheduler<Event>) {
    let gap = Distribution.exponential(mean: queue.slot / queue.arrivalsPerSlot)
    scheduler.schedule(.arrival, after: arrivals.duration(gap))
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .arrival:
      scheduleArrival(&scheduler)
      line.append(scheduler.now)
    case .slot:
      scheduler.schedule(.slot, after: slot)
      if taken >= plan.warmUp { record.waiting.record(Double(line.count)) }
      take(at: scheduler.now)
    }
  }

  private mutating func take(at time: SimTime) {
    for _ in 0..<queue.capacity {
      guard let arrival = line.removeFirst() else { return }
      taken += 1
      // The last slot may take more than are asked for.
      if taken > plan.warmUp && taken <= plan.end { record.delays.record(time - arrival) }
    }
  }
}
