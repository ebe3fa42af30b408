// What rollups that settle here send where the operator takes it no more.

extension Sequencer {
  /// Takes what such rollups have sent out of the mempool, and nothing else.
  public mutating func releaseGuests() {
    for _ in mempool.indices {
      guard let transaction = mempool.removeFirst() else { return }
      guard transaction.isGuest else {
        mempool.append(transaction)
        continue
      }
      waitingGas -= UInt64(transaction.gas)
      accepted -= 1
    }
  }

  /// Adds a transaction of such a rollup to a block that nobody seals: whoever follows the host derives it.
  public mutating func derive(guestGas gas: UInt64, bytes: UInt64, into block: inout SealedBlock) {
    let transaction = Transaction(guestGas: gas, bytes: bytes, at: block.sealedAt)
    block.transactions.add(transaction)
    block.isDerived = true
    block.guests += 1
    block.guestGas += UInt64(transaction.gas)
    accepted += 1
  }
}
