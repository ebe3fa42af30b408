import EventKernel
import Randomness
import Statistics

/// Which draws a simulation of a queue makes, and which of its customers count.
public struct RunPlan: Sendable {
  /// Customers that count.
  public var customers: Int
  /// Customers before them, who fill the system from empty and do not count.
  public var warmUp: Int
  /// Seed of all streams.
  public var seed: UInt64
  /// Number of the replication.
  public var replication: UInt64

  /// A plan for one replication.
  public init(customers: Int, warmUp: Int, seed: UInt64, replication: UInt64) {
    self.customers = customers
    self.warmUp = warmUp
    self.seed = seed
    self.replication = replication
  }

  /// The stream of one purpose, the same in every model, so that two models or settings under one
  /// plan meet the same customers.
  func stream(_ purpose: String) -> RandomStream {
    RandomStream(seed: seed, replication: replication, name: "queue.\(purpose)")
  }
}

extension RandomStream {
  /// A draw from a distribution in seconds.
  mutating func duration(_ distribution: Distribution) -> SimDuration {
    guard let duration = SimDuration(seconds: distribution.sample(&self)) else {
      preconditionFailure("\(distribution) gave a duration that is none")
    }
    return duration
  }
}

extension LatencyHistogram {
  mutating func record(_ duration: SimDuration) { record(duration.nanoseconds) }
}
