import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// What rollups pay for data to a host that is a rollup, in worlds where everything is constant.
@Suite struct GuestDataFeeTests {
  private static let cost = "cost_data_wei_per_tx_mean"

  /// A host that charges for data 16 gas a byte at the base fee of the settlement chain.
  private static func charging(_ scenario: Scenario, on host: String) -> Scenario {
    var scenario = scenario
    scenario[host].dataFees.rule = .ecotone
    scenario[host].dataFees.zeroByteShare = 0
    scenario[host].dataFees.baseFeeScalar = 1_000_000
    scenario[host].dataFees.blobBaseFeeScalar = 0
    return scenario
  }

  /// The base fee stays as it is.
  private static func layered() -> Scenario {
    var scenario = LayerByHandTests.scenario(
      host: .postAndAssert, guest: .sequenceVerify, .settled)
    scenario.settlement.executionFee.kind = .constant
    return scenario
  }

  /// Two batches of 510 B for eight transactions, beside the gas that they pay as ever.
  @Test func aGuestPaysForItsBytes() throws {
    let scenario = Self.layered()
    let shape = LayerByHandTests.shape
    let without = try #require(try scenario.measured(shape)["three", Self.cost])
    let values = try Self.charging(scenario, on: "two").measured(shape)
    let with = try #require(values["three", Self.cost])
    let fee = 16 * 510 * Double(scenario.settlement.initialBaseFee)
    #expect(abs(with - without - 2 * fee / 8) <= 1e-9 * with)
    // It is income of the host, and nothing that its users pay.
    #expect(try #require(values["two", "profit_data_fees_usd_per_d"]) > 0)
    #expect((values["two", "fee_data_wei_per_tx_mean"] ?? 0) == 0)
  }

  /// Who pays its part of what the host pays has no fee for data beside that.
  @Test func whoPaysAtCostPaysNoFee() throws {
    let scenario = SharedCostTests.scenario(.sequenceVerify)
    let shape = SharedCostTests.shape
    let without = try scenario.measured(shape)
    let with = try Self.charging(scenario, on: "base").measured(shape)
    #expect(with["cost", Self.cost] == without["cost", Self.cost])
    let paid = try #require(with["gas", Self.cost])
    #expect(try paid > #require(without["gas", Self.cost]))
  }

  /// What comes in by a block that nobody makes is published by nobody, and pays for no data.
  @Test func whatFollowsFromTheSettlementChainPaysNothing() throws {
    var scenario = LayerForcedTests.scenario()
    scenario["two"].machines.stopsAt = .seconds(1)
    scenario.settlement.executionFee.kind = .constant
    let shape = LayerByHandTests.shape
    let without = try scenario.measured(shape)
    let with = try Self.charging(scenario, on: "two").measured(shape)
    #expect(try #require(without["three", Self.cost]) > 0)
    #expect(with["three", Self.cost] == without["three", Self.cost])
    #expect(with["two", "profit_data_fees_usd_per_d"] == 0)
  }

  /// On a host that is a rollup users pay for gas alone, whatever is said of fees for data.
  @Test(arguments: DataFees.Policy.Rule.allCases)
  func aGuestHasNoFeesForDataOfItsOwn(_ rule: DataFees.Policy.Rule) throws {
    var scenario = Self.layered()
    let shape = LayerByHandTests.shape
    let without = try scenario.measured(shape)
    scenario["three"].dataFees.rule = rule
    #expect(try scenario.measured(shape) == without)
  }
}
