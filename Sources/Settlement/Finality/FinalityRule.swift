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
/// With full participation, epoch e is justified at the start of epoch e + 2 and final at the start
/// of e + 3, so a block in slot i of its epoch of 32 is final (96 − i) slots later: 780 to 1152 s,
/// mean 966 s. Source: Ethereum consensus specs, `weigh_justification_and_finalization`.
struct CasperFinality {
  let slotsPerEpoch: Int
  let epochsToFinality: Int

  /// The first slot that is not final once `slot` has begun; nil if `slot` is no epoch boundary.
  func firstUnfinalisedSlot(at slot: Int) -> Int? {
    guard slot % slotsPerEpoch == 0 else { return nil }
    return (slot / slotsPerEpoch - epochsToFinality + 1) * slotsPerEpoch
  }
}
