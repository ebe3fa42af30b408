import EventKernel

/// What blocks of the settlement chain have charged, the oldest first: as many as prices of data look back at.
struct PastFees: Sendable {
  private struct Block: Sendable {
    let time: SimTime
    let fees: ObservedFees
  }

  private var blocks: [Block] = []
  /// What the next block charges.
  private var next: ObservedFees

  /// Fees before the first block.
  init(before next: ObservedFees) { self.next = next }

  /// Takes note of a block, and of what the one after it charges.
  mutating func append(_ fees: ObservedFees, at now: SimTime) {
    // What a block charges is known from the one before it.
    blocks.append(Block(time: now, fees: next))
    next = fees
  }

  /// The place of the block so many behind the last one; of the first one where there are not so many.
  func place(behind lag: Int) -> Int { max(0, blocks.count - 1 - lag) }

  /// The place of the last block that is so old when the last one is made; of the first one where none is.
  func place(behind lag: SimDuration) -> Int {
    guard let now = blocks.last?.time else { return 0 }
    return blocks.lastIndex { now - $0.time >= lag } ?? 0
  }

  /// What `count` blocks have charged of which the last one is at a place: as many as there are, and before the first
  /// what that will charge.
  func fees(ofLast count: Int, through place: Int) -> [ObservedFees] {
    guard !blocks.isEmpty else { return [next] }
    return blocks[max(0, place - count + 1)...place].map(\.fees)
  }

  /// Forgets the blocks before a place.
  mutating func forget(before place: Int) {
    if place > 0 { blocks.removeFirst(place) }
  }
}
