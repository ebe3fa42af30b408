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

  /// Nitro with one batch queued: 64 gwei, 66.5 from 5 min on, 74 from 10 min, 154 from 30 min.
  @Test func nitrosCapRisesOnlyWithReplacements() throws {
    var transaction = SettlementTransaction.sample(.data)
    transaction.bid.capRule = .nitro
    transaction.bid.replacementRule = .nitro
    let included = try [60, 65, 70, 75].map { (fee: UInt64) in
      let simulation = ChainDriver.run(
        Self.chain(fee: fee * Self.gwei), slots: 160, submitting: [transaction], at: [.start])
      let receipts = simulation.model.slots.flatMap(\.receipts)
      return try #require(receipts.first)
    }
    #expect(included.map(\.includedAt.seconds) == [12, 300, 600, 1800])
    #expect(included.map(\.replacements) == [0, 1, 2, 3])
  }

  /// The more batches wait, the more the oldest bids: with five, 60 + 100 gwei; and as they leave,
  /// those behind bid less.
  @Test func nitrosCapRisesWithTheBacklog() {
    var transaction = SettlementTransaction.sample(.data)
    transaction.bid.capRule = .nitro
    let simulation = ChainDriver.run(
      Self.chain(fee: 100 * Self.gwei), slots: 3,
      submitting: Array(repeating: transaction, count: 5),
      at: Array(repeating: .start, count: 5))
    // 160, 124, then 96 gwei: the third and those behind it wait.
    #expect(simulation.model.slots.map(\.receipts.count) == [2, 0, 0])
  }
}
