import EventKernel
import Testing

@testable import Rollup

/// The fee of a batch by the integers of Polygon's contract.
@Suite struct BatchFeeTests {
  /// A verification at 10,000 s of batches that were sequenced so many seconds before.
  private func fee(_ ages: [Int64], after before: BatchFee = BatchFee(.init())) -> BatchFee {
    var fee = before
    fee.verify(ages.map { .start + .seconds(10_000 - $0) }, at: .start + .seconds(10_000))
    return fee
  }

  /// From 0.1 coins, with ages against a target of 1800 s; worked out by hand from `PolygonZkEVM.sol`, lines 917 to
  /// 1003, at @4912f4b6: each batch more that is late multiplies by 1.002, each that is not divides, twelve times at
  /// most, rounded down at each division.
  private static let vectors: [(ages: [Int64], fee: UInt128)] = [
    ([1900], 100_200_000_000_000_000),
    ([Int64](repeating: 1900, count: 12), 102_426_576_794_540_323),
    ([Int64](repeating: 1900, count: 40), 102_426_576_794_540_323),
    ([100], 99_800_399_201_596_806),
    ([Int64](repeating: 100, count: 12), 97_630_910_970_101_201),
    ([1900, 100], 100_000_000_000_000_000),
    ([1900, 1900, 100], 100_200_000_000_000_000),
    // At the target a batch is late.
    ([1800], 100_200_000_000_000_000),
    ([1799], 99_800_399_201_596_806),
    // Batches before one that is late are late, whatever their time.
    ([100, 1900], 100_400_400_000_000_000),
  ]

  @Test(arguments: vectors.indices) func verificationsMoveIt(_ place: Int) {
    #expect(fee(Self.vectors[place].ages).fee == Self.vectors[place].fee)
  }

  /// Up twelve times and down twelve times loses a part by rounding.
  @Test func upAndDown() {
    let up = fee([Int64](repeating: 1900, count: 12))
    #expect(fee([Int64](repeating: 0, count: 12), after: up).fee == 99_999_999_999_999_999)
  }

  /// It stays between 10⁻⁹ and 1000 coins, also where products have more than 128 bits.
  @Test func bounds() {
    var policy = BatchFee.Policy()
    policy.multiplier = 1023
    policy.start = 999
    var high = BatchFee(policy)
    for _ in 0..<3 { high = fee([Int64](repeating: 9000, count: 12), after: high) }
    #expect(high.fee == 1_000_000_000_000_000_000_000)
    policy.start = 1e-9
    var low = BatchFee(policy)
    for _ in 0..<3 { low = fee([Int64](repeating: 0, count: 12), after: low) }
    #expect(low.fee == 1_000_000_000)
  }
}
