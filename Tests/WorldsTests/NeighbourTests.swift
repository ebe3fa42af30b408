import Rollup
import Testing

@testable import Worlds

/// Ten rollups in one blob market: ours and nine others.
@Suite struct NeighbourTests {
  private static func scenario(large: Int, medium: Int, small: Int) -> Scenario {
    var scenario = Scenario.baseCase
    scenario.warmUp = .seconds(1800)
    scenario.horizon = .hours(2)
    scenario.workload.arrivals = .poisson(rate: 2)
    scenario.settlement.blobDemand.volatility = 0
    scenario.neighbours[.large].count = large
    scenario.neighbours[.medium].count = medium
    scenario.neighbours[.small].count = small
    return scenario
  }

  /// The run ends with the audit of transactions, time and money.
  @Test func tenRollupsAreReproducible() throws {
    let valid = try Self.scenario(large: 2, medium: 3, small: 4).validated()
    let first = try valid.run(seed: 1, replication: 0)
    let second = try valid.run(seed: 1, replication: 0)
    #expect(first.fingerprint == second.fingerprint && first.measures == second.measures)
  }

  /// Seeds 1 and 2 with common random numbers: every large neighbour adds a blob per slot to a market
  /// with a target of three.
  @Test(arguments: [1, 2] as [UInt64]) func neighboursRaiseWhatABlobCosts(_ seed: UInt64) throws {
    let runs = try [(0, 0, 0), (1, 3, 4), (2, 3, 4)].map {
      try Self.scenario(large: $0.0, medium: $0.1, small: $0.2).measuredAll(seed: seed)
    }
    for name in [
      "fee_blob_wei_per_gas_mean", "market_blob_own_wei_per_blob_mean", "cost_data_wei_per_tx_mean",
    ] {
      let values = try runs.map { try #require($0[name], "\(name)") }
      #expect(values[0] < values[1] && values[1] < values[2], "\(name): \(values)")
    }
    let shares = runs.map { $0["market_blob_neighbour_share"] ?? 0 }
    #expect(shares[0] == 0 && shares[0] < shares[1] && shares[1] < shares[2])
    #expect(Set(runs.map { $0["throughput_offered_tx_per_s"] }).count == 1)
  }
}
