import EventKernel
import Randomness
import Statistics

/// Poisson arrivals that wait for their batch: it closes when it is full, or so long after its first.
public struct BatchQueue: Sendable {
  /// Mean number of arrivals [1/s].
  public var arrivalRate: Double
  /// Number at which a batch closes at once, at least 1.
  public var size: Int
  /// Time from the first of a batch at which it closes [s].
  public var timer: Double

  /// The rule that closes batches by size or timer.
  public init(arrivalRate: Double, size: Int, timer: Double) {
    self.arrivalRate = arrivalRate
    self.size = size
    self.timer = timer
  }

  /// What was seen of consecutive batches.
  public struct Record: Sendable {
    /// The time from arrival to the close of the batch.
    public var waits = LatencyHistogram()
    /// How many are in a batch.
    public var sizes = Tally()
    /// Time from close to close [s].
    public var intervals = Tally()
  }

  /// Simulates whole batches from an empty one.
  ///
  /// Every close starts anew, so the batches are independent from the first and no warm-up is needed;
  /// of the plan only the seed and the replication count.
  public func record(batches: Int, _ plan: RunPlan) -> Record {
    var simulation = Simulation(BatchModel(self, plan))
    simulation.model.scheduleArrival(&simulation.scheduler)
    simulation.run(through: .distantFuture) { $0.record.sizes.count == batches }
    return simulation.model.record
  }
}

/// The events of a `BatchQueue`.
private struct BatchModel: EventHandling, ~Copyable {
  enum Event: SimulationEvent {
    case arrival
    case timer(batch: Int)

    var phase: UInt8 {
      switch self {
      case .timer: 0
      case .arrival: 1
      }
    }
    var code: UInt64 { UInt64(phase) }
  }

  private let queue: BatchQueue
  private let timer: SimDuration
  private var arrivals: RandomStream
  /// When those in the open batch arrived.
  private var open: [SimTime] = []
  private var lastClose = SimTime.start
  private(set) var record = BatchQueue.Record()

  init(_ queue: BatchQueue, _ plan: RunPlan) {
    guard let timer = SimDuration(seconds: queue.timer) else {
      preconditionFailure("\(queue.timer) s is no duration")
    }
    self.queue = queue
    self.timer = timer
    arrivals = plan.stream("arrivals")
  }

  mutating func scheduleArrival(_ scheduler: inout Scheduler<Event>) {
    scheduler.schedule(
      .arrival, after: arrivals.duration(.exponential(mean: 1 / queue.arrivalRate)))
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .arrival:
      scheduleArrival(&scheduler)
      open.append(scheduler.now)
      if open.count == queue.size {
        close(at: scheduler.now)
      } else if open.count == 1 {
        scheduler.schedule(.timer(batch: record.sizes.count), after: timer)
      }
    case .timer(let batch):
      // The timer of a batch that was full before finds another number.
      if batch == record.sizes.count { close(at: scheduler.now) }
    }
  }

  private mutating func close(at time: SimTime) {
    for arrival in open { record.waits.record(time - arrival) }
    record.sizes.record(Double(open.count))
    record.intervals.record((time - lastClose).seconds)
    lastClose = time
    open.removeAll(keepingCapacity: true)
  }
}
