import EventKernel
import Settlement
import Worlds

// The settlement chain, slot by slot.

extension Tracer {
  private static let slots = TraceTrack(.slots, of: .settlement)
  private static let finality = TraceTrack(.finality, of: .settlement)
  /// So many waiting transactions of each sender are looked at for bids that were raised.
  private static let mostLooks = 64

  /// Notes what a slot did, in the order in which it did.
  mutating func noteSlot(_ world: borrowing World, at now: SimTime) {
    noteDropped(world, at: now)
    if let slot { timeline.end(slot, at: now) }
    slot = nil
    let number = world.settlement.nextSlot - 1
    if world.settlement.hasBlock {
      let block = world.settlement.lastBlock
      slot = timeline.begin(
        .slot, number, on: Self.slots, at: now,
        cargo: world.settlement.receipts.filter(\.isFollowed).flatMap { cargo(of: $0.transaction) },
        [
          .number(.height, world.settlement.height), .number(.baseFee, block.baseFee),
          .number(.blobBaseFee, block.blobBaseFee), .number(.gas, block.gas),
          .number(.blobs, block.blobs),
          .number(.transactions, world.settlement.receipts.count { $0.isFollowed }),
        ])
    } else {
      timeline.note(.slotMissed, number, on: Self.slots, at: now)
    }
    height = world.settlement.height
    for receipt in world.settlement.receipts where receipt.isFollowed {
      hostTransactions.include(receipt, cargo: cargo(of: receipt.transaction), &timeline)
    }
    noteFinalised(world, at: now)
    for waiting in world.settlement.waiting(first: Self.mostLooks, at: now) {
      hostTransactions.look(at: waiting, now: now, &timeline)
    }
  }

  /// Notes what a re-org took out of the chain.
  private mutating func noteDropped(_ world: borrowing World, at now: SimTime) {
    let blocks = height + (world.settlement.hasBlock ? 1 : 0) - world.settlement.height
    if blocks > 0 {
      timeline.note(
        .reorg, world.settlement.nextSlot - 1, on: Self.slots, at: now,
        [
          .number(.height, height - blocks),
          .number(.transactions, world.settlement.reorganised.count { $0.isFollowed }),
        ])
    }
    for receipt in world.settlement.reorganised where receipt.isFollowed {
      hostTransactions.drop(receipt, at: now, cargo: cargo(of: receipt.transaction), &timeline)
    }
  }

  private mutating func noteFinalised(_ world: borrowing World, at now: SimTime) {
    let final = world.settlement.finalised.filter(\.isFollowed)
    guard let last = final.last else { return }
    timeline.note(
      .finalised, world.settlement.nextSlot - 1, on: Self.finality, at: now,
      [.number(.slot, last.slot), .number(.transactions, final.count)])
    for receipt in final { hostTransactions.finalise(receipt, at: now, &timeline) }
  }
}

extension SettlementReceipt {
  /// Whether a trace follows the transaction: that of a whole rollup or of somebody because of one, but not those of a
  /// crowd that leaves it.
  fileprivate var isFollowed: Bool { transaction.kind.isOfRollup && transaction.kind != .exit }
}
