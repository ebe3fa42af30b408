import Randomness
import Rollup
import Settlement

// Checks that what is sent can ever be included: a price that somebody takes, a block and a batch that
// have room.

extension Scenario {
  /// A batch of more settlement transactions than this is refused: each takes memory.
  private static let mostParts: UInt64 = 10_000

  /// What bids less than any block charges would wait for ever.
  func checkCaps(_ expect: Expect) {
    let floor = settlement.leastBaseFee
    func expectCaps(_ path: String, _ cap: UInt64, blobs: UInt64?) {
      expect(
        cap >= floor, ["\(path).fee_cap", "settlement.base_fee", "settlement.fee_rule"],
        "expected at least \(floor) wei: the base fee never falls below")
      if let blobs {
        expect(
          blobs >= 1, "\(path).blob_fee_cap",
          "expected at least 1 wei: the blob base fee never falls below")
      }
    }
    // Nitro's formula finds the fee cap itself.
    let isFixed = bid.capRule == .fixed
    expectCaps(
      "bid", isFixed ? bid.feeCap : .max, blobs: poster.carrier == .blobs ? bid.blobFeeCap : nil)
    if deposits.rate > 0 { expectCaps("deposits", deposits.feeCap, blobs: nil) }
    for size in NeighbourGroups.Size.allCases where neighbours[size].count > 0 {
      let group = neighbours[size]
      expectCaps("neighbours.\(size.rawValue)", group.feeCap, blobs: group.blobFeeCap)
    }
  }

  /// Every class of transactions must fit, and a batch must not be cut into countless pieces.
  func checkTransactions(_ expect: Expect) {
    expect(
      poster.publishedBytes(rawBytes: 0) <= max(poster.maxBytes, poster.bytesPerTransaction)
        && poster.maxBytes / poster.bytesPerTransaction < Self.mostParts,
      [
        "poster.max_bytes", "poster.blob_bytes", "poster.blobs_per_transaction",
        "poster.calldata_bytes", "poster.overhead_bytes",
      ],
      "expected a batch of at most \(Self.mostParts) settlement transactions, of "
        + "\(poster.bytesPerTransaction) B each")
    for kind in TransactionClass.allCases where workload.mix[kind.rawValue] > 0 {
      let profile = workload.profiles[kind.rawValue]
      let path = "workload.classes.\(kind.name)"
      expect(
        profile.gas.leastValue < Double(sequencer.blockGasLimit) + 0.5,
        ["\(path).gas", "sequencer.block_gas"],
        "expected what fits into a block of sequencer.block_gas, \(sequencer.blockGasLimit) gas")
      expect(
        profile.bytes.leastValue < Double(poster.rawBytesLimit) + 0.5,
        [
          "\(path).bytes", "poster.max_bytes", "poster.compression", "poster.overhead_bytes",
          "poster.blob_bytes", "poster.blobs_per_transaction", "poster.calldata_bytes",
        ],
        "expected at most the \(poster.rawBytesLimit) B that, compressed, a batch or a settlement "
          + "transaction has room for")
    }
  }
}

extension SettlementPolicy {
  /// A base fee that no block is ever below [wei per gas].
  ///
  /// By EIP-1559 a fee f falls by ⌊f·(T − used)/T/D⌋ at most ⌊f/D⌋, which is nothing once f < D; so from
  /// above it stops at D − 1 at the lowest, and a lower one stays.
  fileprivate var leastBaseFee: UInt64 {
    executionFee.kind == .constant
      ? initialBaseFee : min(initialBaseFee, executionFee.denominator - 1)
  }
}

extension Distribution {
  /// What no draw is below, as far as that has a closed form.
  fileprivate var leastValue: Double { quantile(0) ?? 0 }
}
