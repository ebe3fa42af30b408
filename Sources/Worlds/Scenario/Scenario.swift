import EventKernel
import Randomness
import Rollup
import Settlement

/// Everything a run depends on, except its random streams.
public struct Scenario: Hashable, Sendable {
  /// How claims about the state become final.
  public enum Family: String, CaseIterable, Sendable {
    /// A claim stands unless it is challenged within a window.
    case optimistic
    /// A claim stands because it is proved.
    case validity
  }

  /// At which phase what recurs begins: ages of batches, claims and epochs.
  public enum Phases: String, CaseIterable, Sendable {
    /// At a phase that each replication draws: means are those of a random moment.
    case random
    /// All at the start of the run: for runs that are worked out by hand.
    case aligned
  }

  /// How claims about the state become final.
  public var family: Family
  /// At which phase what recurs begins.
  public var phases: Phases
  /// Submissions before this instant are not measured.
  public var warmUp: SimDuration
  /// Submissions from this instant on are not measured.
  public var horizon: SimDuration
  /// How long the run may go on after the horizon until every measured transaction is final.
  public var coolDown: SimDuration
  /// What users send.
  public var workload: Workload.Policy
  /// Who orders it.
  public var sequencer: Sequencer.Policy
  /// Who publishes its data.
  public var poster: BatchPoster.Policy
  /// Settlement gas that a data transaction executes beside its calldata.
  public var batchGas: UInt64
  /// Share of zero bytes in published calldata.
  public var zeroByteShare: Double
  /// Who claims the state of an optimistic rollup.
  public var proposer: StateProposer.Policy
  /// Who proves the state of a validity rollup.
  public var prover: Prover.Policy
  /// Time in which a claim of an optimistic rollup can be disputed.
  public var challengeWindow: SimDuration
  /// Time that a validity rollup waits between a verified proof and its effects.
  public var executionDelay: SimDuration
  /// The chain that all this settles on.
  public var settlement: SettlementPolicy
  /// What the rollup bids there.
  public var bid: Bid
  /// Who moves funds from there to the rollup.
  public var deposits: Deposits.Policy
  /// The other rollups there.
  public var neighbours: NeighbourGroups
  /// Price of layer 2 gas [wei per gas].
  public var layer2GasPrice: UInt64
  /// Price of the settlement chain's coin [USD].
  public var usdPerEther: Double
}

extension Scenario {
  /// Time from the inclusion of a claim to its maturity.
  var claimDelay: SimDuration {
    switch family {
    case .optimistic: challengeWindow
    case .validity: executionDelay
    }
  }

  /// Amount in wei of a price in USD.
  func wei(usd: Double) -> Double { usd / usdPerEther * 1e18 }
}
