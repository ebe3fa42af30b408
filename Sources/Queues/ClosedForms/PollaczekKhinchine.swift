import Randomness

/// M/G/1: one server with service times of any distribution.
///
/// Source: Pollaczek 1930, Khinchine 1932; Kleinrock 1975, Queueing Systems I, section 5.6.
public struct PollaczekKhinchine: Sendable {
  /// Mean number of arrivals [1/s].
  public let arrivalRate: Double
  /// Time that a customer needs of the server [s].
  public let service: Distribution

  /// A queue whose server works less than all of the time.
  public init(arrivalRate: Double, service: Distribution) {
    precondition(arrivalRate * service.mean < 1, "the queue grows for ever")
    self.arrivalRate = arrivalRate
    self.service = service
  }

  /// The queue to simulate.
  public var queue: ServiceQueue { ServiceQueue(arrivalRate: arrivalRate, service: service) }

  /// Mean time in line [s]: λE[S²]/(2(1 − ρ)).
  public var meanWait: Double {
    let load = arrivalRate * service.mean
    return arrivalRate * service.secondMoment / (2 * (1 - load))
  }
}

extension Distribution {
  /// E[S²].
  var secondMoment: Double { variance + mean * mean }
}
