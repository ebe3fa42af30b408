import EventKernel
import Settlement
import Testing

/// A transaction that bids too little is replaced until it bids enough.
@Suite struct ReplacementTests {
  private static let gwei: UInt64 = 1_000_000_000

  /// A chain whose base fee stays at `fee`.
  private static func chain(fee: UInt64) -> SettlementPolicy {
    var policy = SettlementPolicy.ethereum(initialBaseFee: fee)
    policy.executionFee.kind = .constant
    return policy
  }

  /// The cap of 10 gwei passes 15 gwei at the fifth rise of 10 percent: 16.1051 gwei at 300 s.
  ///
  /// Submitted at 0 s with slots at 12, 24, … s, so slot 24 at 300 s is the first at that age.
  @Test func aStuckTransactionIsIncludedAfterEnoughRises() throws {
    var transaction = SettlementTransaction.sample(.data, feeCap: 10 * Self.gwei, tip: Self.gwei)
    transaction.bid.replacementRule = .interval
    transaction.bid.replaceAfter = .seconds(60)
    let simulation = ChainDriver.run(
      Self.chain(fee: 15 * Self.gwei), slots: 40, submitting: [transaction], at: [.start])
    let receipts = simulation.model.slots.flatMap(\.receipts)
    try #require(receipts.count == 1)
    #expect(receipts[0].slot == 24)
    #expect(receipts[0].replacements == 5)
    // The cap leaves 1.1051 gwei of the tip, which stands at 1.61051 gwei.
    #expect(receipts[0].effectiveGasPrice == 16_105_100_000)
  }

  /// The blob fee cap rises like the others: 600 wei pass 1000 wei after one doubling.
  @Test func aBlobFeeCapRisesToo() throws {
    var policy = Self.chain(fee: 1)
    policy.initialBlobBaseFee = 1000
    // A target of zero blobs: the fee never falls.
    policy.blobFee.target = 0
    var transaction = SettlementTransaction.sample(blobs: 1, blobFeeCap: 600)
    transaction.bid.replacementRule = .interval
    transaction.bid.replaceAfter = .seconds(30)
    transaction.bid.bumpPercent = 100
    let simulation = ChainDriver.run(policy, slots: 5, submitting: [transaction], at: [.start])
    let receipts = simulation.model.slots.flatMap(\.receipts)
    #expect(receipts.map(\.replacements) == [1])
    #expect(receipts.map(\.includedAt) == [.start + .seconds(36)])
  }
}
