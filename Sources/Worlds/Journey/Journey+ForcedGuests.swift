import EventKernel
import Rollup
import Settlement

// Rollups that settle on this one, once its operator takes nothing more from them: each transaction goes through the
// settlement chain as a message of forced inclusion, and becomes part of this rollup when it is executed there for good,
// so that no re-org takes back what they were told.

/// A transaction of a guest that its host has not taken.
enum HeldGuest {
  /// It was in the mempool when the operator stopped.
  case accepted
  /// It came later.
  case sent(SettlementTransaction, Hosting)
}

extension Journey {
  /// Whether nobody makes blocks here any more.
  package var makesNoBlocks: Bool { present.hasMachines && machines.hasStopped }

  /// Whether the operator does not take what a guest sends.
  func leavesOut(_ transaction: SettlementTransaction, at now: SimTime) -> Bool {
    makesNoBlocks
      || policy.censorship.leavesOutGuest(isOfUser: transaction.kind.isOfUser, at: now)
  }

  /// Keeps a transaction of a guest until it comes through the settlement chain.
  mutating func hold(
    _ transaction: SettlementTransaction, by hosting: Hosting, _ scheduler: inout Events
  ) {
    guests.held.append(.sent(transaction, hosting))
    forced.leaveOutGuest(
      bytes: transaction.calldata + hosting.envelopeBytes, &scheduler)
  }

  /// The operator has stopped: what guests have sent that is in no block goes through the settlement chain.
  mutating func holdWaitingGuests(_ scheduler: inout Events) {
    let waiting = guests.firstNotSealed..<guests.entries.indices.upperBound
    guard present.forcesGuests, !waiting.isEmpty, guests.held.isEmpty else { return }
    sequencer.releaseGuests()
    for number in waiting {
      guests.held.append(.accepted)
      forced.leaveOutGuest(bytes: guests.entries[number].bytes, &scheduler)
    }
  }

  /// Takes what is executed on the settlement chain for good: into the next block, or where nobody makes one, into a
  /// block that follows from the settlement chain, and is a batch.
  ///
  /// - Parameter number: of the last settlement block.
  mutating func admitForced(number: Int, _ scheduler: inout Events) {
    let count = forced.takeExecutedGuests()
    guard count > 0 else { return }
    guard makesNoBlocks else {
      for _ in 0..<count {
        guard case .sent(let transaction, let hosting)? = guests.held.removeFirst() else {
          continue
        }
        take(transaction, by: hosting, at: scheduler.now)
      }
      return
    }
    closeOpenBatch(&scheduler)
    var block = SealedBlock(sealedAt: scheduler.now)
    let first = guests.firstNotSealed
    for place in first..<first + count {
      if case .sent(let transaction, let hosting)? = guests.held.removeFirst() {
        _ = guests.accept(transaction, by: hosting, at: scheduler.now)
      }
      let entry = guests.entries[place]
      sequencer.derive(guestGas: entry.transaction.gas, bytes: entry.bytes, into: &block)
    }
    hostHeight = number
    guests.beginBlock(policy.sequencer.blockNumber == .host ? number : nil)
    confirm(block, &scheduler)
    closeOpenBatch(&scheduler)
  }
}
