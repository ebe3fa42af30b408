import EventKernel
import Randomness
import Statistics

/// Jobs one after another, each split into tasks that start together; a job ends with its last task.
public struct FanOut: Sendable {
  /// Number of tasks of a job.
  public var tasks: Int
  /// Duration of a task [s].
  public var duration: Distribution

  /// Jobs of so many tasks.
  public init(tasks: Int, duration: Distribution) {
    self.tasks = tasks
    self.duration = duration
  }

  /// The durations of consecutive jobs; they are independent, so a warm-up is of no use.
  public func durations(_ plan: RunPlan) -> LatencyHistogram {
    var simulation = Simulation(FanOutModel(self, plan))
    simulation.model.startJob(&simulation.scheduler)
    simulation.run(through: .distantFuture) { $0.durations.count == plan.customers }
    return simulation.model.durations
  }
}

/// The events of a `FanOut`.
private struct FanOutModel: EventHandling, ~Copyable {
  enum Event: SimulationEvent {
    case taskEnd

    var phase: UInt8 { 0 }
    var code: UInt64 { 0 }
  }

  private let fanOut: FanOut
  private var services: RandomStream
  private var running = 0
  private var jobStart = SimTime.start
  private(set) var durations = LatencyHistogram()

  init(_ fanOut: FanOut, _ plan: RunPlan) {
    self.fanOut = fanOut
    services = plan.stream("services")
  }

  mutating func startJob(_ scheduler: inout Scheduler<Event>) {
    jobStart = scheduler.now
    running = fanOut.tasks
    for _ in 0..<fanOut.tasks {
      scheduler.schedule(.taskEnd, after: services.duration(fanOut.duration))
    }
  }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    running -= 1
    guard running == 0 else { return }
    durations.record(scheduler.now - jobStart)
    startJob(&scheduler)
  }
}
