import EventKernel
import Testing

@testable import Settlement

/// A minimum of the blob base fee above one wei (EIP-7762).
@Suite struct MinimumBlobFeeTests {
  /// MIN_BASE_FEE_PER_BLOB_GAS of EIP-7762.
  private static let proposed: UInt64 = 1 << 25

  private static func rule(hasReservePrice: Bool = false, minimum: UInt64 = proposed) -> BlobFeeRule
  {
    var rule = BlobFeeRule(
      target: 3, limit: 6, updateFraction: 3_338_477, hasReservePrice: hasReservePrice)
    rule.minimumFee = minimum
    return rule
  }

  /// 1 gwei takes 160 blocks from 1 wei at six blobs each, as EIP-7762 says under "Rationale"; from 2^25 it
  /// takes 29: ln(10^9/2^25) · 3,338,477 / 393,216 = 28.8.
  @Test(arguments: [(1, 161), (proposed, 29)] as [(UInt64, Int)])
  func priceDiscovery(_ minimum: UInt64, _ blocks: Int) throws {
    let rule = Self.rule(minimum: minimum)
    #expect(rule.baseFee(excess: 0) == minimum)
    var (excess, count) = (UInt64(0), 0)
    // EIP-7762 counts to an excess of 63,070,646, at which the fee is 160,000,000 wei from 1 wei.
    let goal: UInt64 = minimum == 1 ? 160_000_000 : 1_000_000_000
    while try #require(rule.baseFee(excess: excess)) < goal {
      excess = rule.nextExcess(after: excess, blobs: 6, baseFee: 0)
      count += 1
    }
    #expect(count == blocks)
    if minimum == 1 { #expect((62_677_430..<63_463_862).contains(excess)) }
  }

  /// Nobody wants blobs: the fee falls to the minimum and stays; `excess(reaching:)` is its inverse.
  @Test func theFeeStaysAtTheMinimum() {
    var policy = SettlementPolicy.dencun(load: 0)
    policy.blobFee = Self.rule()
    policy.initialBlobBaseFee = 100_000_000
    let fees = ChainDriver.run(policy, slots: 100).model.slots.map(\.block.blobBaseFee)
    #expect(fees[0] >= 100_000_000 && fees[0] < 100_000_100)
    #expect(fees.last == Self.proposed && fees.allSatisfy { $0 >= Self.proposed })
    #expect(zip(fees, fees.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(Self.rule().excess(reaching: Self.proposed) == 0)
  }

  /// The reserve price of EIP-7918 compares the fee with its minimum in it: 16 of it against the base fee.
  ///
  /// By hand, from no excess with 6 blobs: above the reserve 786,432 − 393,216; below it
  /// 786,432 · (6 − 3)/6, which is the same, so 4 blobs: 131,072 and 262,144.
  @Test(arguments: [(proposed * 16, 131_072), (proposed * 16 + 1, 262_144)] as [(UInt64, UInt64)])
  func theReservePriceComparesWithIt(_ baseFee: UInt64, _ excess: UInt64) {
    let rule = Self.rule(hasReservePrice: true)
    #expect(rule.nextExcess(after: 0, blobs: 4, baseFee: baseFee) == excess)
  }

  /// A fork that raises the minimum begins at it, and not at 2^25 times the fee.
  @Test func aForkThatRaisesItResetsTheExcess() {
    var policy = SettlementPolicy.dencun(load: 0)
    policy.blobDemand.level = 1
    policy.startsAt = 1_000_000
    policy.initialBlobBaseFee = 5_000_000_000
    policy.forks[1] = BlobFork(time: 1_000_000 + 120, rule: Self.rule())
    let slots = ChainDriver.run(policy, slots: 20).model.slots
    #expect(slots[9].block.blobBaseFee > 1_000_000_000)
    #expect(slots[10].block.blobBaseFee == Self.proposed)
    #expect(slots[10].announcedBlobFee == Self.proposed)
    #expect(slots.dropFirst(10).allSatisfy { $0.block.blobBaseFee < 2 * Self.proposed })
  }
}
