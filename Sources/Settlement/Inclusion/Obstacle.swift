import EventKernel
import Ledger

/// Why a transaction waits, as far as the prices of the next block tell.
public enum Obstacle: Hashable, Sendable {
  /// The base fee is above its cap [wei per gas].
  case feeCap(UInt64, baseFee: UInt64)
  /// The blob base fee is above its cap [wei per blob gas].
  case blobFeeCap(UInt64, blobBaseFee: UInt64)
  /// Blocks have no room for it, leave it out, or do not come.
  case room
}

extension SettlementChain {
  /// What keeps the oldest transaction of some kinds of a rollup out of the next block, and since when it waits; nil
  /// if none waits.
  public func obstacle(
    to kinds: Set<SettlementTransaction.Kind>, of rollup: RollupID, at now: SimTime
  ) -> (obstacle: Obstacle, since: SimTime)? {
    guard let entry = oldestPending(kinds, of: rollup) else { return nil }
    let bid = entry.standing(at: now)
    if bid.feeCap < baseFee {
      return (.feeCap(bid.feeCap, baseFee: baseFee), entry.submittedAt)
    }
    if entry.transaction.blobs > 0, bid.blobFeeCap < blobBaseFee {
      return (.blobFeeCap(bid.blobFeeCap, blobBaseFee: blobBaseFee), entry.submittedAt)
    }
    return (.room, entry.submittedAt)
  }
}
