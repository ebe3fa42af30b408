import EventKernel
import Testing

@testable import Settlement

/// What stands in the mempool at a given age: caps and replacements.
@Suite struct NitroBidTests {
  private static let gwei: UInt64 = 1_000_000_000

  /// (2q)² + 10·(t / 10 min)² + 60 gwei, worked out by hand.
  @Test(
    arguments: [
      (0, 0, 60), (1, 0, 64), (5, 10, 170), (10, 60, 820), (18, 120, 2796),
    ] as [(Int, Int64, UInt64)])
  func theFeeCapFollowsNitrosFormula(_ queued: Int, _ minutes: Int64, _ expected: UInt64) {
    let cap = Bid.nitroFeeCap(queued: queued, age: .seconds(60 * minutes))
    #expect(cap == expected * Self.gwei)
  }

  /// A third of 10 min gives 10/9 gwei, rounded down to the wei.
  @Test func theFeeCapIsRoundedDownToTheWei() {
    #expect(Bid.nitroFeeCap(queued: 0, age: .seconds(200)) == 61_111_111_111)
  }

  /// 10^9 gwei, and no overflow on the way there.
  @Test func theFeeCapEndsAtABillionGwei() {
    let most = 1_000_000_000 * Self.gwei
    #expect(Bid.nitroFeeCap(queued: .max, age: .zero) == most)
    #expect(Bid.nitroFeeCap(queued: 0, age: SimDuration(nanoseconds: .max)) == most)
  }

  /// 0 before 5 min, then one more at each entry of the table; the cap is that of the last one.
  @Test func replacementsComeAtNitrosTable() {
    var bid = Bid(feeCap: 1, tip: 100, blobFeeCap: 1000)
    bid.capRule = .nitro
    bid.replacementRule = .nitro
    let minutes: [Int64] = [0, 5, 10, 30, 60, 240, 480, 960, 1320, 100_000]
    for (count, (begin, end)) in zip(minutes, minutes.dropFirst()).enumerated() {
      let cap = Bid.nitroFeeCap(queued: 3, age: .seconds(60 * begin))
      for age in [60 * begin, 60 * end - 1] {
        let standing = bid.standing(age: .seconds(age), queued: 3)
        #expect(standing.replacements == count, "\(age) s")
        #expect(standing.feeCap == cap)
      }
    }
  }

  /// 10 percent more each time, rounded up: 100, 110, 121, 134 (133.1), 148 (147.4).
  @Test func anIntervalRaisesEveryPriceRoundedUp() {
    var bid = Bid(feeCap: 100, tip: 10, blobFeeCap: 1000)
    bid.replacementRule = .interval
    bid.replaceAfter = .seconds(60)
    let expected: [(cap: UInt64, tip: UInt64, blob: UInt64)] = [
      (100, 10, 1000), (110, 11, 1100), (121, 13, 1210), (134, 15, 1331), (148, 17, 1465),
    ]
    for (count, price) in expected.enumerated() {
      for age in [60 * Int64(count), 60 * Int64(count) + 59] {
        let standing = bid.standing(age: .seconds(age), queued: 1)
        #expect(standing.replacements == count)
        #expect(standing.feeCap == price.cap)
        #expect(standing.tip == price.tip)
        #expect(standing.blobFeeCap == price.blob)
      }
    }
  }

  /// However old and however steep, a price ends at 2^62 wei and does not overflow.
  @Test(arguments: [10, 100, 1000] as [UInt64])
  func raisedPricesEndAtTheirCap(_ percent: UInt64) {
    var bid = Bid(feeCap: 1 << 55, tip: 1 << 50, blobFeeCap: 1 << 61)
    bid.replacementRule = .interval
    bid.replaceAfter = .seconds(1)
    bid.bumpPercent = percent
    var last = bid.standing(age: .zero, queued: 1)
    for age in [1, 5, 50, 100, 1_000_000] as [Int64] {
      let standing = bid.standing(age: .seconds(age), queued: 1)
      #expect(standing.replacements == min(age, 100))
      let prices = zip(
        [standing.feeCap, standing.tip, standing.blobFeeCap],
        [last.feeCap, last.tip, last.blobFeeCap])
      for (price, before) in prices { #expect(before <= price && price <= 1 << 62) }
      last = standing
    }
    #expect(last.feeCap == 1 << 62 && last.blobFeeCap == 1 << 62)
  }

  @Test func withoutARuleNothingIsReplaced() {
    let bid = Bid(feeCap: 100, tip: 10, blobFeeCap: 1000)
    let standing = bid.standing(age: .days(1), queued: 9)
    #expect(standing.replacements == 0 && standing.feeCap == 100 && standing.tip == 10)
  }
}
