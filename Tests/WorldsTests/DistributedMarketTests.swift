import EventKernel
import Foundation
import Rollup
import Settlement
import Testing

@testable import Worlds

/// A market whose price the settlement chain sets.
@Suite struct DistributedMarketTests {
  /// Blocks each 2 s, slots each 12 s, a price each ten of them that is read four blocks later.
  private static func scenario() -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.settlement.demand.level = 0.5
    scenario.horizon = .hours(20)
    scenario.rollup.workload.arrivals = .deterministic(rate: 0.01)
    scenario.rollup.poster.maxAge = .seconds(600)
    scenario.rollup.market.liquidityUSD = 1e6
    scenario.rollup.market.every = 10
    return scenario
  }

  /// A price of a slot is read four slots later, in the block of that instant, or the next where that is sealed before.
  @Test func aPriceIsAsOldAsItsWay() throws {
    let age = try #require(try Self.scenario().measured("damm_age_s_mean"))
    #expect(age >= 48 && age <= 50)
  }

  /// A price that rises for certain by 1 % each time: what is lost follows from the formula of a curve of constant
  /// product, V (e^(x/2) − 1)²/2, of the move from block to block and of that from a price to the rollup.
  @Test func aCertainMoveCostsWhatTheFormulaSays() throws {
    var scenario = Self.scenario()
    scenario.rollup.market.price.volatility = 0
    scenario.rollup.market.price.drift = 50
    let values = try scenario.measuredAll()
    let age = try #require(values["damm_age_s_mean"])
    func lost(_ seconds: Double) -> Double {
      let half = expm1(50 * seconds / (365 * 86_400) / 2)
      return half * half / 2 * 1e6
    }
    // Of sixty blocks from price to price one has a price that is old, and 59 go on from the one before.
    let expected = (lost(age) + 59 * lost(2)) * 86_400 / 120
    let loss = try #require(values["damm_loss_usd_per_d"])
    #expect(abs(loss / expected - 1) < 0.01)
  }

  /// A fee keeps small moves out, and takes its part of others.
  @Test func aFeeLessensWhatIsLost() throws {
    let losses = try [0, 0.0005, 0.003].map { fee in
      var scenario = Self.scenario()
      scenario.rollup.market.fee = fee
      return try #require(try scenario.measured("damm_loss_usd_per_d"))
    }
    #expect(losses[0] > losses[1] && losses[1] > losses[2] && losses[2] >= 0)
  }

  /// A re-org drops prices that blocks have set, and the run goes on.
  @Test func reorgsDropPrices() throws {
    var scenario = Self.scenario()
    scenario.settlement.reorgs.probability = 0.1
    scenario.settlement.reorgs.meanDepth = 3
    let age = try #require(try scenario.measured("damm_age_s_mean"))
    #expect(age >= 48 && age < 70)
  }
}
