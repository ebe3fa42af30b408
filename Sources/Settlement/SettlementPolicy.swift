import EventKernel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Everything that a scenario says about a settlement chain.
public struct SettlementPolicy: Hashable, Sendable {
  /// Time between slots.
  public var slot: SimDuration
  /// When slot 0 comes: the phase of the chain against the rollup's clock.
  public var firstSlot: SimDuration
  /// Probability that a slot stays empty, independent from slot to slot.
  public var missedSlots: Double
  /// Slots in an epoch.
  public var slotsPerEpoch: Int
  /// Epoch boundaries after which a block is final, its own epoch's end counted as the first.
  public var epochsToFinality: Int
  /// Execution gas that fits into a block.
  public var gasLimit: UInt64
  /// Most gas of one transaction (EIP-7825 from Osaka; before, the block's limit).
  public var transactionGasLimit: UInt64
  /// How the base fee moves.
  public var executionFee: ExecutionFeeRule
  /// What calldata costs.
  public var calldata: CalldataRule
  /// Base fee of the first block [wei per gas].
  public var initialBaseFee: UInt64
  /// How blobs are priced.
  public var blobFee: BlobFeeRule
  /// Blob base fee of the first block [wei per blob gas].
  public var initialBlobBaseFee: UInt64
  /// Others' demand for execution gas.
  public var demand: OthersDemand.Policy
  /// Others' demand for blobs.
  public var blobDemand: OthersDemand.Policy

  /// When blocks are made.
  public var blockProcess = BlockProcess.slots
  /// When a block is final.
  public var finality = FinalityRule.epochs
  /// Blocks on top of a block after which it is final, where that is the rule.
  public var confirmations = 64
  /// What the clock says at the start of the run [Unix seconds].
  public var startsAt: Int64 = 0
  /// Changes of the blob parameters at dates.
  public var forks = ForkSchedule()
  /// Correlation of the innovations of the demand for gas and for blobs.
  ///
  /// The demands themselves correlate by less where their reversions differ: see `stateCorrelation`.
  public var demandCorrelation = 0.0
  /// How others compete for the room of blocks.
  public var competition = CompetitionPolicy()
  /// Blocks that replace earlier ones.
  public var reorgs = Reorgs.Policy()
  /// Proposers who leave transactions out.
  public var censorship = Censorship.Policy()
  /// What of the chain's history is replayed.
  public var history = HistoryPolicy()
  /// Times without blocks.
  public var outages = IncidentProcess.Policy.none
  /// Times in which nothing becomes final.
  public var finalityStalls = IncidentProcess.Policy.none

  /// Creates a policy for a chain with slots and epochs on which nothing unusual happens.
  public init(
    slot: SimDuration, firstSlot: SimDuration, missedSlots: Double, slotsPerEpoch: Int,
    epochsToFinality: Int, gasLimit: UInt64, transactionGasLimit: UInt64,
    executionFee: ExecutionFeeRule, calldata: CalldataRule, initialBaseFee: UInt64,
    blobFee: BlobFeeRule, initialBlobBaseFee: UInt64, demand: OthersDemand.Policy,
    blobDemand: OthersDemand.Policy
  ) {
    self.slot = slot
    self.firstSlot = firstSlot
    self.missedSlots = missedSlots
    self.slotsPerEpoch = slotsPerEpoch
    self.epochsToFinality = epochsToFinality
    self.gasLimit = gasLimit
    self.transactionGasLimit = transactionGasLimit
    self.executionFee = executionFee
    self.calldata = calldata
    self.initialBaseFee = initialBaseFee
    self.blobFee = blobFee
    self.initialBlobBaseFee = initialBlobBaseFee
    self.demand = demand
    self.blobDemand = blobDemand
  }
}

extension SettlementPolicy {
  /// Whether a run depends on what the clock shows at its start.
  var readsClock: Bool {
    !forks.scheduled.isEmpty || history.trace.clock == .chain
      || demand.readsClock || blobDemand.readsClock
  }

  /// Whether the chain sells blobs, before its forks as after them.
  public var hasBlobs: Bool { blobFee.limit > 0 }

  /// How blobs are priced at `now`.
  func blobFee(at now: SimTime) -> BlobFeeRule {
    forks.rule(at: startsAt + (now - .start).wholeSeconds, after: blobFee)
  }

  /// The innovation of blob demand, given that of gas demand and one of its own.
  func correlated(_ gas: Double, _ own: Double) -> Double {
    Self.correlated(demandCorrelation, gas, own)
  }

  /// The blob demand with which a run begins, given that for gas and a variable of its own: in the
  /// stationary state of both.
  func correlatedAtStart(_ gas: Double, _ own: Double) -> Double {
    Self.correlated(stateCorrelation, gas, own)
  }

  private static func correlated(_ correlation: Double, _ gas: Double, _ own: Double) -> Double {
    correlation * gas + (1 - correlation * correlation).squareRoot() * own
  }

  /// Correlation of the demands themselves, in the stationary state.
  ///
  /// With φ1 and φ2 per slot: that of the innovations times √((1 − φ1²)(1 − φ2²)) / (1 − φ1·φ2), from the
  /// fixed point of Cov' = φ1·φ2·Cov + Cov of the innovations.
  var stateCorrelation: Double {
    // Without correlation nothing is computed, and alike reversions change nothing.
    guard demandCorrelation > 0, demand.reversion != blobDemand.reversion else {
      return demandCorrelation
    }
    let gas = exp(-slot.seconds / demand.reversion.seconds)
    let blobs = exp(-slot.seconds / blobDemand.reversion.seconds)
    return demandCorrelation * ((1 - gas * gas) * (1 - blobs * blobs)).squareRoot()
      / (1 - gas * blobs)
  }
}
