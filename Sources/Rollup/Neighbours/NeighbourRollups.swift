import EventKernel
import Randomness

/// What the neighbours schedule for themselves.
public enum NeighbourEvent: BitwiseCopyable, Sendable {
  /// A neighbour has a full batch, or has waited long enough.
  case due(rollup: UInt32)
}

/// An event type that can carry the neighbours' events.
public protocol CarriesNeighbourEvents: SimulationEvent {
  /// Wraps an event of the neighbours.
  static func neighbour(_ event: NeighbourEvent) -> Self
}

/// What a neighbour posts at once.
public struct NeighbourPost: Sendable {
  /// The neighbour.
  public let rollup: Int
  /// Blobs of each of its settlement transactions.
  public let blobs: [UInt64]
}

/// Other rollups that post to the same settlement chain, each by its own policy.
///
/// Of a neighbour only the batch poster is simulated: its data comes as a flow whose rate is drawn
/// anew for each batch, gamma distributed. It posts when the blobs of a transaction are full or its
/// batch is too old, and while blobs cost more than it likes it goes on collecting until then. So all
/// neighbours raise the price that each of them reacts to.
public struct NeighbourRollups: ~Copyable {
  private struct Rollup {
    let policy: NeighbourPolicy
    var openedAt = SimTime.start
    /// Data per second of the open batch [B/s].
    var rate = 0.0
  }

  /// How often a neighbour that waits for a lower price looks again.
  private static let patience = SimDuration.seconds(12)
  private var rollups: [Rollup] = []
  private var stream: RandomStream

  /// Neighbours without open batches.
  ///
  /// The first three groups are numbered in the names of their streams, as they had no others once.
  public init(_ groups: [NeighbourGroup], _ streams: StreamSource) {
    stream = streams.stream("neighbours")
    // A stream for each, so that one rollup more changes no other's policy.
    for (number, group) in groups.enumerated() {
      let name = number < NeighbourPolicy.sizes.count ? "\(number)" : group.name
      for rollup in 0..<group.policy.count {
        var policies = streams.stream("neighbours.policies.\(name).\(rollup)")
        rollups.append(Rollup(policy: group.policy.varied(&policies)))
      }
    }
  }

  /// How many there are.
  public var count: Int { rollups.count }

  /// The policy of one neighbour.
  public func policy(of rollup: Int) -> NeighbourPolicy { rollups[rollup].policy }

  /// Opens a batch for each, at a random age.
  public mutating func start<E: CarriesNeighbourEvents>(_ scheduler: inout Scheduler<E>) {
    for index in rollups.indices {
      let cycle = open(index, at: .start)
      let wait = SimDuration(nanoseconds: Int64(Double(cycle.nanoseconds) * stream.uniform()))
      scheduler.schedule(.neighbour(.due(rollup: UInt32(index))), after: wait)
    }
  }

  /// What a neighbour posts now; nil if it waits for a lower price.
  ///
  /// - Parameter blobBaseFee: of the next block [wei per blob gas].
  public mutating func handle<E: CarriesNeighbourEvents>(
    _ event: NeighbourEvent, blobBaseFee: UInt64, _ scheduler: inout Scheduler<E>
  ) -> NeighbourPost? {
    guard case .due(let number) = event else { return nil }
    let rollup = rollups[Int(number)]
    let deadline = rollup.openedAt + rollup.policy.maxAge
    if blobBaseFee > rollup.policy.priceLimit, scheduler.now < deadline {
      scheduler.schedule(.neighbour(event), at: min(scheduler.now + Self.patience, deadline))
      return nil
    }
    let bytes = rollup.rate * (scheduler.now - rollup.openedAt).seconds
    let next = open(Int(number), at: scheduler.now)
    scheduler.schedule(.neighbour(event), after: next)
    return NeighbourPost(rollup: Int(number), blobs: split(bytes, rollup.policy))
  }

  /// Begins a batch and draws its rate.
  ///
  /// - Returns: the time until it is full or too old.
  private mutating func open(_ index: Int, at now: SimTime) -> SimDuration {
    let policy = rollups[index].policy
    let rate = Distribution.gamma(mean: policy.dataRate, cv: policy.rateVariation)
    rollups[index].openedAt = now
    rollups[index].rate = policy.rateVariation > 0 ? rate.sample(&stream) : policy.dataRate
    let capacity = Double(policy.blobsPerTransaction) * Double(policy.bytesPerBlob)
    let filled = SimDuration(seconds: min(capacity / rollups[index].rate, 1e9))
    return max(min(filled ?? policy.maxAge, policy.maxAge), SimDuration(nanoseconds: 1_000_000))
  }

  private func split(_ bytes: Double, _ policy: NeighbourPolicy) -> [UInt64] {
    // A full batch may lack the last byte by rounding of its time.
    var blobs = UInt64(max((bytes / Double(policy.bytesPerBlob) - 1e-6).rounded(.up), 1))
    var parts: [UInt64] = []
    while blobs > 0 {
      parts.append(min(blobs, policy.blobsPerTransaction))
      blobs -= parts[parts.count - 1]
    }
    return parts
  }
}

extension NeighbourRollups: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> NeighbourRollups {
    NeighbourRollups(copying: self, draws)
  }

  private init(copying other: borrowing NeighbourRollups, _ draws: Draws) {
    rollups = other.rollups
    stream = other.stream.copy(drawing: draws)
  }
}
