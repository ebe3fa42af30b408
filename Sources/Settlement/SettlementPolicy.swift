import EventKernel

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

  /// Creates a policy.
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
  /// The resources that the chain sells.
  public enum Market: Hashable, Sendable {
    /// Execution gas.
    case executionGas
    /// Blobs.
    case blobs
  }

  /// Others' demand on one market.
  public subscript(market: Market) -> OthersDemand.Policy {
    get {
      switch market {
      case .executionGas: demand
      case .blobs: blobDemand
      }
    }
    set {
      switch market {
      case .executionGas: demand = newValue
      case .blobs: blobDemand = newValue
      }
    }
  }
}
