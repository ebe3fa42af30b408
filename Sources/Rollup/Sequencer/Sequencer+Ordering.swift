import EventKernel

/// A transaction of a block that has to do with the order.
public struct OrderedTransaction: Hashable, Sendable, BitwiseCopyable {
  /// The number of its ticket.
  let ticket: UInt32
  /// The layer 2 gas that it took.
  let gas: UInt32
}

// Blocks whose order is another than that in which users submit.

extension Sequencer {
  /// Lets wait what has come by an instant, in the order of a rule, before the block of that instant is sealed.
  ///
  /// - Parameter gasPrice: of that block [wei per gas].
  public mutating func admit(
    _ workload: inout Workload, by ordering: inout Ordering, gasPrice: UInt64, at instant: SimTime
  ) {
    while workload.draw(through: instant) {
      let transaction = workload.next()
      if let censor, censor.leavesOut(transaction) { continue }
      if fits(transaction) {
        ordering.send(transaction)
      } else {
        noteDropped(transaction, isOversized: true)
      }
    }
    ordering.prepare(through: instant, gasPrice: gasPrice)
    guard !ordering.ranksAll else { return rank(by: &ordering, at: instant) }
    var placed: [Transaction] = []
    for (place, pending) in ordering.arrived.enumerated() {
      if place < ordering.placed {
        var transaction = pending.transaction
        ordering.foresee(&transaction, at: instant)
        placed.append(transaction)
      } else {
        append(pending.transaction, &ordering, at: instant)
      }
    }
    for transaction in placed.reversed() {
      mempool.prepend(transaction)
      waitingGas &+= UInt64(transaction.gas)
      accepted &+= 1
    }
  }

  /// Puts a transaction behind those that wait, if the mempool has room.
  private mutating func append(
    _ transaction: Transaction, _ ordering: inout Ordering, at instant: SimTime
  ) {
    var transaction = transaction
    guard mempool.count < policy.mempoolCapacity else {
      noteDropped(transaction, isOversized: false)
      return ordering.drop(transaction)
    }
    ordering.foresee(&transaction, at: instant)
    enqueue(transaction)
  }

  /// Merges what comes with what waits, both in their order; what the mempool has no room for is dropped from the end.
  private mutating func rank(by ordering: inout Ordering, at instant: SimTime) {
    guard !ordering.arrived.isEmpty else { return }
    accepted &-= mempool.count
    waitingGas = 0
    ordering.pass += 1
    var rest = mempool.count
    var next = 0
    let new = ordering.arrived
    while rest > 0 || next < new.count {
      var transaction: Transaction
      if rest > 0, let waiting = mempool.head,
        next == new.count || ordering.goesBefore(waiting, new[next].transaction)
      {
        mempool.removeFirst()
        rest -= 1
        transaction = waiting
      } else {
        transaction = new[next].transaction
        next += 1
      }
      // What is put behind those that are still to be looked at is not counted among them.
      guard mempool.count - rest < policy.mempoolCapacity else {
        noteDropped(transaction, isOversized: false)
        ordering.drop(transaction)
        continue
      }
      ordering.foresee(&transaction, at: instant)
      enqueue(transaction)
    }
  }
}
