import Randomness

/// M/M/c/K: exponential service, and customers who find K in the system are lost.
///
/// Source: the birth–death equations, Kleinrock 1975, Queueing Systems I, section 3.6; Gross & Harris,
/// section 2.4.
public struct LossQueue: Sendable {
  /// Mean number of arrivals [1/s].
  public let arrivalRate: Double
  /// Mean time that a customer needs of a server [s].
  public let meanService: Double
  /// Number of servers.
  public let servers: Int
  /// The largest number in the system.
  public let capacity: Int

  /// A queue with at least as many places as servers.
  public init(arrivalRate: Double, meanService: Double, servers: Int = 1, capacity: Int) {
    precondition(capacity >= servers, "a server without a place")
    self.arrivalRate = arrivalRate
    self.meanService = meanService
    self.servers = servers
    self.capacity = capacity
  }

  /// The queue to simulate.
  public var queue: ServiceQueue {
    ServiceQueue(
      arrivalRate: arrivalRate, service: .exponential(mean: meanService), servers: servers,
      capacity: capacity)
  }

  /// The share of arrivals that is lost, p_K: pₙ = pₙ₋₁ λ/(min(n, c) µ).
  ///
  /// Arrivals find the system as it is on average over time.
  public var lossShare: Double {
    var (last, sum) = (1.0, 1.0)
    for number in 1...capacity {
      last *= arrivalRate * meanService / Double(min(number, servers))
      sum += last
    }
    return last / sum
  }
}
