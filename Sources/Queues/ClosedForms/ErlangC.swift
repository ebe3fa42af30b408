import Foundation
import Randomness

/// M/M/c: exponential service by c equal servers, first come first served; M/M/1 with one.
///
/// Source: Erlang 1917; Kleinrock 1975, Queueing Systems I, sections 3.2, 3.5 and 5.7; Gross & Harris,
/// Fundamentals of Queueing Theory, section 2.3.
public struct ErlangC: Sendable {
  /// Mean number of arrivals [1/s].
  public let arrivalRate: Double
  /// Mean time that a customer needs of a server [s].
  public let meanService: Double
  /// Number of servers.
  public let servers: Int

  /// A queue whose servers work less than all of the time.
  public init(arrivalRate: Double, meanService: Double, servers: Int = 1) {
    precondition(arrivalRate * meanService < Double(servers), "the queue grows for ever")
    self.arrivalRate = arrivalRate
    self.meanService = meanService
    self.servers = servers
  }

  /// The queue to simulate.
  public var queue: ServiceQueue {
    ServiceQueue(
      arrivalRate: arrivalRate, service: .exponential(mean: meanService), servers: servers)
  }

  /// a = λ/µ, the mean number of servers that work.
  private var load: Double { arrivalRate * meanService }

  /// cµ − λ [1/s].
  private var spareRate: Double { Double(servers) / meanService - arrivalRate }

  /// The probability that a customer has to wait: C = B/(1 − (a/c)(1 − B)) with Erlang's B.
  public var delayProbability: Double {
    let blocking = Self.blocking(load: load, servers: servers)
    return blocking / (1 - load / Double(servers) * (1 - blocking))
  }

  /// Mean time in line [s]: C/(cµ − λ).
  public var meanWait: Double { delayProbability / spareRate }

  /// The probability of more than `time` [s] in line: C e^(−(cµ − λ)t).
  public func waitSurvival(_ time: Double) -> Double { delayProbability * exp(-spareRate * time) }

  /// The time in line [s] that a share `probability` of customers does not exceed; 0 if so many do not
  /// wait at all.
  public func waitQuantile(_ probability: Double) -> Double {
    max(0, log(delayProbability / (1 - probability)) / spareRate)
  }

  /// Erlang's B, the share that c servers without a line turn away: B₀ = 1,
  /// Bₖ = aBₖ₋₁/(k + aBₖ₋₁).
  public static func blocking(load: Double, servers: Int) -> Double {
    (1...servers).reduce(1) { load * $0 / (Double($1) + load * $0) }
  }
}
