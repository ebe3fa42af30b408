import Declarations
import EventKernel
import Randomness
import Rollup
import Settlement

/// Everything a run depends on, except its random streams: a settlement chain, rollups, and services
/// that they share.
public struct Scenario: Hashable, Sendable {
  /// At which phase what recurs begins: ages of batches, claims and epochs.
  public enum Phases: String, CaseIterable, Sendable {
    /// At a phase that each replication draws: means are those of a random moment.
    case random
    /// All at the start of the run: for runs that are worked out by hand.
    case aligned
  }

  /// At which phase what recurs begins.
  public var phases: Phases
  /// Submissions before this instant are not measured.
  public var warmUp: SimDuration
  /// Submissions from this instant on are not measured.
  public var horizon: SimDuration
  /// How long the run may go on after the horizon until every measured transaction is final.
  public var coolDown: SimDuration
  /// The chain that all this settles on.
  public var settlement: SettlementPolicy
  /// Price of the settlement chain's coin [USD].
  public var usdPerEther: Double
  /// The whole rollups, in the order of their names; at least one.
  public var rollups: [RollupScenario]
  /// The services that rollups share, in the order of their names.
  public var services: [ServiceScenario] = []
  /// The light rollups.
  public var neighbours: [NeighbourGroup]
}

extension Scenario {
  /// The rollup of a scenario that has one; of several the first.
  public var rollup: RollupScenario {
    get { rollups[0] }
    set { rollups[0] = newValue }
  }

  /// Amount in wei of a price in USD.
  func wei(usd: Double) -> Double { usd / usdPerEther * 1e18 }
}

/// A service with the name that rollups know it by.
public struct ServiceScenario: Hashable, Sendable {
  /// What services there are.
  public enum Kind: String, CaseIterable, Sendable {
    /// Makes proofs.
    case prover
    /// Posts data of several rollups in blobs that they share.
    case blobs
  }

  /// Its name.
  public let name: String
  /// What it does.
  public var kind = Kind.prover
  /// What its provers are like, where it has some.
  public var policy: ProverService.Policy
  /// What its blobs are like, where it posts some.
  public var sharedBlobs = SharedBlobs.Policy()

  /// A service with a name.
  public init(name: String, policy: ProverService.Policy) {
    self.name = name
    self.policy = policy
  }
}
