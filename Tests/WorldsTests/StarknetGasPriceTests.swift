import EventKernel
import Ledger
import Testing

@testable import Rollup

/// Starknet's price of layer 2 gas against the tests of its sequencer.
@Suite struct StarknetGasPriceTests {
  private static func next(
    after price: UInt64, used: UInt64 = 0, target: UInt64 = 2000, floor: UInt64
  ) -> UInt64? {
    BaseFee.nextOnStarknet(
      after: price, used: used, target: target, denominator: 48, floor: floor)
  }

  /// `price_calculation_snapshot` of `fee_market/test.rs`: gas used and target, in fortieths of a block.
  @Test(
    arguments: [
      (30, 20, 30_312_500_000), (10, 20, 29_687_500_000), (20, 20, 30_000_000_000),
      (36, 32, 30_078_125_000), (10, 32, 29_570_312_500), (32, 32, 30_000_000_000),
    ] as [(UInt64, UInt64, UInt64)])
  func aboveTheFloorItFollowsTheGas(used: UInt64, target: UInt64, expected: UInt64) {
    let part: UInt64 = 100_000_000
    let next = Self.next(
      after: 30_000_000_000, used: used * part, target: target * part, floor: 3_000_000_000)
    #expect(next == expected)
  }

  /// `test_calculate_with_price_below_minimum` and `test_calculate_with_price_close_to_minimum`; what was used
  /// makes no difference.
  @Test(arguments: [0, 1000, 1_000_000] as [UInt64])
  func belowTheFloorItRisesByA333rd(used: UInt64) {
    #expect(Self.next(after: 10_000_000_000, used: used, floor: 20_000_000_000) == 10_030_030_030)
    #expect(Self.next(after: 9_971_000_000, used: used, floor: 10_000_000_000) == 10_000_000_000)
  }

  /// A 333rd of less than 333 is nothing, and the largest numbers stay in 64 bits.
  @Test func theEndsOfTheRise() {
    #expect(Self.next(after: 332, floor: 1000) == 332)
    #expect(Self.next(after: 333, floor: 1000) == 334)
    #expect(Self.next(after: UInt64.max - 1, floor: .max) == UInt64.max)
  }

  private static func block(_ gas: UInt64, at second: Int64) -> SealedBlock {
    var block = SealedBlock(sealedAt: .start + .seconds(second))
    (block.transactions.count, block.transactions.gas) = (1, gas)
    return block
  }

  private static func policy(floor: UInt64, _ rule: FeePolicy.Rule = .starknet) -> FeePolicy {
    var policy = FeePolicy(gasPrice: floor)
    policy.rule = rule
    policy.denominator = 48
    return policy
  }

  /// A floor that is raised is reached block by block, with gas or without: of those of 2, 3 and 4 s the first has it.
  @Test func aRaisedFloorIsReachedInSteps() {
    var pricing = GasPricing(Self.policy(floor: 10_000_000_000))
    pricing.adopt(Self.policy(floor: 20_000_000_000))
    #expect(pricing.charge(Self.block(10_000_000, at: 1)).price == 10_000_000_000)
    #expect(pricing.charge(Self.block(10_000_000, at: 2)).price == 10_030_030_030)
    // 10,030,030,030 / 333 = 30,120,210; 10,060,150,240 / 333 = 30,210,661; 10,090,360,901 / 333 = 30,301,384.
    #expect(pricing.price(at: .start + .seconds(5)) == 10_120_662_285)
  }

  /// On the OP Stack it is there at once.
  @Test func onTheOPStackItIsThereWithTheNextBlock() {
    var pricing = GasPricing(Self.policy(floor: 10_000_000_000, .eip1559))
    pricing.adopt(Self.policy(floor: 20_000_000_000, .eip1559))
    #expect(pricing.charge(Self.block(0, at: 1)).price == 10_000_000_000)
    #expect(pricing.charge(Self.block(0, at: 2)).price == 20_000_000_000)
  }
}
