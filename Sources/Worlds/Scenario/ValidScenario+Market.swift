import Declarations
import Rollup

extension RollupScenario {
  /// States that a market has prices of the settlement chain, and blocks that come by themselves.
  func checkMarket(_ expect: inout Expectations) {
    guard market.exists else { return }
    expect(
      hosting.isOnSettlement, ["damm.liquidity", "host"],
      "expected a rollup on the settlement chain, which sets the price")
    expect(
      sequencer.sealing == .interval, ["damm.liquidity", "sequencer.sealing"],
      "expected blocks at an interval: without transactions there are none else")
  }
}
