import EventKernel
import Ledger
import Randomness
import Testing

@testable import Rollup

/// ZKsync Era's price of a published byte against the tests of its node, and by hand.
@Suite struct EraDataPriceTests {
  /// `median` of `gas_adjuster/tests.rs`.
  @Test(arguments: [([6, 4, 7, 8, 4], 6), ([8, 4, 4, 10], 8), ([3], 3)] as [([UInt64], UInt64)])
  func theMedianIsTheUpperOne(fees: [UInt64], median: UInt64) {
    #expect(EraDataPrice.median(fees) == median)
  }

  /// Of 1 to 60 fees, many of them alike, in any order; 2,000 times.
  @Test func theMedianIsThatOfTheSorted() {
    var stream = RandomStream(seed: 1, replication: 0, name: "median")
    for round in 0..<2000 {
      let fees = (0...round % 60).map { _ in stream.nextWord() % UInt64(1 + round % 37) }
      #expect(EraDataPrice.median(fees) == fees.sorted()[fees.count / 2])
    }
  }

  private static let baseFees: [UInt64] = [0, 4, 6, 8, 7, 5, 5, 8, 10, 9]
  private static let blobFees: [UInt64] = [0, 1, 1, 2, 1, 2, 2, 3, 4, 1]

  /// `kept_updated` of the same: block 6 is the last, then block 9, and samples end with the block before.
  ///
  /// Base fees of blocks 1 to 5 are 4, 6, 8, 7, 5, and of 4 to 8 they are 7, 5, 5, 8, 10; blob base fees of 3 to 5 are
  /// 2, 1, 2, and of 6 to 8 they are 2, 3, 4, each in units of 393,216 wei.
  @Test(arguments: [(6, 6, 2), (9, 7, 3)] as [(Int, UInt128, UInt128)])
  func samplesEndBeforeTheLastBlock(last: Int, base: UInt128, blob: UInt128) {
    var policy = DataFees.Policy.baseCase
    policy.rule = .era
    policy.lag = 1
    (policy.era.baseFeeSamples, policy.era.blobFeeSamples) = (5, 3)
    (policy.era.batchGas, policy.era.batchBytes) = (1000, 1)
    let charged = zip(Self.baseFees, Self.blobFees).map {
      ObservedFees(baseFee: $0, blobBaseFee: $1)
    }
    var fees = DataFees(policy, at: charged[0])
    for block in 0...last {
      // What the next one charges is of no account.
      let next = block + 1 < charged.count ? charged[block + 1] : charged[0]
      fees.observe(next, at: .start + .seconds(12 * Int64(block)))
    }
    #expect(fees.rate.price == blob + 1000 * base)
  }

  /// 1.06 · 10 gwei and 1 gwei, 800,000 gas over 500,000 B, 1.5e6 wei of blobs; 411 gas of 45.25 Mwei.
  ///
  /// Settings of mainnet: `etc/env/file_based/general.yaml` and `overrides/mainnet.yaml`, 2024-10-25.
  @Test func theSettingsOfMainnet() {
    var price = EraDataPrice()
    price.batchBytes = 500_000
    (price.baseFeeFactor, price.priorityFee, price.blobFeeFactor) = (1.06, 1_000_000_000, 1.5)
    let fees = [ObservedFees(baseFee: 10_000_000_000, blobBaseFee: 1_000_000)]
    #expect(price.price(of: fees) == 18_561_500_000)
    price.leastGasPrice = 45_250_000
    #expect(price.price(of: fees) == 411 * 45_250_000)
    price.batchPart = 0
    #expect(price.price(of: fees) == 45_250_000)
    // A byte takes at most 50,000 gas, whose price rises for that.
    price.leastGasPrice = 7
    #expect(price.price(of: fees) == 1_500_000)
    price.blobFeeFactor = 1.500_001
    #expect(price.price(of: fees) == 1_500_028)
  }

  /// Without any of that a byte is that of a blob, and a part of a batch's gas that is rounded up.
  @Test(
    arguments: [
      (0, 1), (1, 1), (1_234_567_890, 987_654_321), (UInt64.max, UInt64.max),
      (9_007_199_254_740_993, 3),
    ] as [(UInt64, UInt64)])
  func oneBlockIsChargedToTheWei(baseFee: UInt64, blobBaseFee: UInt64) {
    var price = EraDataPrice()
    price.batchBytes = 99_999
    let gas = 800_000 * UInt128(baseFee)
    #expect(
      price.price(of: [ObservedFees(baseFee: baseFee, blobBaseFee: blobBaseFee)])
        == UInt128(blobBaseFee) + (gas + 99_998) / 99_999)
  }

  /// 17 gas a byte at 1.5 · 10 gwei and 1 gwei, and the batch's gas; blobs are of no account.
  @Test func aByteOfCalldataTakesGas() {
    var price = EraDataPrice()
    (price.baseFeeFactor, price.priorityFee) = (1.5, 1_000_000_000)
    let fees = [ObservedFees(baseFee: 10_000_000_000, blobBaseFee: 1_000_000)]
    #expect(price.price(in: .calldata, of: fees) == 17 * 16_000_000_000 + 8 * 16_000_000_000)
    #expect(price.price(in: .blobs, of: fees) == 1_000_000 + 8 * 16_000_000_000)
  }

  /// Of fewer blocks than samples the median is that of those that there are.
  @Test func theFirstBlocksAreEnough() {
    var price = EraDataPrice()
    (price.baseFeeSamples, price.blobFeeSamples, price.batchGas) = (100, 10, 0)
    let fees = [7, 3, 5, 1].map { ObservedFees(baseFee: 0, blobBaseFee: $0) }
    #expect(price.price(of: fees) == 5)
  }
}
