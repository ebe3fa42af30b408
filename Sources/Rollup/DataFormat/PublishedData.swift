// What batches publish, in the format of the rollup.

extension BatchPoster.Policy {
  /// Bytes, before compression, that transactions publish which have written these slots.
  @inline(__always)
  func dataBytes(_ transactions: TransactionTotals, _ slots: SlotCounts) -> UInt64 {
    switch format {
    case .transactions: transactions.bytes
    case .stateDifferences:
      UInt64(slots.known) * slotBytes + UInt64(slots.new) * newSlotBytes
        + UInt64(transactions.count) * messageBytes
    }
  }

  /// Bytes, before compression, that a batch publishes.
  public func dataBytes(of batch: Batch) -> UInt64 { dataBytes(batch.transactions, batch.slots) }

  /// Bytes of transactions that no compressor shortens.
  @inline(__always)
  func fixedBytes(_ transactions: TransactionTotals) -> UInt64 {
    format == .transactions ? UInt64(transactions.fixedBytes) : 0
  }

  /// Bytes of a batch that no compressor shortens.
  public func fixedBytes(of batch: Batch) -> UInt64 { fixedBytes(batch.transactions) }

  /// Bytes that transactions publish which have written these slots.
  @inline(__always)
  func publishedBytes(_ transactions: TransactionTotals, _ slots: SlotCounts) -> UInt64 {
    publishedBytes(
      rawBytes: dataBytes(transactions, slots), fixedBytes: fixedBytes(transactions))
  }

  /// Whether transactions publish more than so many bytes which have written these slots.
  @inline(__always)
  func publishes(
    moreThan limit: UInt64, _ transactions: TransactionTotals, _ slots: SlotCounts
  ) -> Bool {
    publishes(
      moreThan: limit, rawBytes: dataBytes(transactions, slots),
      fixedBytes: fixedBytes(transactions))
  }

  /// Bytes that a batch publishes.
  public func publishedBytes(of batch: Batch) -> UInt64 {
    publishedBytes(batch.transactions, batch.slots)
  }

  /// Bytes, before compression, that a transaction of the mix publishes on average in a full batch of state
  /// differences.
  ///
  /// With n transactions in a batch it is messages + slots · D(n)/n, with D the expected number of different
  /// slots; n is where that fills the batch, found by bisection.
  public func differenceBytes(_ workload: Workload.Policy) -> Double {
    let room = uncompressed(Double(maxBytes - min(overheadBytes, maxBytes)))
    let writes = workload.mean(of: \.writes)
    let newShare = workload.state.newShare
    func bytes(_ count: Double) -> Double {
      let new = newShare * writes * count
      let known = workload.state.expectedDistinct(writes: writes * count) - new
      return count * Double(messageBytes) + known * Double(slotBytes) + new * Double(newSlotBytes)
    }
    var (low, high) = (1.0, 1.0)
    while bytes(high) < room, high < Self.mostTransactions { high *= 2 }
    guard high > 1 else { return bytes(1) }
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if bytes(middle) < room { low = middle } else { high = middle }
    }
    return bytes(low) / low
  }

  /// More than any batch has: where all slots are written, more transactions publish nothing more.
  private static var mostTransactions: Double { 1e9 }
}
