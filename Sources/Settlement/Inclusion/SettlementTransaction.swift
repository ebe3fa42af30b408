import EventKernel
import Ledger

/// A transaction that a rollup sends to its settlement chain.
public struct SettlementTransaction: Hashable, Sendable {
  /// What the transaction does there.
  public enum Kind: Int, CaseIterable, Sendable {
    /// Carries a part of a batch that is not its last.
    case dataPart
    /// Carries the last part of a batch.
    case data
    /// Claims a state that may be challenged.
    case stateClaim
    /// Proves a state.
    case proof
    /// Carries the last part of batches and proves their state.
    case provenData
    /// Of a service: carries data of several rollups.
    case sharedData
    /// Of a service: proves states of several rollups, which refer to it.
    case sharedProof
    /// Brings the effects of a proved state, or resolves a claim that nobody has disputed.
    case execution
    /// Of a user: proves that a claim about the state has a withdrawal.
    case withdrawalProof
    /// Of a user: takes a withdrawal, from a host that is a rollup on to its own host.
    case withdrawal
    /// Carries the data of another rollup.
    case neighbourData
    /// Moves a user's funds to the rollup.
    case deposit
    /// Of a user: asks the contract to see to it that a balance is let out.
    case exitRequest
    /// Of anybody: freezes a rollup that has not served such a request in time.
    case freeze
    /// Of a user: takes a balance out of a rollup without its operator.
    case exit
    /// Of who is right: contests a claim that is wrong, or answers for one that is right.
    case defence
    /// Of an adversary: contests a claim that is right, or answers for one that is wrong.
    case attack
    /// Of who pays a withdrawal out before the bridge does.
    case payout
    /// Of a user: a transaction of the rollup that goes through the host.
    case message
    /// Of anybody: forces such messages into the rollup.
    case forcing
    /// Of who holds keys: queues an upgrade of the rollup's contracts, or brings its effect.
    case upgrade
    /// Of who can: cancels such an upgrade.
    case veto
    /// Of a user: takes a call, or money for one, from a rollup's contracts to those of another.
    case call

    /// Whether a whole rollup sends it, or somebody because of one: no light one, and no service.
    public var isOfRollup: Bool { self != .neighbourData && !isOfService }

    /// Whether it carries data of batches.
    var isData: Bool {
      switch self {
      case .data, .dataPart, .provenData, .neighbourData, .sharedData: true
      case .stateClaim, .proof, .sharedProof, .execution, .withdrawalProof, .withdrawal, .deposit,
        .exitRequest, .freeze, .exit, .defence, .attack, .payout, .message, .forcing, .upgrade,
        .veto, .call:
        false
      }
    }

    /// Whether a service sends it for several rollups.
    public var isOfService: Bool { self == .sharedProof || self == .sharedData }
  }

  /// What it does.
  public var kind: Kind
  /// The rollup that it belongs to.
  public var rollup: RollupID
  /// The batch, claim or deposit that it is about: the rollup's own numbering.
  public var reference: Int
  /// Execution gas that it uses.
  public var gas: UInt64
  /// Blobs that it carries.
  public var blobs: UInt64
  /// Data in its calldata [B]: a host that is a rollup has to publish it.
  public var calldata: UInt64
  /// When the oldest of its data came into being; nil if with the transaction.
  public var dataSince: SimTime?
  /// What it bids.
  public var bid: Bid

  /// Creates a transaction.
  public init(
    kind: Kind, of rollup: RollupID = .first, reference: Int, gas: UInt64, blobs: UInt64,
    calldata: UInt64 = 0, dataSince: SimTime? = nil, bid: Bid
  ) {
    self.kind = kind
    self.rollup = rollup
    self.reference = reference
    self.gas = gas
    self.blobs = blobs
    self.calldata = calldata
    self.dataSince = dataSince
    self.bid = bid
  }
}

/// What became of a transaction in the block that included it.
public struct SettlementReceipt: Equatable, Sendable {
  /// The transaction.
  public let transaction: SettlementTransaction
  /// The slot of the block.
  public let slot: Int
  /// When it was handed to the mempool.
  public let submittedAt: SimTime
  /// When the block was made.
  public let includedAt: SimTime
  /// How often it was replaced by one that bids more.
  public let replacements: Int
  /// Base fees destroyed.
  public let burned: Wei
  /// Blob fees destroyed.
  public let blobBurned: Wei
  /// Tip paid to the proposer.
  public let tip: Wei
  /// Effective price per gas that the sender sees on its receipt [wei].
  public let effectiveGasPrice: UInt64
  /// Price per unit of blob gas that the sender sees on its receipt [wei].
  public let blobGasPrice: UInt64
  /// What a host that is a rollup charges for its bytes, beside gas; part of the tip.
  public let dataFee: Wei

  /// A receipt of a transaction in a block.
  public init(
    transaction: SettlementTransaction, slot: Int, submittedAt: SimTime, includedAt: SimTime,
    replacements: Int = 0, burned: Wei = .zero, blobBurned: Wei = .zero, tip: Wei,
    effectiveGasPrice: UInt64, blobGasPrice: UInt64 = 0, dataFee: Wei = .zero
  ) {
    self.transaction = transaction
    self.slot = slot
    self.submittedAt = submittedAt
    self.includedAt = includedAt
    self.replacements = replacements
    self.burned = burned
    self.blobBurned = blobBurned
    self.tip = tip
    self.effectiveGasPrice = effectiveGasPrice
    self.blobGasPrice = blobGasPrice
    self.dataFee = dataFee
  }

  /// What the sender pays, from the receipt's own fields as a wallet computes it:
  /// gas used × effective gas price + blob gas used × blob gas price, and a fee for data beside them.
  public var charged: Wei {
    Wei(gas: transaction.gas, price: effectiveGasPrice)
      + Wei(gas: transaction.blobs * BlobFeeRule.gasPerBlob, price: blobGasPrice) + dataFee
  }
}
