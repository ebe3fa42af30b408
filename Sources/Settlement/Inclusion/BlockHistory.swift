import EventKernel

/// The blocks of the chain that are not final: what a re-org can drop and what waits for finality.
struct BlockHistory {
  /// A transaction in a block.
  struct Inclusion {
    let block: Int
    let entry: PendingTransactions.Entry
    let receipt: SettlementReceipt
  }

  /// The state of the markets before a block.
  private struct Snapshot {
    let block: Int
    let slot: Int
    let markets: FeeMarkets
  }

  /// Blocks on the chain.
  private(set) var height = 0
  /// Blocks that are final: no re-org drops them.
  private(set) var finalHeight = 0
  private var inclusions = FIFOQueue<Inclusion>()
  /// Inclusions before this one are safe.
  private var firstUnsafe = 0
  private var snapshots = FIFOQueue<Snapshot>()
  /// How many snapshots a re-org can need; none where there is no re-org.
  private let depth: Int

  init(reorgDepth depth: Int) { self.depth = depth }

  /// Begins a block of slot `slot` on top of the chain, with the markets in the state `markets`.
  mutating func beginBlock(_ markets: FeeMarkets, slot: Int) {
    height += 1
    guard depth > 0 else { return }
    snapshots.append(Snapshot(block: height, slot: slot, markets: markets))
    if snapshots.count > depth { snapshots.removeFirst() }
  }

  mutating func include(_ entry: PendingTransactions.Entry, _ receipt: SettlementReceipt) {
    inclusions.append(Inclusion(block: height, entry: entry, receipt: receipt))
  }

  /// Drops the last block unless it is final.
  ///
  /// - Parameter dropped: takes each of its transactions, the latest first.
  /// - Returns: the markets before that block; nil if there is no block to drop.
  mutating func dropLast(_ dropped: (Inclusion) -> Void) -> FeeMarkets? {
    guard height > finalHeight, let snapshot = snapshots.removeLast() else { return nil }
    precondition(snapshot.block == height, "a snapshot of another block")
    while let last = inclusions.last, last.block == height {
      inclusions.removeLast()
      dropped(last)
    }
    firstUnsafe = min(firstUnsafe, inclusions.indices.upperBound)
    height -= 1
    return snapshot.markets
  }

  /// Makes everything safe that was included before slot `slot`.
  mutating func secure(before slot: Int, _ safe: (SettlementReceipt) -> Void) {
    secure(safe) { $0.receipt.slot < slot }
  }

  /// Makes every block safe on which `confirmations` blocks stand.
  mutating func secure(confirmations: Int, _ safe: (SettlementReceipt) -> Void) {
    let highest = height - confirmations
    secure(safe) { $0.block <= highest }
  }

  private mutating func secure(
    _ safe: (SettlementReceipt) -> Void, while condition: (Inclusion) -> Bool
  ) {
    while firstUnsafe < inclusions.indices.upperBound, condition(inclusions[firstUnsafe]) {
      safe(inclusions[firstUnsafe].receipt)
      firstUnsafe += 1
    }
  }

  /// Makes everything final that was included before slot `slot`, and is safe.
  mutating func finalise(before slot: Int, _ final: (SettlementReceipt) -> Void) {
    while let oldest = snapshots.head, oldest.slot < slot {
      finalHeight = oldest.block
      snapshots.removeFirst()
    }
    while let head = inclusions.head, head.receipt.slot < slot {
      inclusions.removeFirst()
      final(head.receipt)
    }
  }

  /// Makes every block final on which `confirmations` blocks stand, and that is safe.
  mutating func finalise(confirmations: Int, _ final: (SettlementReceipt) -> Void) {
    finalHeight = max(finalHeight, height - confirmations)
    while let head = inclusions.head, head.block <= finalHeight {
      inclusions.removeFirst()
      final(head.receipt)
    }
  }
}
