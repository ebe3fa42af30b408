/// A block that is being filled: what it has room for, and who wants it.
struct BlockSpace {
  let gasLimit: UInt64
  let blobLimit: UInt64
  /// Blobs that one transaction can have (EIP-7594).
  let transactionBlobs: UInt64
  var othersGas = 0.0
  var othersBlobs: UInt64 = 0
  private(set) var gas: UInt64 = 0
  private(set) var blobs: UInt64 = 0

  init(gasLimit: UInt64, blobLimit: UInt64, transactionBlobs: UInt64) {
    self.gasLimit = gasLimit
    self.blobLimit = blobLimit
    self.transactionBlobs = transactionBlobs
  }

  /// Gives a transaction the room that it needs.
  mutating func add(_ transaction: SettlementTransaction) {
    gas += transaction.gas
    blobs += transaction.blobs
  }
}
