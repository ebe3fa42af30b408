import EventKernel
import Ledger
import Randomness

/// What the proposer schedules for itself.
public enum StateProposerEvent: BitwiseCopyable, Sendable {
  /// It is time for a claim.
  case due
}

/// An event type that can carry the proposer's events.
public protocol CarriesStateProposerEvents: SimulationEvent {
  /// Wraps an event of a rollup's proposer.
  static func stateProposer(_ event: StateProposerEvent, of rollup: RollupID) -> Self
}

/// Claims the state of an optimistic rollup at a fixed interval.
///
/// A claim (assertion, output root) covers batches that no earlier claim covers; without any there is no
/// claim.
public struct StateProposer: ~Copyable {
  /// What a scenario says about the proposer.
  public struct Policy: Hashable, Sendable {
    /// Time between claims.
    public var interval: SimDuration
    /// Settlement gas of a claim.
    public var claimGas: UInt64
    /// Which batches it covers.
    public var coverage = Coverage.included

    /// Creates a policy.
    public init(interval: SimDuration, claimGas: UInt64) {
      self.interval = interval
      self.claimGas = claimGas
    }
  }

  /// Which batches a claim covers.
  public enum Coverage: String, CaseIterable, Sendable {
    /// All whose data is in a block of the host.
    case included
    /// All whose data is final there: op-proposer proposes finalised blocks (op-proposer, `driver.go`,
    /// `allow-non-finalized` is off).
    case settled
    /// Those that were on the host when the claim before was included, once they are final there: an
    /// assertion of BoLD ends at its parent's `nextInboxPosition`, which is at least one more than the
    /// parent's own (nitro-contracts, `RollupCore.sol`), and nodes read the final head.
    case parentSnapshot = "parent_snapshot"
  }

  /// How many batches are on the host.
  public struct Progress {
    /// The first one whose data is in no block.
    public var firstNotIncluded = 0
    /// The first one whose data is in no final block.
    public var firstNotSettled = 0
    /// The first one that was in no block when the claim before was included.
    public var snapshot = 0
    /// The first one behind that claim.
    public var claimedThrough = 0

    /// None.
    public init() {}
  }

  /// What the scenario says about the proposer.
  public private(set) var policy: Policy
  private let rollup: RollupID
  private var firstUnclaimed = 0

  /// A proposer that has claimed nothing.
  public init(_ policy: Policy, of rollup: RollupID) {
    self.policy = policy
    self.rollup = rollup
  }

  /// Schedules the first claim.
  public func start<E: CarriesStateProposerEvents>(
    after delay: SimDuration, _ scheduler: inout Scheduler<E>
  ) {
    scheduler.schedule(.stateProposer(.due, of: rollup), after: delay)
  }

  /// The batches to claim now; nil if there are none.
  public mutating func handle<E: CarriesStateProposerEvents>(
    _ event: StateProposerEvent, _ progress: Progress, _ scheduler: inout Scheduler<E>
  ) -> Range<Int>? {
    scheduler.schedule(.stateProposer(.due, of: rollup), after: policy.interval)
    let end = end(of: progress)
    guard firstUnclaimed < end else { return nil }
    defer { firstUnclaimed = end }
    return firstUnclaimed..<end
  }

  /// Claims by another policy from now on; the claim that is due next comes when it was to come.
  public mutating func adopt(_ policy: Policy) { self.policy = policy }

  private func end(of progress: Progress) -> Int {
    switch policy.coverage {
    case .included: return progress.firstNotIncluded
    case .settled: return progress.firstNotSettled
    case .parentSnapshot:
      // The parent has to be there first.
      guard progress.claimedThrough == firstUnclaimed else { return firstUnclaimed }
      let snapshot = max(progress.snapshot, firstUnclaimed + 1)
      return snapshot <= progress.firstNotSettled ? snapshot : firstUnclaimed
    }
  }
}

extension StateProposer: Splittable {
  /// A copy in the same state: it draws nothing.
  public func copy(drawing draws: Draws) -> StateProposer { StateProposer(copying: self) }

  private init(copying other: borrowing StateProposer) {
    policy = other.policy
    rollup = other.rollup
    firstUnclaimed = other.firstUnclaimed
  }
}
