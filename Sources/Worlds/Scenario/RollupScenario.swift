import Declarations
import EventKernel
import Rollup
import Settlement

/// What a scenario says about one rollup.
public struct RollupScenario: Hashable, Sendable {
  /// Its name; empty for the only one of a scenario that names none.
  public private(set) var name: String
  /// Where it settles.
  public var hosting: Hosting
  /// What it does there, in which order.
  public var sequence: SettlementSequence
  /// Whether transactions are drawn one by one.
  public var fidelity = Fidelity.auto
  /// What users send.
  public var workload: Workload.Policy
  /// Who orders it.
  public var sequencer: Sequencer.Policy
  /// How the sequencer's machine executes what it orders.
  public var execution = Execution.Policy.baseCase
  /// In which order he puts it, and who pays for being early.
  public var ordering = Ordering.Policy.baseCase
  /// Who makes the blocks.
  public var sequencerSet = SequencerSet.Policy.baseCase
  /// Who publishes its data.
  public var poster: BatchPoster.Policy
  /// Who keeps its data.
  public var data = DataPolicy.baseCase
  /// Who claims the state of an optimistic rollup.
  public var proposer: StateProposer.Policy
  /// Who proves the state of a validity rollup.
  public var prover: Prover.Policy
  /// Whose provers those are.
  public var proving: Proving
  /// What a sequencer pays for the proof of a batch.
  public var batchFee = BatchFee.Policy()
  /// When claims take effect.
  public var bridge: Bridge.Policy
  /// What the rollup bids on its host.
  public var bid: Bid
  /// Who moves funds from there to the rollup.
  public var deposits: Deposits.Policy
  /// Who leaves without the operator.
  public var exits = Exits.Policy.baseCase
  /// Who withdraws coins, and who pays them out before they are due.
  public var fastExits = FastExits.Policy.baseCase
  /// A market whose price the settlement chain sets.
  public var market = DistributedMarket.Policy.baseCase
  /// Who calls another rollup.
  public var calls = Calls.Policy.baseCase
  /// What the contract says of claims that are disputed.
  public var disputes = DisputeRules()
  /// Who makes wrong claims, or contests right ones.
  public var adversary = Adversary()
  /// Who looks at claims.
  public var watchers = Watchers()
  /// What users pay.
  public var fees: FeePolicy
  /// What users pay for their data beside gas.
  public var dataFees = DataFees.Policy.baseCase
  /// Who runs it, as a business.
  public var `operator` = Operator.Policy.baseCase
  /// Its token.
  public var token = Token.Policy.baseCase
  /// The nodes of its operator.
  public var nodes = NodePolicy.baseCase
  /// Which blocks of its host it builds on.
  public var origins = Origins.Policy.baseCase
  /// How its machines fail.
  public var machines = Machines.Policy.baseCase
  /// Whom its operator leaves out.
  public var censorship = Sequencer.CensorPolicy()
  /// What those can do.
  public var forced = ForcedInclusion.Policy()
  /// Who can replace its contracts.
  public var upgrades = Upgrades.Policy.baseCase
  /// What changes at dates, in the order of time.
  public var changes: [RollupChange] = []

  /// What users are charged for their data beside gas: nothing on a host that is a rollup, whose price no rule follows.
  public var chargedDataFees: DataFees.Policy {
    hosting.isOnSettlement ? dataFees : .baseCase
  }

  /// The same rollup under another name.
  public func named(_ name: String) -> RollupScenario {
    var rollup = self
    rollup.name = name
    return rollup
  }
}

/// Where a rollup settles.
public struct Hosting: Hashable, Sendable {
  /// The word for the settlement chain.
  public static let settlement = "settlement"

  /// The stage of its host's blocks that counts as final for a rollup on a rollup.
  public enum Finality: String, CaseIterable, Sendable {
    /// The data of the block is in a final settlement block: anybody can derive the state.
    case settled
    /// The host's claim about the block can be neither disputed nor re-organised away.
    case final
  }

  /// What a rollup pays to a host that is a rollup.
  public enum Pricing: String, CaseIterable, Sendable {
    /// Gas at the host's price.
    case gasPrice = "gas_price"
    /// Its part, by bytes, of what the host pays for the batches, claims and proofs that have its
    /// transactions.
    case atCost = "at_cost"
  }

  /// The name of the rollup that it settles on, or `settlement`.
  public var host: String
  /// What counts as final there.
  public var finality: Finality
  /// What it pays there.
  public var pricing = Pricing.gasPrice
  /// Bytes of a transaction to a host that is a rollup, beside its data.
  public var envelopeBytes: UInt64
  /// Gas of the transaction on a host that is a rollup which takes a withdrawal on to its own host.
  public var withdrawalGas: UInt64

  /// On the settlement chain.
  public static let onSettlement = Hosting(
    host: settlement, finality: .final, envelopeBytes: 110, withdrawalGas: 100_000)

  /// Whether it settles on the settlement chain.
  public var isOnSettlement: Bool { host == Self.settlement }

  /// Whether a block of the host is final for it once the data of that block is on the settlement
  /// chain for good.
  var countsSettled: Bool { isOnSettlement || finality == .settled }

  /// Whether it pays a host that is a rollup what that pays for it.
  var paysAtCost: Bool { !isOnSettlement && pricing == .atCost }
}

/// Whose provers prove a rollup.
public struct Proving: Hashable, Sendable {
  /// The word for provers of the rollup's own.
  public static let own = "own"

  /// The name of the service, or `own`.
  public var service: String
  /// Its priority there; the highest goes first.
  public var priority: Int

  /// Provers of the rollup's own.
  public static let alone = Proving(service: own, priority: 0)

  /// Whether the provers are the rollup's own.
  public var isOwn: Bool { service == Self.own }
}

extension RollupScenario {
  /// Whether it posts its data on the settlement chain, whatever it settles on.
  @inline(__always)
  public var postsOnSettlement: Bool { hosting.isOnSettlement || data.mode == .settlement }

  /// Whether it sends transactions of a kind to the settlement chain, and not to a host that is a rollup.
  @inline(__always)
  func sendsToSettlement(_ kind: SettlementTransaction.Kind) -> Bool {
    switch kind {
    case .data, .dataPart: postsOnSettlement
    default: hosting.isOnSettlement
    }
  }

  /// Whether data waits for its proof, to come with it in one transaction: not where the two go to different chains.
  @inline(__always)
  var holdsData: Bool { sequence.holdsData && postsOnSettlement == hosting.isOnSettlement }

  /// Whether the prover is given batches when they are closed, and not when the host has their data.
  var provesClosedBatches: Bool { holdsData || prover.startsAt == .closed }

  /// Whether batches are proved: because claims stand by that alone, or since it ends their window.
  var proves: Bool { sequence.isProved || bridge.earlyProof }

  /// Whether it publishes state differences, from the start or after a change.
  var publishesDifferences: Bool {
    poster.format == .stateDifferences
      || !changes.isEmpty && terms.contains { $0.poster.format == .stateDifferences }
  }

  /// Bytes of one transaction, before compression, that a batch or a settlement transaction of its own has room
  /// for; more is refused by the sequencer.
  var rawBytesLimit: UInt64 {
    workload.hasIncompressible && poster.format == .transactions
      ? poster.fixedBytesLimit : poster.rawBytesLimit
  }

  /// Whether its proofs wait for data that is more certain than being in a block.
  var waitsForData: Bool { prover.waitsFor != .included && !holdsData }

  /// Whether claims can be wrong or contested, and disputed.
  var disputesHappen: Bool { !sequence.isProved && disputes.happens && adversary.acts }

  /// What the transaction takes that brings the effects of a claim [gas].
  var effectGas: UInt64 { sequence.isProved ? prover.executionGas : bridge.resolveGas }

  /// Whether users have transactions on the host for their withdrawals, or who pays those out has, who bids like them.
  var hasUserTransactions: Bool {
    bridge.proveGas > 0 || hosting.isOnSettlement && bridge.exitGas > 0
      || exits.happens && exits.rule == .escape || fastExits.happens && fastExits.hasProviders
      || censorship.censors && forced.rule != .none || forcesGuests || upgrades.replaces
      || calls.hasMessages
  }

  /// Whether its operator may come to take nothing more from rollups that settle on this one.
  var mayLeaveGuestsOut: Bool { censorship.guests != .none || maySequenceNoMore }

  /// Whether it may come to make no blocks any more.
  var maySequenceNoMore: Bool { machines.stopsAt > .zero || `operator`.canFail }

  /// Whether those have another way then.
  var forcesGuests: Bool { mayLeaveGuestsOut && forced.needsNoOperator }

  /// The delay from the step that the contract counts from to the maturity of a claim.
  var claimDelay: Delay {
    guard !sequence.isProved else { return .time(bridge.executionDelay) }
    return bridge.challengeBlocks > 0
      ? .blocks(bridge.challengeBlocks) : .time(bridge.challengeWindow)
  }

  /// How long a withdrawal waits at most where nobody disputes anything, no block is full and proofs take no time: for
  /// its batch, its claim, the delay of that and what follows, in slots of this length.
  func usualWait(slot: SimDuration) -> SimDuration {
    let delay =
      switch claimDelay {
      case .time(let time): time
      case .blocks(let blocks): slot * Int64(blocks)
      }
    let claimed = poster.longestAge + (sequence.isProved ? .zero : proposer.interval)
    let followed = claimed + delay + bridge.airGap
    return bridge.proveGas > 0 ? max(followed, claimed + bridge.proveDelay) : followed
  }

  /// Settlement gas of the largest data transaction, with what says that other data is kept.
  func mostDataGas(_ rule: CalldataRule) -> UInt64 {
    dataGas(calldataBytes: data.mostCalldata(poster), rule)
      + data.wordGas
  }

  /// Settlement gas of a data transaction that carries `calldataBytes` beside its blobs.
  ///
  /// Inlined, since a call would copy the scenario of terms, some thousand bytes.
  @inline(__always)
  func dataGas(calldataBytes: UInt64, _ rule: CalldataRule) -> UInt64 {
    let zeroBytes = UInt64((poster.zeroByteShare * Double(calldataBytes)).rounded())
    return rule.gas(
      zeroBytes: zeroBytes, nonZeroBytes: calldataBytes - zeroBytes, execution: poster.gas)
  }
}

extension Scenario {
  /// The files that arrivals follow, with the paths of what names them.
  public var arrivalTraces: [(path: String, trace: DemandTrace)] {
    rollups.compactMap { rollup in
      switch rollup.workload.arrivals {
      case .counts(let trace), .times(let trace):
        let name = rollup.workload.arrivals.name
        return ("\(rollup.pathPrefix)workload.arrivals.\(name).trace", trace)
      default: return nil
      }
    }
  }
}
