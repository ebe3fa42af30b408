import EventKernel
import Ledger

/// What a block charged and used.
public struct BlockUse: Sendable {
  /// Its base fee [wei per gas].
  public internal(set) var baseFee: UInt64 = 0
  /// Its blob base fee [wei per blob gas].
  public internal(set) var blobBaseFee: UInt64 = 0
  /// The blob target that held.
  public internal(set) var blobTarget: UInt64 = 0
  /// Execution gas used, by us and others.
  public internal(set) var gas: UInt64 = 0
  /// Blobs used, by us and others.
  public internal(set) var blobs: UInt64 = 0
}

extension SettlementReceipt {
  /// What a transaction paid in a block.
  init(
    of entry: PendingTransactions.Entry, _ bid: Bid.Standing, in block: BlockUse,
    ofSlot slot: Int, at now: SimTime
  ) {
    let transaction = entry.transaction
    let tip = min(bid.tip, bid.feeCap - block.baseFee)
    let blobGas = transaction.blobs * BlobFeeRule.gasPerBlob
    self.init(
      transaction: transaction, slot: slot, submittedAt: entry.submittedAt, includedAt: now,
      replacements: bid.replacements,
      burned: Wei(gas: transaction.gas, price: block.baseFee),
      blobBurned: Wei(gas: blobGas, price: block.blobBaseFee),
      tip: Wei(gas: transaction.gas, price: tip),
      effectiveGasPrice: block.baseFee + tip, blobGasPrice: block.blobBaseFee)
  }
}
