import Declarations
import Rollup
import Testing

@testable import Worlds

/// Nodes of the operator: what they cost, and that they cost nothing where there are none.
@Suite struct NodeTests {
  /// Three nodes at 0.9 USD/h are 2.7 USD/h, for as long as it is from one batch to the next.
  @Test func rentRunsFromBatchToBatch() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.nodes = NodePolicy(count: 3, usdPerHour: 0.9)
    let values = try scenario.measuredAll()
    let interval = try #require(values["batch_interval_s_mean"])
    let rent = try #require(values["batch_nodes_usd_mean"])
    #expect(abs(rent - 2.7 / 3600 * interval) < 1e-15 * interval)
  }

  /// They move nothing else.
  @Test func nothingWaitsForNodes() throws {
    let without = Scenario.clockwork(.postAndAssert)
    var with = without
    with.rollup.nodes.count = 3
    var values = try with.measuredAll()
    let rent = values.removeValue(forKey: "batch_nodes_usd_mean")
    #expect(rent != nil)
    #expect(try without.measuredAll() == values)
  }

  @Test func tooManyAreRefused() {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.nodes = NodePolicy(count: 1_000_001, usdPerHour: 2e6)
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(error?.problems.map(\.path) == ["nodes.count", "nodes.rent"])
  }
}
