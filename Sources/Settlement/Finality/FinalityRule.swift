/// When a block of a chain is final.
public enum FinalityRule: String, CaseIterable, Sendable {
  /// Justification and finalisation by epochs (Casper FFG).
  case epochs
  /// Once a number of blocks stands on top of it (proof of work, Arweave, Cardano).
  case confirmations
  /// At once (Algorand).
  case instant
}

/// When a block of a proof-of-stake chain is final: justification and finalisation by epochs.
///
/// What is justified and finalised is the checkpoint of an epoch: the block of its first slot, or the
/// last one before. With full participation the checkpoint of epoch e is justified as epoch e + 1 begins and
/// final as epoch e + 2 begins. So the block in slot 0 of an epoch of 32 is safe after 32 slots and final
/// after 64, one in slot i ≥ 1 after 64 − i and 96 − i: safe after 384 to 756 s, mean 570 s, and final after
/// 768 to 1140 s, mean 954 s. Source: Ethereum consensus specs, phase 0:
/// `process_justification_and_finalization`, `get_block_root`; fork choice, `on_tick_per_slot`.
struct CasperFinality {
  let slotsPerEpoch: Int
  let epochsToFinality: Int

  /// The first slot that is not final once `slot` has begun; nil if `slot` is no epoch boundary.
  func firstUnfinalisedSlot(at slot: Int) -> Int? {
    firstSlot(behindCheckpoint: epochsToFinality - 1, at: slot)
  }

  /// The first slot that is not safe, which is justified, once `slot` has begun; nil if `slot` is no epoch
  /// boundary.
  func firstUnsafeSlot(at slot: Int) -> Int? {
    firstSlot(behindCheckpoint: min(1, epochsToFinality - 1), at: slot)
  }

  private func firstSlot(behindCheckpoint epochs: Int, at slot: Int) -> Int? {
    guard slot % slotsPerEpoch == 0 else { return nil }
    return (slot / slotsPerEpoch - epochs) * slotsPerEpoch + 1
  }
}
