import EventKernel
import Randomness
import RareEvents

/// A queue with one server and Poisson arrivals, from a first customer until it is empty again.
package struct BusyPeriod: RareEventModel, ~Copyable {
  package enum Event: SimulationEvent {
    case arrival
    case departure

    package var phase: UInt8 { 0 }
    package var code: UInt64 { self == .arrival ? 0 : 1 }
  }

  /// Customers that arrive in a mean service time.
  private let load: Double
  private let service: Distribution
  private var arrivals: RandomStream
  private var services: RandomStream
  /// Customers who wait or are served.
  private var customers = 1

  package var importance: Double { Double(customers) }

  package var isOver: Bool { customers == 0 }

  package mutating func handle(_ event: Event, _ scheduler: inout Scheduler<Event>) {
    switch event {
    case .arrival:
      customers += 1
      scheduleArrival(&scheduler)
    case .departure:
      customers -= 1
      if customers > 0 { scheduleDeparture(&scheduler) }
    }
  }

  package func copy(drawing draws: Draws) -> BusyPeriod {
    BusyPeriod(
      load: load, service: service, arrivals: arrivals.copy(drawing: draws),
      services: services.copy(drawing: draws), customers: customers)
  }

  private mutating func scheduleArrival(_ scheduler: inout Scheduler<Event>) {
    scheduler.schedule(.arrival, after: .seconds(arrivals.exponential(mean: 1 / load)))
  }

  private mutating func scheduleDeparture(_ scheduler: inout Scheduler<Event>) {
    scheduler.schedule(.departure, after: .seconds(service.sample(&services)))
  }

  /// A busy period whose first customer has just arrived.
  ///
  /// - Parameter service: time of a service, 1 s in the mean [s].
  package static func start(
    load: Double, service: Distribution, seed: UInt64, replication: UInt64
  ) -> Simulation<BusyPeriod> {
    var simulation = Simulation(
      BusyPeriod(
        load: load, service: service,
        arrivals: RandomStream(seed: seed, replication: replication, name: "oracle.arrivals"),
        services: RandomStream(seed: seed, replication: replication, name: "oracle.services")),
      capacity: 4)
    simulation.model.scheduleArrival(&simulation.scheduler)
    simulation.model.scheduleDeparture(&simulation.scheduler)
    return simulation
  }
}

extension SimDuration {
  /// A drawn time, which is one that the clock can show.
  fileprivate static func seconds(_ drawn: Double) -> SimDuration {
    guard let duration = SimDuration(seconds: drawn) else {
      preconditionFailure("\(drawn) s is no duration")
    }
    return duration
  }
}
