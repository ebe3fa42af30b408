import EventKernel
import Ledger
import Settlement
import Testing

/// A bid decides when a transaction is included and what it pays.
@Suite struct BiddingTests {
  /// The fee falls by an eighth per empty block from 100 gwei; the cap is 50 gwei.
  @Test func aFeeCapBelowTheBaseFeeWaitsUntilTheFeeFalls() throws {
    let cap: UInt64 = 50_000_000_000
    let simulation = ChainDriver.run(
      .ethereum(initialBaseFee: 100_000_000_000), slots: 20,
      submitting: [.sample(feeCap: cap)], at: [.start])
    var fee: UInt64 = 100_000_000_000
    var expected = 0
    while fee > cap {
      fee = try #require(
        ExecutionFeeRule.ethereum.nextBaseFee(after: fee, gasUsed: 0, gasLimit: 36_000_000))
      expected += 1
    }
    let receipts = simulation.model.slots.flatMap(\.receipts)
    #expect(expected == 6)
    #expect(receipts.map(\.slot) == [expected])
    #expect(receipts.map(\.burned) == [Wei(gas: 21_000, price: fee)])
  }

  @Test func aBlobFeeCapBelowTheBlobFeeWaitsUntilItFalls() throws {
    var policy = SettlementPolicy.ethereum()
    let start: UInt64 = 485_165_195
    policy.initialBlobBaseFee = start
    let simulation = ChainDriver.run(
      policy, slots: 20, submitting: [.sample(blobs: 1, blobFeeCap: start / 2)], at: [.start])
    let slots = simulation.model.slots
    let included = try #require(slots.firstIndex { !$0.receipts.isEmpty })
    #expect(slots[included].blobBaseFee <= start / 2)
    #expect(slots[included - 1].blobBaseFee > start / 2)
    // 0.8547^4 = 0.534, 0.8547^5 = 0.456
    #expect(included == 5)
  }

  /// The tip is capped by what the fee cap leaves above the base fee.
  @Test func theTipIsWhatTheFeeCapLeaves() throws {
    let gwei: UInt64 = 1_000_000_000
    let simulation = ChainDriver.run(
      .ethereum(initialBaseFee: 10 * gwei), slots: 1,
      submitting: [
        .sample(.data, 1, gas: 100_000, blobs: 2, feeCap: 12 * gwei, tip: 5 * gwei),
        .sample(.proof, 2, gas: 100_000, feeCap: 99 * gwei, tip: 5 * gwei),
      ], at: [.start, .start])
    let receipts = simulation.model.slots[0].receipts
    try #require(receipts.count == 2)
    #expect(receipts[0].tip == Wei(gas: 100_000, price: 2 * gwei))
    #expect(receipts[0].burned == Wei(gas: 100_000, price: 10 * gwei))
    #expect(receipts[0].blobBurned == Wei(2 * 131_072))
    #expect(receipts[1].tip == Wei(gas: 100_000, price: 5 * gwei))
    #expect(receipts[1].charged == Wei(gas: 100_000, price: 15 * gwei))
  }

  /// A kind that cannot be included holds back its own kind, as nonces do, and no other.
  @Test func aTransactionThatWaitsHoldsBackItsKindOnly() {
    let simulation = ChainDriver.run(
      .ethereum(), slots: 1,
      submitting: [
        .sample(.dataPart, 1, feeCap: 1), .sample(.data, 2), .sample(.proof, 3),
        .sample(.stateClaim, 4), .sample(.dataPart, 5),
      ], at: Array(repeating: .start, count: 5))
    let included = simulation.model.slots[0].receipts.map(\.transaction.reference)
    #expect(included == [3, 4])
    let waiting = simulation.model.chain.pendingCount
    #expect(waiting == 3)
  }

  @Test func aTransactionAboveTheGasCapIsNeverIncluded() {
    let simulation = ChainDriver.run(
      .ethereum(), slots: 5,
      submitting: [.sample(.data, 1, gas: 16_777_217), .sample(.proof, 2, gas: 16_777_216)],
      at: [.start, .start])
    let included = simulation.model.slots.flatMap(\.receipts).map(\.transaction.reference)
    #expect(included == [2])
  }

  /// Demand of three targets fills blocks; only who outbids its tail gets in.
  @Test func aHigherTipOvertakesOthersDemand() {
    let gwei: UInt64 = 1_000_000_000
    let simulation = ChainDriver.run(
      .ethereum(load: 3, meanTip: gwei), slots: 1,
      submitting: [
        .sample(.data, 1, gas: 1_000_000, tip: gwei / 10),
        .sample(.proof, 2, gas: 1_000_000, tip: 3 * gwei),
      ], at: [.start, .start])
    let included = simulation.model.slots[0].receipts.map(\.transaction.reference)
    #expect(included == [2])
  }
}
