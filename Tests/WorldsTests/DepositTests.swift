import EventKernel
import Ledger
import Rollup
import Testing

@testable import Worlds

/// Deposits are credited behind enough settlement blocks, and a re-org takes a credit back.
@Suite struct DepositTests {
  /// An hour with a deposit a second, in a world whose re-orgs have this probability.
  private static func scenario(confirmations: Int, reorgs probability: Double = 0) -> Scenario {
    var scenario = ReorgTests.scenario(.postAndAssert, probability: probability)
    scenario.rollup.deposits.rate = 1
    scenario.rollup.deposits.confirmations = confirmations
    return scenario
  }

  /// A deposit waits U(0, 12 s) for a block and then for so many blocks of 12 s.
  ///
  /// Seed 1, some 3,600 deposits: the mean has a standard error of 0.058 s. False alarm 1e-6 each
  /// (|z| < 4.9): detects 0.3 s, far below a block.
  @Test(arguments: [0, 4, 20])
  func aCreditWaitsForItsBlocks(confirmations: Int) throws {
    let measures = try Self.scenario(confirmations: confirmations).measuredAll()
    let blocks = 12 * Double(confirmations)
    let mean = try #require(measures["deposit_credit_s_mean"])
    #expect(abs(mean - blocks - 6) < 0.29)
    #expect(try #require(measures["deposit_credit_s_max"]) <= blocks + 12)
    #expect(measures["deposit_undone_count"] == 0)
  }

  /// A deposit that waits for the safe head: U(0, 12 s) for a block and 384 to 756 s, mean 570 s, or to the
  /// final one 384 s more.
  ///
  /// Seed 1, some 3,600 deposits in nine epochs of 384 s and a part: the mean is that of a sawtooth over a
  /// part of an epoch at most 110 s · 384 / 3600 off. Detects 20 s, below two blocks.
  @Test(arguments: [(Deposits.Credit.safe, 576.0), (.settled, 960)])
  func aCreditWaitsForCertainty(_ credit: Deposits.Credit, _ expected: Double) throws {
    var scenario = Self.scenario(confirmations: 0)
    scenario.settlement.slotsPerEpoch = 32
    scenario.rollup.deposits.credit = credit
    let measures = try scenario.measuredAll()
    #expect(abs(try #require(measures["deposit_credit_s_mean"]) - expected) < 12)
    #expect(try #require(measures["deposit_credit_s_max"]) <= expected + 180 + 12)
  }

  /// Credits behind no block are undone at many re-orgs, credits behind the deepest re-org at none;
  /// every deposit is credited for good, later than without re-orgs, and the ledger balances.
  @Test(arguments: [1, 2] as [UInt64])
  func aReorgUndoesACredit(seed: UInt64) throws {
    let calm = try Self.scenario(confirmations: 0).measuredAll(seed: seed)
    let rough = try Self.scenario(confirmations: 0, reorgs: 0.2).measuredAll(seed: seed)
    let patient = try Self.scenario(confirmations: 64, reorgs: 0.2).measuredAll(seed: seed)
    #expect(try #require(rough["deposit_undone_count"]) > 100)
    #expect(patient["deposit_undone_count"] == 0)
    #expect(
      try #require(rough["deposit_credit_s_mean"]) > #require(calm["deposit_credit_s_mean"]) + 1)
  }

  @Test func withoutDepositsNothingIsMeasured() throws {
    let measures = try ReorgTests.scenario(.postAndAssert, probability: 0).measuredAll()
    #expect(measures.keys.allSatisfy { !$0.hasPrefix("deposit_") })
  }
}
