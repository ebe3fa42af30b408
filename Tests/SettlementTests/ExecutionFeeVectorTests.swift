import Settlement
import Testing

/// EIP-1559 in integers, bit for bit against the vectors that clients share.
@Suite struct ExecutionFeeVectorTests {
  /// One row: a block and the next base fee under three sets of constants.
  struct Vector: Sendable {
    let baseFee: UInt64
    let gasUsed: UInt64
    let gasLimit: UInt64
    let ethereum: UInt64
    let bedrock: UInt64
    let canyon: UInt64
  }

  /// Alloy's `calculate_base_fee` arrays, which reth and other clients repeat.
  static let vectors = [
    Vector(
      baseFee: 1_000_000_000, gasUsed: 10_000_000, gasLimit: 10_000_000,
      ethereum: 1_125_000_000, bedrock: 1_100_000_048, canyon: 1_020_000_009),
    Vector(
      baseFee: 1_000_000_000, gasUsed: 10_000_000, gasLimit: 14_000_000,
      ethereum: 1_053_571_428, bedrock: 1_065_714_297, canyon: 1_013_142_859),
    Vector(
      baseFee: 1_059_263_476, gasUsed: 10_001_000, gasLimit: 14_000_000,
      ethereum: 1_116_028_649, bedrock: 1_128_881_311, canyon: 1_073_187_043),
    Vector(
      baseFee: 1_049_238_967, gasUsed: 10_000_000, gasLimit: 18_000_000,
      ethereum: 1_063_811_730, bedrock: 1_098_203_452, canyon: 1_059_031_864),
    Vector(
      baseFee: 0, gasUsed: 10_000_000, gasLimit: 18_000_000, ethereum: 1, bedrock: 1, canyon: 1),
    Vector(
      baseFee: 2, gasUsed: 10_000_000, gasLimit: 18_000_000, ethereum: 3, bedrock: 3, canyon: 3),
  ]

  @Test(arguments: vectors)
  func theNextBaseFeeIsThatOfTheVector(_ vector: Vector) {
    func next(_ rule: ExecutionFeeRule) -> UInt64? {
      rule.nextBaseFee(
        after: vector.baseFee, gasUsed: vector.gasUsed, gasLimit: vector.gasLimit)
    }
    #expect(next(.ethereum) == vector.ethereum)
    #expect(next(ExecutionFeeRule(elasticity: 6, denominator: 50)) == vector.bedrock)
    #expect(next(ExecutionFeeRule(elasticity: 6, denominator: 250)) == vector.canyon)
  }

  /// go-ethereum's `TestCalcBaseFee`: at, below and above the target.
  @Test(
    arguments: [
      (10_000_000, 1_000_000_000), (9_000_000, 987_500_000), (11_000_000, 1_012_500_000),
    ] as [(UInt64, UInt64)])
  func theNextBaseFeeIsThatOfGoEthereum(_ gasUsed: UInt64, _ expected: UInt64) {
    let next = ExecutionFeeRule.ethereum.nextBaseFee(
      after: 1_000_000_000, gasUsed: gasUsed, gasLimit: 20_000_000)
    #expect(next == expected)
  }

  @Test func aFullBlockMultipliesBy9Over8AndAnEmptyOneBy7Over8() {
    let rule = ExecutionFeeRule.ethereum
    let fee: UInt64 = 64_000_000_000
    let limit: UInt64 = 36_000_000
    let risen = rule.nextBaseFee(after: fee, gasUsed: limit, gasLimit: limit)
    #expect(risen == fee / 8 * 9)
    #expect(rule.nextBaseFee(after: fee, gasUsed: 0, gasLimit: limit) == fee / 8 * 7)
    #expect(rule.nextBaseFee(after: fee / 8 * 9, gasUsed: 0, gasLimit: limit) == fee / 64 * 63)
  }

  /// Products need 128 bits; a fee beyond 64 bits is reported, never wrapped.
  @Test func hugeFeesNeitherTrapNorWrap() {
    let rule = ExecutionFeeRule.ethereum
    let limit: UInt64 = 1 << 60
    #expect(rule.nextBaseFee(after: UInt64.max, gasUsed: limit, gasLimit: limit) == nil)
    let highest = UInt64.max
    #expect(rule.nextBaseFee(after: highest, gasUsed: limit / 2, gasLimit: limit) == highest)
    let fallen = highest - highest / 8
    #expect(rule.nextBaseFee(after: highest, gasUsed: 0, gasLimit: limit) == fallen)
  }

  @Test func aZeroTargetTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = ExecutionFeeRule.ethereum.nextBaseFee(after: 1, gasUsed: 0, gasLimit: 1)
    }
  }
}
