/// Blob base fees that were reckoned already.
///
/// A fee is a series whose every term waits for the one before, which takes longer than all else of a slot; and excess
/// blob gas comes back to what it was, since it moves by whole blobs about a target. Of the same size whatever comes.
struct BlobFeeTable: Sendable {
  private static let bits: UInt64 = 10

  /// The rule that the fees are by.
  private var rule: BlobFeeRule?
  /// Excess blob gas, and the fee at it, where its bits say; a fee of zero for none.
  private var entries: [(excess: UInt64, fee: UInt64)] = []

  /// The fee per unit of blob gas [wei], or nil if it exceeds 64 bits.
  mutating func fee(at excess: UInt64, by rule: BlobFeeRule) -> UInt64? {
    if rule != self.rule { clear(for: rule) }
    let place = Int(truncatingIfNeeded: (excess &* 0x9E37_79B9_7F4A_7C15) >> (64 - Self.bits))
    let known = entries[place]
    if known.excess == excess, known.fee > 0 { return known.fee }
    guard let fee = rule.baseFee(excess: excess) else { return nil }
    entries[place] = (excess, fee)
    return fee
  }

  private mutating func clear(for rule: BlobFeeRule) {
    self.rule = rule
    entries = Array(repeating: (0, 0), count: 1 << Self.bits)
  }
}
