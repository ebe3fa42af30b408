import EventKernel
import Randomness

/// Something that comes and goes: an alternating renewal process with exponential phases.
///
/// In the long run it holds for duration / (interval + duration) of the time (Ross, "Introduction to
/// Probability Models", alternating renewal processes). It starts in that stationary state.
public struct IncidentProcess: ~Copyable {
  /// What a scenario says about it.
  public struct Policy: Hashable, Sendable {
    /// Mean time from the end of one incident to the next; zero if there are none.
    public var interval: SimDuration
    /// Mean length of an incident; zero if there are none.
    public var duration: SimDuration

    /// Incidents with these means.
    public init(interval: SimDuration = .zero, duration: SimDuration = .zero) {
      self.interval = interval
      self.duration = duration
    }

    /// Nothing happens.
    public static let none = Policy()
  }

  /// Whether an incident holds.
  public private(set) var isActive = false
  private let policy: Policy
  private var nextChange = SimTime.distantFuture
  private var stream: RandomStream

  /// The process at the start of a run.
  init(_ policy: Policy, seed: UInt64, replication: UInt64, name: String) {
    self.policy = policy
    stream = RandomStream(seed: seed, replication: replication, name: name)
    guard policy.interval > .zero, policy.duration > .zero else { return }
    let share =
      policy.duration.seconds / (policy.interval.seconds + policy.duration.seconds)
    isActive = stream.bernoulli(share)
    nextChange = .start + phaseLength()
  }

  /// Brings the process to `now`.
  mutating func advance(to now: SimTime) {
    while now >= nextChange {
      isActive.toggle()
      nextChange = nextChange + phaseLength()
    }
  }

  /// At least a nanosecond, so that time goes on.
  private mutating func phaseLength() -> SimDuration {
    let mean = isActive ? policy.duration : policy.interval
    return max(.exponential(mean: mean, &stream), SimDuration(nanoseconds: 1))
  }
}

extension IncidentProcess: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> IncidentProcess {
    IncidentProcess(copying: self, draws)
  }

  private init(copying other: borrowing IncidentProcess, _ draws: Draws) {
    isActive = other.isActive
    policy = other.policy
    nextChange = other.nextChange
    stream = other.stream.copy(drawing: draws)
  }
}
