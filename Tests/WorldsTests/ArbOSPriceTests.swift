import EventKernel
import Foundation
import Testing

@testable import Rollup

/// ArbOS's price of layer 2 gas against sums worked out by hand in its integers.
@Suite struct ArbOSPriceTests {
  /// By hand, with every division rounded down: 1 + x/4 first, then three times 1 + (it · x)/i.
  ///
  /// For x = 1: 12500, 10000 + 4166, 10000 + 7083, 10000 + 17083 basis points. Where a product leaves 64
  /// bits it is 2^64 − 1, so e^x ends at 10000 + (2^64 − 1)/10000.
  @Test(
    arguments: [
      (0, 10_000), (1, 10_001), (2000, 12_214), (5000, 16_484), (10_000, 27_083),
      (20_000, 70_000), (85_000, 3_654_791), (1_000_000_000, 1_844_674_407_380_955),
      (UInt64.max / 2, 1_844_674_407_380_955),
    ] as [(UInt64, UInt64)])
  func theSeries(exponent: UInt64, expected: UInt64) {
    #expect(ArbOSPrice.exponential(exponent) == expected)
  }

  /// e^x less its first five terms is at most x⁵/120 · e^x.
  ///
  /// Each of the four divisions loses less than a
  /// basis point, which the steps behind it multiply by at most x, x/2: in all less than e^x.
  @Test func theSeriesIsExponentialWithinItsRemainder() {
    for exponent in stride(from: UInt64(0), through: 30_000, by: 250) {
      let x = Double(exponent) / 10_000
      let missing = exp(x) - Double(ArbOSPrice.exponential(exponent)) / 10_000
      #expect(missing >= -1e-12, "\(x)")
      #expect(missing <= exp(x) * (pow(x, 5) / 120 + 1e-4), "\(x)")
    }
  }

  /// Floor · exp((backlog − tolerance · target) / (window · target)), with the exponent cut to basis points.
  @Test func thePriceIsTheClosedForm() throws {
    let (target, window, tolerance, floor) = (7_000_000.0, 102.0, 10.0, 10_000_000.0)
    let rule = GasTarget(gasPerSecond: 7_000_000, window: .seconds(102))
    for backlog in stride(from: UInt64(0), through: 1_500_000_000, by: 12_345_678) {
      let exponent = ArbOSPrice.exponent(ofBacklog: backlog, at: rule, tolerance: 10)
      let price = Double(ArbOSPrice.price(exponent: exponent, floor: 10_000_000)) / floor
      let x = max(0, (Double(backlog) - tolerance * target) / (window * target))
      #expect(price <= exp(x) + 1e-12, "\(backlog)")
      #expect(exp(x) - price <= exp(x) * (pow(x, 5) / 120 + 2e-4), "\(backlog)")
    }
  }

  private static func block(_ gas: UInt64, at milliseconds: Int64) -> SealedBlock {
    var block = SealedBlock(sealedAt: SimTime(nanoseconds: milliseconds * 1_000_000))
    (block.transactions.count, block.transactions.gas) = (1, gas)
    return block
  }

  private static func policy(_ targets: [GasTarget], tolerance: Int64) -> FeePolicy {
    var policy = FeePolicy(gasPrice: 10_000_000)
    policy.rule = .arbos
    policy.targets = GasTargets(targets)
    policy.tolerance = .seconds(tolerance)
    return policy
  }

  /// 784 Mgas are 70 Mgas of tolerance and 102 s of 7 Mgas/s: e of the series, 2.7083.
  ///
  /// The price that a block works out holds for the block behind it, and a block pays for the gas of
  /// those before the one before it. Of the blocks in second 0 none finds time passed. In the block of
  /// 103.9 s it is 103 s, so 63 Mgas are left, less than is tolerated.
  @Test func oneTargetWithTolerance() {
    var pricing = GasPricing(
      Self.policy([.init(gasPerSecond: 7_000_000, window: .seconds(102))], tolerance: 10))
    let blocks: [(Int64, UInt64, UInt64, UInt64)] = [
      (250, 784_000_000, 10_000_000, 784_000_000), (500, 0, 10_000_000, 784_000_000),
      (999, 0, 27_083_000, 784_000_000), (103_900, 1_000_000, 27_083_000, 64_000_000),
      (103_999, 0, 10_000_000, 64_000_000), (200_000, 0, 10_000_000, 0),
    ]
    for (time, gas, price, backlog) in blocks {
      #expect(pricing.charge(Self.block(gas, at: time)).price == price, "\(time)")
      #expect(pricing.backlog == backlog, "\(time)")
    }
  }

  /// A burst of 600 Mgas on Arbitrum One's six: 600e10 over window · target are 11111, 2814, 628, 142, 31
  /// and 6 basis points, together 14732.
  ///
  /// The series by hand: 10000 + 3683 = 13683; · 14732 / 30000 = 6719; 16719 · 14732 / 20000 = 12315;
  /// 22315 · 14732 / 10000 = 32874: 42874. After 10 s the first target has nothing left, and the others
  /// 190, 310, 400, 460 and 500 Mgas: 891 + 324 + 95 + 24 + 5 = 1339 basis points, and 11432.
  @Test func sixTargets() {
    let targets =
      [(60, 9), (41, 52), (29, 329), (20, 2105), (14, 13_485), (10, 86_400)] as [(UInt64, Int64)]
    var pricing = GasPricing(
      Self.policy(
        targets.map { .init(gasPerSecond: $0.0 * 1_000_000, window: .seconds($0.1)) }, tolerance: 0)
    )
    #expect(pricing.charge(Self.block(600_000_000, at: 100)).price == 10_000_000)
    #expect(pricing.charge(Self.block(0, at: 200)).price == 10_000_000)
    #expect(pricing.charge(Self.block(0, at: 10_000)).price == 42_874_000)
    #expect(pricing.charge(Self.block(0, at: 10_100)).price == 11_432_000)
    #expect(pricing.backlog == 500_000_000)
  }

  @Test func aConstantPriceStays() {
    var pricing = GasPricing(FeePolicy(gasPrice: 5))
    #expect((0..<3).map { pricing.charge(Self.block(1 << 60, at: $0)).price } == [5, 5, 5])
    #expect(pricing.backlog == nil)
  }

  /// A backlog beyond 64 bits stays there, and a price beyond them is the largest.
  @Test func whatIsTooLargeSaturates() {
    var policy = Self.policy([.init(gasPerSecond: 1, window: .seconds(1))], tolerance: 0)
    policy.gasPrice = 1_000_000_000_000_000
    var pricing = GasPricing(policy)
    for time in 0..<4 as Range<Int64> { _ = pricing.charge(Self.block(.max, at: time * 1000)) }
    #expect(pricing.backlog == .max)
    #expect(pricing.charge(Self.block(0, at: 5000)).price == .max)
  }

  /// A copy goes on from where the original is.
  @Test func aCopyHasTheBacklog() {
    var pricing = GasPricing(
      Self.policy([.init(gasPerSecond: 1000, window: .seconds(10))], tolerance: 0))
    _ = pricing.charge(Self.block(20_000, at: 1000))
    _ = pricing.charge(Self.block(0, at: 1000))
    var copy = pricing.copy(drawing: .fresh(seed: 1, replication: 1))
    #expect(copy.charge(Self.block(0, at: 1000)).price == 70_000_000)
    #expect(pricing.charge(Self.block(0, at: 1000)).price == 70_000_000)
  }
}
