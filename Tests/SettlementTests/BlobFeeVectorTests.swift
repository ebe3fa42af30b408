import Foundation
import Testing

@testable import Settlement

/// EIP-4844, 7691 and 7918 in integers, bit for bit against go-ethereum's vectors.
@Suite struct BlobFeeVectorTests {
  static let gas = BlobFeeRule.gasPerBlob
  static let cancun = BlobFeeRule(
    target: 3, limit: 6, updateFraction: 3_338_477, hasReservePrice: false)
  static let pectra = BlobFeeRule(
    target: 6, limit: 9, updateFraction: 5_007_716, hasReservePrice: false)
  static let osaka = BlobFeeRule(
    target: 6, limit: 9, updateFraction: 5_007_716, hasReservePrice: true)
  static let bpo1 = BlobFeeRule(
    target: 10, limit: 15, updateFraction: 8_346_193, hasReservePrice: true)
  static let bpo2 = BlobFeeRule(
    target: 14, limit: 21, updateFraction: 11_684_671, hasReservePrice: true)

  @Test(
    arguments: [
      [1, 0, 1, 1], [0, 1234, 2345, 0], [1, 2, 1, 6], [1, 4, 2, 6], [1, 3, 1, 16], [1, 6, 2, 18],
      [1, 4, 1, 49], [1, 8, 2, 50], [1, 5, 1, 136], [1, 5, 2, 11],
      [1, 50_000_000, 2_225_652, 5_709_098_764],
    ] as [[UInt64]])
  func fakeExponentialIsThatOfTheVector(_ vector: [UInt64]) {
    let found = BlobFeeRule.fakeExponential(
      factor: vector[0], numerator: vector[1], denominator: vector[2])
    #expect(found == vector[3])
  }

  @Test(
    arguments: [(0, 1), (2_314_057, 1), (2_314_058, 2), (10_485_760, 23)] as [(UInt64, UInt64)])
  func theBlobBaseFeeIsThatOfTheVector(_ excess: UInt64, _ fee: UInt64) {
    #expect(Self.cancun.baseFee(excess: excess) == fee)
  }

  @Test(
    arguments: [
      (0, 0, 0), (0, 1, 0), (0, 3, 0), (0, 4, gas), (1, 4, gas + 1), (3 * gas, 3, 3 * gas),
      (3 * gas, 2, 2 * gas), (3 * gas, 1, gas),
    ] as [(UInt64, UInt64, UInt64)])
  func theNextExcessIsThatOfTheVector(_ excess: UInt64, _ blobs: UInt64, _ next: UInt64) {
    #expect(Self.cancun.nextExcess(after: excess, blobs: blobs, baseFee: 1_000_000_000) == next)
  }

  /// The first two take the reserve branch and the ordinary one; the third has its own schedule.
  @Test func theNextExcessUnderAReservePriceIsThatOfTheVector() {
    #expect(Self.osaka.nextExcess(after: 0, blobs: 6, baseFee: 1_000_000_000) == 262_144)
    #expect(Self.osaka.nextExcess(after: 0, blobs: 6, baseFee: 1) == 0)
    let other = BlobFeeRule(
      target: 9, limit: 14, updateFraction: 8_832_827, hasReservePrice: true)
    #expect(other.nextExcess(after: 5_149_252, used: 1_310_720, baseFee: 30) == 5_617_366)
  }

  @Test func withoutAReservePriceTheBaseFeeDoesNotMatter() {
    #expect(Self.pectra.nextExcess(after: 0, blobs: 6, baseFee: 1_000_000_000) == 0)
  }

  /// 8192·baseFee > 131072·blobFee, strictly: the fee stands at its floor at a 16th.
  @Test func theReservePriceBindsAboveASixteenthOfTheBaseFee() {
    #expect(Self.osaka.nextExcess(after: 0, blobs: 6, baseFee: 16) == 0)
    #expect(Self.osaka.nextExcess(after: 0, blobs: 6, baseFee: 17) == 2 * Self.gas)
  }

  /// EIP-7691: the step of a full and of an empty block, to the printed digits.
  @Test(arguments: [
    (cancun, 12.50, -11.11), (pectra, 8.17, -14.53), (bpo1, 8.17, -14.53), (bpo2, 8.17, -14.53),
  ])
  func aFullAndAnEmptyBlockMoveTheFeeByTheStatedSteps(
    _ rule: BlobFeeRule, _ full: Double, _ empty: Double
  ) throws {
    var rule = rule
    rule.hasReservePrice = false
    let excess = 25 * rule.updateFraction
    func step(_ blobs: UInt64) throws -> Double {
      let next = rule.nextExcess(after: excess, blobs: blobs, baseFee: 1)
      let before = try #require(rule.baseFee(excess: excess))
      let after = try #require(rule.baseFee(excess: next))
      return 100 * (Double(after) / Double(before) - 1)
    }
    let (up, down, none) = (try step(rule.limit), try step(0), try step(rule.target))
    #expect(abs(up - full) < 0.005)
    #expect(abs(down - empty) < 0.005)
    #expect(none == 0)
  }

  @Test(arguments: [(cancun, 176), (pectra, 264)])
  func fullBlocksFromOneWeiToOneGwei(_ rule: BlobFeeRule, _ expected: Int) {
    var excess: UInt64 = 0
    var blocks = 0
    while let fee = rule.baseFee(excess: excess), fee < 1_000_000_000 {
      excess = rule.nextExcess(after: excess, blobs: rule.limit, baseFee: 1)
      blocks += 1
    }
    #expect(blocks == expected)
  }

  /// e^44 fits into 64 bits, e^45 does not; in between nothing traps.
  @Test func aFeeBeyond64BitsIsReported() throws {
    let fraction = Self.cancun.updateFraction
    let large = try #require(Self.cancun.baseFee(excess: 44 * fraction))
    #expect(abs(Double(large) / exp(44) - 1) < 1e-6)
    #expect(Self.cancun.baseFee(excess: 45 * fraction) == nil)
    #expect(Self.cancun.baseFee(excess: .max) == nil)
  }
}
