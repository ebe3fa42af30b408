import EventKernel
import Randomness
import Rollup

/// A pool of provers that is busy nine tenths of the time: random arrivals, gamma service times.
struct PoolModel: EventHandling, ~Copyable {
  enum Event: UInt8, SimulationEvent {
    case done
    case arrival

    var phase: UInt8 { rawValue }
    var code: UInt64 { UInt64(rawValue) }
  }

  static let provers = 64
  private static let meanService = 200.0
  private static let service = Distribution.gamma(mean: meanService, cv: 0.3)
  private static let meanGap = meanService / (0.9 * Double(provers))

  let jobs: Int
  private(set) var started = 0
  /// Time that started jobs have waited [ns].
  private(set) var waited: UInt128 = 0
  private var pool = ProverPool(provers: PoolModel.provers)
  private var arrived = 0
  private var arrivals = RandomStream(seed: 1, replication: 0, name: "pool.arrivals")
  private var services = RandomStream(seed: 1, replication: 0, name: "pool.service")

  init(jobs: Int) { self.jobs = jobs }

  mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .arrival: arrive(&scheduler)
    case .done: pool.finish()
    }
    guard let job = pool.start() else { return }
    started += 1
    waited += UInt128((scheduler.now - job.since).nanoseconds)
    scheduler.schedule(.done, after: job.time)
  }

  private mutating func arrive(_ scheduler: inout Scheduler<Event>) {
    arrived += 1
    if arrived < jobs { scheduleArrival(&scheduler) }
    // First come, first served: jobs start in the order in which they come.
    let time = SimDuration(seconds: Self.service.sample(&services)) ?? .zero
    pool.add(.init(customer: 0, number: arrived, time: time, since: scheduler.now))
  }

  mutating func scheduleArrival(_ scheduler: inout Scheduler<Event>) {
    let gap = arrivals.exponential(mean: Self.meanGap)
    scheduler.schedule(.arrival, after: SimDuration(seconds: gap) ?? .zero)
  }
}

/// Runs so many jobs and prints the rate and their mean waiting time [s].
func benchmarkPool(jobs: Int) {
  _ = run(jobs: 1000)  // start-up: lazy globals, first page faults
  let start = cpuSeconds()
  let simulation = run(jobs: jobs)
  report(
    workload: "pool", pending: 0, count: UInt64(jobs), seconds: cpuSeconds() - start,
    check: Double(simulation.model.waited) / Double(jobs) / 1e9)
}

/// A simulation after so many jobs have started.
private func run(jobs: Int) -> Simulation<PoolModel> {
  var simulation = Simulation(PoolModel(jobs: jobs))
  simulation.model.scheduleArrival(&simulation.scheduler)
  simulation.run(through: .distantFuture) { $0.started == $0.jobs }
  return simulation
}
