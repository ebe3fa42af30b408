import EventKernel
import Rollup
import Testing

@testable import Worlds

/// What users and guests pay where the price of layer 2 gas moves, in worlds where everything else is
/// constant.
@Suite struct GasPriceJourneyTests {
  /// The clockwork with 50,000 gas/s on a target of half as much.
  private static func loaded() -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.fees.rule = .arbos
    scenario.rollup.fees.gasPrice = 1_000_000_000
    scenario.rollup.fees.tolerance = .zero
    scenario.rollup.fees.targets = GasTargets([.init(gasPerSecond: 25_000, window: .seconds(10))])
    return scenario
  }

  /// Blocks of 100,000 gas at 2, 4, 6, 8 s, in each of which the backlog shrinks by 50,000 and then grows
  /// to 100, 150, 200, 250 kgas.
  ///
  /// At their beginning it is 0, 50, 100, 150 kgas, of 250 kgas that make e. So the third is charged 2000
  /// basis points and the fourth 4000: 1.2214 and 1.4917 of the floor, which the first two are charged.
  @Test func eachBlockHasItsPrice() throws {
    let values = try Self.loaded().measuredAll()
    let mean = (1 + 1 + 1.2214 + 1.4917) / 4 * 1e9
    #expect(values["fee_l2_wei_per_tx_mean"] == 50_000 * mean)
    #expect(values["fee_l2_wei_per_gas_mean"] == mean)
    #expect(values["fee_l2_wei_per_gas_max"] == 1.4917e9)
    #expect(values["fee_l2_backlog_gas_mean"] == 175_000)
    #expect(values["fee_l2_backlog_gas_max"] == 250_000)
  }

  /// Nothing else moves, and a constant price has no such measures.
  @Test func nothingButFeesMoves() throws {
    let fees = { (name: String) in
      ["fee_l2_", "fee_user_", "profit_"].contains { name.hasPrefix($0) }
    }
    var constant = Self.loaded()
    constant.rollup.fees.rule = .constant
    let without = try constant.measuredAll()
    let capacities = { (name: String) in
      name == "throughput_sustained_execution_tx_per_s"
        || name == "throughput_utilisation_execution"
    }
    let with = try Self.loaded().measuredAll()
    #expect(without.keys.filter { $0.hasPrefix("fee_l2_") } == ["fee_l2_wei_per_tx_mean"])
    #expect(
      with.filter { !fees($0.key) && !capacities($0.key) }
        == without.filter { !fees($0.key) && !capacities($0.key) })
  }

  /// A target that is never passed is as a constant price, to the last bit and in every account.
  @Test func belowTheTargetThePriceIsTheFloor() throws {
    var scenario = Self.loaded()
    scenario.rollup.fees.targets[1].gasPerSecond = 100_000
    let values = try scenario.measuredAll()
    #expect(values["fee_l2_wei_per_tx_mean"] == 50_000 * 1e9)
    #expect(values["fee_l2_wei_per_gas_max"] == 1e9)
  }

  /// What users paid is the sum over blocks, on both sides of the ledger and in the batches.
  @Test func theLedgerHasEachBlockAtItsPrice() throws {
    let valid = try Self.loaded().validated()
    var simulation = Simulation(World(valid, seed: 1, replication: 0))
    simulation.model.start(&simulation.scheduler)
    simulation.run(through: .start + .seconds(9)) { _ in false }
    let paid = simulation.model.journeys[0].ledger.total(.layer2Fees)
    #expect(paid.amount == 100_000 * 4_713_100_000)
    try simulation.model.journeys[0].ledger.audit()
    #expect(simulation.model.journeys[0].batches[0].batch.feesPaid.amount == 200_000_000_000_000)
    #expect(simulation.model.journeys[0].batches[1].batch.feesPaid.amount == 271_310_000_000_000)
  }

  /// A layer 3 pays what holds for the block of its host.
  ///
  /// A target of 1 gas/s with a window of 1 s sends the price to where the series ends: a floor of 10,000
  /// wei to 1,844,674,407,380,955 wei, long before the first batch of layer 3. At that constant price it
  /// pays the same.
  @Test func guestsPayThePriceOfTheBlock() throws {
    func scenario(_ change: (inout FeePolicy) -> Void) throws -> NamedMeasures {
      var scenario = LayerByHandTests.scenario(
        host: .postAndAssert, guest: .postAndAssert, .settled)
      scenario["two"].workload.arrivals = .deterministic(rate: 1)
      scenario["three"].workload.arrivals = .deterministic(rate: 0.25)
      scenario["three"].poster.maxAge = .seconds(60)
      scenario.horizon = .seconds(60)
      scenario.warmUp = .seconds(20)
      change(&scenario["two"].fees)
      return try scenario.measured(LayerByHandTests.shape)
    }
    let moving = try scenario {
      $0.rule = .arbos
      $0.gasPrice = 10_000
      $0.tolerance = .zero
      $0.targets = GasTargets([.init(gasPerSecond: 1, window: .seconds(1))])
    }
    let constant = try scenario { $0.gasPrice = 1_844_674_407_380_955 }
    let floor = try scenario { $0.gasPrice = 10_000 }
    #expect(moving.all("three") == constant.all("three"))
    let cost = "cost_total_wei_per_tx_mean"
    let paid = try #require(moving["three", cost])
    #expect(try paid > 1e9 * #require(floor["three", cost]))
  }

  @Test func whatMakesNoSenseIsRefused() {
    var scenario = Self.loaded()
    scenario.rollup.fees.tolerance = SimDuration(nanoseconds: 500_000_000)
    scenario.rollup.fees.targets[1].window = .zero
    scenario.rollup.fees.targets[2] = .init(gasPerSecond: 2_000_000_000_000, window: .days(400))
    scenario.rollup.fees.gasPrice = 0
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      error?.problems.map(\.path) == [
        "fees.l2_gas_price", "fees.backlog_tolerance", "fees.gas_targets.1.window",
        "fees.gas_targets.2.target", "fees.gas_targets.2.window",
      ])
    scenario.rollup.fees = FeePolicy(gasPrice: 1)
    scenario.rollup.fees.rule = .arbos
    scenario.rollup.fees.targets = GasTargets()
    let none = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(none?.problems.map(\.path) == ["fees.gas_targets.1.target"])
    scenario.rollup.fees.rule = .constant
    #expect(throws: Never.self) { try scenario.validated() }
  }
}
