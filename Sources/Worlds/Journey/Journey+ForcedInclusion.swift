import EventKernel
import Rollup
import Settlement

// Users whom the operator leaves out, and what they send through the host.

extension Journey {
  /// Takes note of those whom the last block left out.
  @inline(never)
  mutating func leaveOut(_ scheduler: inout Events) {
    let leftOut = sequencer.takeLeftOut()
    guard !leftOut.isEmpty else { return }
    let end = policy.censorship.end.map { sequencer.usualSeal(after: $0) }
    for transaction in leftOut {
      if transaction.isMeasured { record.leaveOut() }
      forced.leaveOut(transaction, until: end, &scheduler)
    }
  }

  /// A user sends a message, or the operator serves one.
  mutating func force(_ event: ForcedInclusionEvent, height: Int, at now: SimTime) {
    switch event {
    case .sends(let number):
      forced.send(Int(number), at: now)
      outbox.append(message(Int(number)))
    case .serves(let number):
      let isSequencing = !present.hasMachines || machines.isSequencing
      forced.serve(
        Int(number), in: isSequencing ? sequencer.usualSeal(after: now) : nil, height: height)
    }
  }

  /// A message: a user's, or what a rollup sends that settles on this one, with its calldata.
  private mutating func message(_ number: Int) -> SettlementTransaction {
    let gas = policy.forced.gas
    guard let bytes = forced.guestBytes(of: number) else {
      return ofUser(.message, number, gas: gas)
    }
    var message = ofUser(
      .message, number, gas: surroundings.calldata.gas(ofMessage: gas, carrying: bytes))
    message.calldata = bytes
    return message
  }

  /// Takes note that a block of the host has a message, or a transaction that forces messages.
  mutating func includeForced(
    _ transaction: SettlementTransaction, in block: BlockPlace, _ scheduler: inout Events
  ) {
    if transaction.kind == .message {
      forced.include(transaction.reference, in: block, &scheduler)
    } else {
      forced.includeForcing(
        transaction.reference, in: block, next: sequencer.usualSeal(after: block.time))
    }
  }

  /// A re-org has dropped that block.
  mutating func dropForced(_ transaction: SettlementTransaction) {
    if transaction.kind == .message {
      forced.drop(transaction.reference)
    } else {
      forced.dropForcing(transaction.reference)
    }
  }

  /// That block is final.
  mutating func settleForced(_ receipt: SettlementReceipt) {
    let number = receipt.transaction.reference
    if receipt.transaction.kind == .message {
      forced.settle(number, in: receipt.includedAt, cost: receipt.charged)
    } else {
      forced.settleForcing(number, cost: receipt.charged)
    }
  }

  /// The host has made a block: what has waited long enough can be forced.
  @inline(never)
  mutating func endBlockOfForced(height: Int, _ scheduler: inout Events) {
    if let number = forced.endBlock(at: scheduler.now, height: height) {
      outbox.append(ofUser(.forcing, number, gas: policy.forced.forcingGas))
    }
    if present.forcesGuests { admitForced(number: height, &scheduler) }
  }
}
