import EventKernel
import Rollup
import Testing

@testable import Worlds

/// Ten whole rollups of all kinds on one chain, on each other and on one prover service.
@Suite struct ManyRollupsTests {
  static let names = (0..<10).map { "r\($0)" }

  /// Ten transactions a second each, for half an hour: the run ends, which it does only if transactions, time
  /// and money are conserved in each.
  @Test func tenRollupsConserve() throws {
    let shape = WorldShape(rollups: Self.names, services: ["s"])
    var scenario = shape.baseCase
    scenario.warmUp = .seconds(600)
    scenario.horizon = .seconds(2400)
    scenario.settlement.reorgs.probability = 0.01
    scenario.services[0].policy = .init(provers: 20, order: .fair, usdPerHour: 2)
    for place in scenario.rollups.indices {
      let all = SettlementSequence.allCases
      scenario.rollups[place].sequence = all[place % all.count]
      scenario.rollups[place].workload.arrivals = .poisson(rate: 10)
      scenario.rollups[place].poster.maxBytes = 500_000
      scenario.rollups[place].bridge.challengeWindow = .hours(2)
      scenario.rollups[place].proving = .init(service: place < 6 ? "s" : "own", priority: place)
      // Two layers above the first four, and a layer 4.
      guard place > 6 else { continue }
      scenario.rollups[place].hosting.host = ["r0", "r1", "r8"][place - 7]
      scenario.rollups[place].poster.carrier = .calldata
    }
    let values = try scenario.measured(shape, seed: 2)
    for name in Self.names {
      #expect(try #require(values[name, "throughput_accepted_tx_per_s"]) > 9)
      #expect(values[name, "finality_final_s_mean"] != nil)
    }
    #expect(try #require(values["s", "prover_utilisation"]) > 0)
  }
}
