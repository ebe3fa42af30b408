import EventKernel
import Testing

@testable import Settlement

/// What Nitro's data poster bids, by hand: `feeAndTipCaps` of its `data_poster.go`.
@Suite struct NitroBidTests {
  private static let gwei: UInt64 = 1_000_000_000

  /// (2q)² + 10·(t / 10 min)² + 60 gwei, worked out by hand.
  @Test(
    arguments: [
      (0, 0, 60), (1, 0, 64), (5, 10, 170), (10, 60, 820), (18, 120, 2796),
    ] as [(Int, Int64, UInt64)])
  func theCapOfNormalisedGasFollowsTheFormula(
    _ backlog: Int, _ minutes: Int64, _ expected: UInt64
  ) {
    let cap = NitroFeeCaps.perNormalisedGas(backlog: backlog, age: .seconds(60 * minutes))
    #expect(cap == expected * Self.gwei)
  }

  /// A third of 10 min gives 10/9 gwei, rounded down to the wei.
  @Test func theCapIsRoundedDownToTheWei() {
    #expect(NitroFeeCaps.perNormalisedGas(backlog: 0, age: .seconds(200)) == 61_111_111_111)
  }

  /// 10^9 gwei, and no overflow on the way there.
  @Test func theCapEndsAtABillionGwei() {
    let most = 1_000_000_000 * Self.gwei
    #expect(NitroFeeCaps.perNormalisedGas(backlog: .max, age: .zero) == most)
    let longest = SimDuration(nanoseconds: .max)
    #expect(NitroFeeCaps.perNormalisedGas(backlog: 0, age: longest) == most)
  }

  /// A transaction with a tip of 1 gwei.
  private func basis(
    gas: UInt64, blobs: UInt64, age: Int64, baseFee: UInt64, blobBaseFee: UInt64 = 0,
    backlog: Int = 0
  ) -> NitroFeeCaps.Basis {
    NitroFeeCaps.Basis(
      gas: gas, blobs: blobs, tip: Self.gwei, backlog: backlog, age: .seconds(age),
      baseFee: baseFee * Self.gwei, blobBaseFee: blobBaseFee * Self.gwei,
      bump: blobs > 0 ? 100 : 10)
  }

  /// Without blobs the cost is gas alone, so its cap is 60 gwei; at 1 gwei and 1 gwei of tip, ten times 2.
  @Test func withoutBlobsTheCapIsThatOfGas() {
    let dear = NitroFeeCaps(basis(gas: 100_000, blobs: 0, age: 0, baseFee: 20))
    #expect(dear.feeCap == 60 * Self.gwei && dear.tip == Self.gwei)
    let cheap = NitroFeeCaps(basis(gas: 100_000, blobs: 0, age: 0, baseFee: 1))
    #expect(cheap.feeCap == 20 * Self.gwei)
  }

  /// The bound is 305,307,520 / 151,072,000 times what the transaction costs now.
  ///
  /// 200,000 gas and two blobs at 10 min: 70 gwei for each of 200,000 + 2·130,048·16 = 4,361,536 gas are
  /// 305,307,520 gwei. Blobs cost 500·2·131,072 = 131,072,000 gwei now, gas 100·200,000 = 20,000,000.
  @Test func theBoundIsDividedAsCostsAreNow() {
    let caps = NitroFeeCaps(
      basis(gas: 200_000, blobs: 2, age: 600, baseFee: 99, blobBaseFee: 500))
    let most: UInt128 = 70 * (200_000 + 2 * 130_048 * 16) * 1_000_000_000
    let now: UInt128 = 151_072_000 * 1_000_000_000
    let blobCap = most * 500_000_000_000 / now
    #expect(caps.blobFeeCap == UInt64(blobCap))
    #expect(caps.feeCap == UInt64((most - blobCap * 262_144) / 200_000))
    #expect(caps.blobFeeCap == 1_010_470_239_356 && caps.feeCap == 202_094_047_871)
  }

  /// At the least blob fee and 2 gwei the bound is a thousand times the cost: caps are ten times the prices.
  @Test func aCapIsAtMostTenTimesThePrice() {
    var calm = basis(gas: 189_000, blobs: 6, age: 3600, baseFee: 2)
    calm.blobBaseFee = 1
    let caps = NitroFeeCaps(calm)
    #expect(caps.feeCap == 30 * Self.gwei && caps.tip == Self.gwei && caps.blobFeeCap == 10)
  }

  /// A blob transaction is replaced once both of its caps double; what execution takes more is taken from the
  /// blobs.
  ///
  /// From the bid above, when the prices are 40 and 1200 gwei: at 15 min the bound of 82.5 gwei is 0.36·10^9
  /// gwei, less than twice 202.09 gwei for gas and twice 1010.47 for blobs, 0.61·10^9. At 30 min that of
  /// 150 gwei is 654,230,400 gwei. Gas has to have 404.188… gwei, 80,837,619 gwei in all, which leaves
  /// 573,392,780.9 for 262,144 blob gas.
  @Test func aReplacementDoublesBothCaps() throws {
    let first = NitroFeeCaps(
      basis(gas: 200_000, blobs: 2, age: 600, baseFee: 99, blobBaseFee: 500))
    let early = basis(gas: 200_000, blobs: 2, age: 900, baseFee: 40, blobBaseFee: 1200)
    #expect(first.replacement(early) == nil)
    let late = basis(gas: 200_000, blobs: 2, age: 1800, baseFee: 40, blobBaseFee: 1200)
    let second = try #require(first.replacement(late))
    #expect(second.feeCap == 404_188_095_742 && second.tip == 2 * Self.gwei)
    let most: UInt128 = 150 * 4_361_536 * 1_000_000_000
    #expect(second.blobFeeCap == UInt64((most - 404_188_095_742 * 200_000) / 262_144))
    #expect(second.blobFeeCap == 2_187_319_873_243)
  }

  /// A replacement that a block would not take is not sent: with a base fee of 900 gwei the bound of 150 gwei
  /// would be enough for twice both caps, but not for the 901 gwei of gas.
  @Test func aReplacementMeetsThePricesOfNow() throws {
    let first = NitroFeeCaps(
      basis(gas: 200_000, blobs: 2, age: 600, baseFee: 99, blobBaseFee: 500))
    #expect(
      first.replacement(
        basis(gas: 200_000, blobs: 2, age: 1800, baseFee: 900, blobBaseFee: 500)) == nil)
    // 220 gwei at 40 min: twice 1010.47 gwei for blobs, and what is left for gas.
    let second = try #require(
      first.replacement(
        basis(gas: 200_000, blobs: 2, age: 2400, baseFee: 900, blobBaseFee: 500)))
    #expect(second.blobFeeCap == 2_020_940_478_712 && second.feeCap == 2_148_802_495_742)
  }

  /// Without blobs 10 percent more are enough, and less is not sent: 60 gwei is replaced from 66 gwei on, at
  /// √0.6·10 min = 464.8 s.
  @Test func anotherTransactionRisesTenPercent() throws {
    let first = NitroFeeCaps(basis(gas: 100_000, blobs: 0, age: 0, baseFee: 59))
    #expect(first.feeCap == 60 * Self.gwei)
    #expect(first.replacement(basis(gas: 100_000, blobs: 0, age: 464, baseFee: 59)) == nil)
    let second = try #require(
      first.replacement(basis(gas: 100_000, blobs: 0, age: 465, baseFee: 59)))
    #expect(second.feeCap == 66_006_250_000 && second.tip == 1_100_000_000)
  }

  /// However absurd, nothing overflows.
  @Test func extremesAreBids() {
    for blobs in [0, 1, .max] as [UInt64] {
      for fee in [0, 1, .max] as [UInt64] {
        for gas in [0, 1, .max] as [UInt64] {
          let basis = NitroFeeCaps.Basis(
            gas: gas, blobs: blobs, tip: fee >> 2, backlog: .max,
            age: SimDuration(nanoseconds: .max), baseFee: fee, blobBaseFee: fee, bump: 100)
          let caps = NitroFeeCaps(basis)
          #expect(caps.feeCap >= 1 && caps.blobFeeCap >= 1 && caps.tip <= caps.feeCap)
          _ = caps.replacement(basis)
        }
      }
    }
  }
}
