/// How many transactions there are, and what they use together: all that flows on from a sealed block.
public struct TransactionTotals: Hashable, Sendable, BitwiseCopyable {
  /// Transactions.
  public var count = 0
  /// Layer 2 gas.
  public var gas: UInt64 = 0
  /// Bytes before compression.
  public var bytes: UInt64 = 0
  /// Prover work [work units].
  public var proverWork = 0.0
  /// Writes to storage slots, where state differences are published.
  ///
  /// In half a word, as the next: a block is handed on so often that its size tells.
  public var writes: UInt32 = 0
  /// Bytes of them that no compressor shortens.
  public var fixedBytes: UInt32 = 0

  /// Nothing.
  public init() {}

  /// Adds other transactions.
  public mutating func add(_ other: TransactionTotals) {
    add(
      count: other.count, gas: other.gas, bytes: other.bytes, proverWork: other.proverWork,
      writes: other.writes, fixedBytes: other.fixedBytes)
  }

  @inline(__always)
  mutating func add(
    count: Int, gas: UInt64, bytes: UInt64, proverWork: Double, writes: UInt32 = 0,
    fixedBytes: UInt32 = 0
  ) {
    self.count &+= count
    self.gas &+= gas
    self.bytes &+= bytes
    self.proverWork += proverWork
    self.writes += writes
    self.fixedBytes += fixedBytes
  }

  @inline(__always)
  mutating func add(_ transaction: Transaction) {
    add(
      count: 1, gas: UInt64(transaction.gas), bytes: UInt64(transaction.bytes),
      proverWork: transaction.proverWork, writes: transaction.writes,
      fixedBytes: transaction.fixedBytes)
  }
}
