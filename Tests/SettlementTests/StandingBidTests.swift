import EventKernel
import Testing

@testable import Settlement

/// What stands in the mempool at a given age where the cap is fixed.
@Suite struct StandingBidTests {
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
        let standing = bid.standing(age: .seconds(age))
        #expect(standing.replacements == count)
        #expect(standing.feeCap == price.cap)
        #expect(standing.tip == price.tip)
        #expect(standing.blobFeeCap == price.blob)
      }
    }
  }

  /// Nitro's ages, and 10 percent more or, with blobs, twice as much each time.
  @Test(
    arguments: [
      (0, [5, 10, 20, 30, 60, 120, 240, 360, 480, 720, 960, 1080, 1200, 1320]),
      (1, [5, 10, 30, 60, 240, 480, 960, 1320]),
    ] as [(UInt64, [Int64])])
  func replacementsComeAtNitrosAges(_ blobs: UInt64, _ minutes: [Int64]) {
    var bid = Bid(feeCap: 1000, tip: 0, blobFeeCap: 1)
    bid.replacementRule = .nitro
    bid.bumpPercent = 77
    for (count, (begin, end)) in zip([0] + minutes, minutes + [100_000]).enumerated() {
      for age in [60 * begin, 60 * end - 1] {
        #expect(bid.standing(age: .seconds(age), blobs: blobs).replacements == count)
      }
    }
    #expect(bid.standing(age: .seconds(300), blobs: blobs).feeCap == (blobs > 0 ? 2000 : 1100))
  }

  /// After the first one, which comes 5 min after the transaction, the ages are those of the data: if that is
  /// 50 min older, the next are those above 55 min: 60 and 240 min, 10 and 190 min after it was sent.
  @Test func replacementsCountFromTheData() {
    var bid = Bid(feeCap: 1, tip: 0, blobFeeCap: 1)
    bid.replacementRule = .nitro
    let lead = SimDuration.seconds(50 * 60)
    let minutes: [(Int64, Int)] = [(4, 0), (5, 1), (9, 1), (10, 2), (189, 2), (190, 3)]
    for (age, count) in minutes {
      let standing = bid.standing(age: .seconds(age * 60), lead: lead, blobs: 1)
      #expect(standing.replacements == count, "\(age) min")
    }
  }

  /// The same ages where bids are state: the next after 55 min is 60 min, after 22 h there is none.
  @Test func theNextReplacementCountsFromTheData() {
    var bid = Bid(feeCap: 1, tip: 0, blobFeeCap: 1)
    bid.replacementRule = .nitro
    let sent = SimTime.start + .seconds(50 * 60)
    let first = bid.firstReplacement(sent, blobs: 1)
    #expect(first == sent + .seconds(300))
    let second = bid.nextReplacement(after: first, since: .start, blobs: 1)
    #expect(second == .start + .hours(1))
    #expect(bid.nextReplacement(after: second, since: .start, blobs: 1) == .start + .hours(4))
    #expect(bid.nextReplacement(after: second, since: .start, blobs: 0) == .start + .hours(2))
    #expect(
      bid.nextReplacement(after: .start + .hours(22), since: .start, blobs: 1) == .distantFuture)
  }

  /// However old and however steep, a price ends at 2^62 wei and does not overflow.
  @Test(arguments: [10, 100, 1000] as [UInt64])
  func raisedPricesEndAtTheirCap(_ percent: UInt64) {
    var bid = Bid(feeCap: 1 << 55, tip: 1 << 50, blobFeeCap: 1 << 61)
    bid.replacementRule = .interval
    bid.replaceAfter = .seconds(1)
    bid.bumpPercent = percent
    var last = bid.standing(age: .zero)
    for age in [1, 5, 50, 100, 1_000_000] as [Int64] {
      let standing = bid.standing(age: .seconds(age))
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
    let standing = bid.standing(age: .days(1))
    #expect(standing.replacements == 0 && standing.feeCap == 100 && standing.tip == 10)
  }
}
