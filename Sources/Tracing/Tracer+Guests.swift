import EventKernel
import Settlement
import Worlds

// What rollups hand to their hosts, and what becomes of it where the host is a rollup.

extension Tracer {
  /// Notes what was handed to hosts since the last look.
  mutating func noteHandedOver(_ world: borrowing World, at now: SimTime) {
    if world.settlement.submittedCount > submitted {
      for waiting in world.settlement.waiting(behind: submitted, at: now)
      where waiting.transaction.kind.isOfRollup {
        handOver(waiting.transaction, order: waiting.order, at: waiting.submittedAt)
      }
      submitted = world.settlement.submittedCount
    }
    for host in rollups.indices { noteAccepted(by: host, world) }
  }

  /// Notes what a host has taken from rollups that settle on it since the last look.
  private mutating func noteAccepted(by host: Int, _ world: borrowing World) {
    while rollups[host].guests.count < world.journeys[host].guests.entries.indices.upperBound {
      let entry = world.journeys[host].guests.entries[rollups[host].guests.count]
      rollups[host].guests.append(.init(cargo: cargo(of: entry.transaction)))
      rollups[host].nextSubmission = min(rollups[host].nextSubmission, entry.submittedAt)
      handOver(entry.transaction, order: nil, at: entry.submittedAt)
    }
  }

  /// Notes blocks that follow from the settlement chain, of hosts that make none any more.
  mutating func noteDerivedBlocks(_ world: borrowing World, at now: SimTime) {
    for host in rollups.indices
    where world.topology.isHost[host] && world.journeys[host].makesNoBlocks {
      noteAccepted(by: host, world)
      noteBlock(of: host, world, at: now)
    }
  }

  private mutating func handOver(
    _ transaction: SettlementTransaction, order: Int?, at now: SimTime
  ) {
    hostTransactions.handOver(
      transaction, order: order, at: now, cargo: cargo(of: transaction),
      measured: measured(of: transaction), &timeline)
  }

  /// The batches that a transaction on a host is about, and those of guests that it carries.
  func cargo(of transaction: SettlementTransaction) -> [Cargo] {
    let place = Int(transaction.rollup.number)
    switch transaction.kind {
    case .dataPart, .data: return rollups[place].batches[transaction.reference].cargo
    case .deposit, .neighbourData, .sharedData, .sharedProof, .exitRequest, .freeze, .exit,
      .defence, .attack, .payout, .message, .forcing, .upgrade, .veto, .call:
      return []
    case .provenData:
      return rollups[place].claims[transaction.reference].batches.flatMap {
        rollups[place].batches[$0].cargo
      }
    case .stateClaim, .proof, .execution, .withdrawalProof, .withdrawal:
      return [.batches(rollups[place].claims[transaction.reference].batches, of: place)]
    }
  }

  private func measured(of transaction: SettlementTransaction) -> Int {
    let place = Int(transaction.rollup.number)
    switch transaction.kind {
    case .dataPart, .data: return rollups[place].batches[transaction.reference].measured
    case .deposit, .neighbourData, .sharedData, .sharedProof, .exitRequest, .freeze, .exit,
      .defence, .attack, .payout, .message, .forcing, .upgrade, .veto, .call:
      return 0
    case .stateClaim, .proof, .provenData, .execution, .withdrawalProof, .withdrawal:
      return rollups[place].claims[transaction.reference].measured
    }
  }

  /// Notes transactions of guests in a block that a host has just sealed.
  ///
  /// - Returns: what passes with them.
  mutating func includeGuests(of host: Int, _ world: borrowing World) -> [Cargo] {
    var passing: [Cargo] = []
    while rollups[host].firstNotSealed < rollups[host].guests.count {
      let number = rollups[host].firstNotSealed
      guard let receipt = world.journeys[host].guests.entries[number].receipt else { break }
      rollups[host].guests[number].receipt = receipt
      rollups[host].firstNotSealed += 1
      let cargo = rollups[host].guests[number].cargo
      passing += cargo
      hostTransactions.include(receipt, cargo: cargo, &timeline)
    }
    return passing
  }

  /// Notes batches of a host that are final, and with them what they have of guests.
  mutating func noteSettled(of host: Int, _ world: borrowing World, at now: SimTime) {
    while rollups[host].firstNotSettled < rollups[host].batches.count {
      let number = rollups[host].firstNotSettled
      let isKept = world.journeys[host].batches.indices.contains(number)
      guard !isKept || world.journeys[host].batches[number].isSettled else { return }
      rollups[host].firstNotSettled += 1
      for guest in rollups[host].batches[number].guests {
        guard let receipt = rollups[host].guests[guest].receipt else {
          preconditionFailure("a batch has a transaction that is in no block")
        }
        hostTransactions.finalise(receipt, at: now, &timeline)
      }
    }
  }
}
