import Catalogue
import Declarations
import Testing
import Worlds

/// How well founded a measure is: as the worst figure that can move it.
@Suite struct BasisTests {
  private func basis(_ measure: String, _ scenario: String) throws -> Basis {
    let measure = try #require(Measure.all.first { $0.name == measure })
    return try Reading.resolve(scenario).basis(of: measure)
  }

  @Test(arguments: ["arbitrum-nitro", "optimism-bedrock", "zksync-era", "starknet"])
  func theSequencersWordRestsOnNothingUnknown(system: String) throws {
    #expect(try basis("finality_soft_s_mean", "system: \(system)") == .estimated)
  }

  @Test(arguments: [
    ("finality_posted_s_mean", "arbitrum-nitro", Basis.estimated),
    ("finality_posted_s_mean", "optimism-bedrock", .unknown),
    ("finality_posted_s_mean", "starknet", .unknown),
    ("finality_posted_s_mean", "zksync-era", .estimated),
    // The gas of a claim is money alone: it cannot move a time.
    ("finality_withdrawable_s_mean", "arbitrum-nitro", .estimated),
    ("cost_state_wei_per_tx_mean", "optimism-bedrock", .unknown),
    ("cost_data_wei_per_tx_mean", "optimism-bedrock", .unknown),
    ("cost_data_wei_per_tx_mean", "arbitrum-nitro", .estimated),
    ("cost_prover_wei_per_tx_mean", "starknet", .unknown),
    ("finality_proven_s_mean", "zksync-era", .unknown),
    ("fee_base_wei_per_gas_mean", "arbitrum-nitro", .estimated),
  ])
  func aMeasureIsAsGoodAsItsWorstFigure(
    measure: String, system: String, expected: Basis
  ) throws {
    #expect(try basis(measure, "system: \(system)") == expected)
  }

  @Test func choosingWhatIsUnknownLeavesEstimates() throws {
    let chosen = "{system: optimism-bedrock, poster.max_age: 450 s}"
    #expect(try basis("finality_posted_s_mean", chosen) == .estimated)
    #expect(try basis("cost_state_wei_per_tx_mean", chosen) == .unknown)
  }

  @Test func theWorstComesLast() {
    #expect(Basis.documented < .estimated)
    #expect(Basis.estimated < .unknown)
    #expect(!(Basis.unknown < .documented))
    #expect(!(Basis.unknown < .unknown))
  }

  @Test(arguments: [
    (Evidence.measured, Basis.documented), (.documented, .documented), (.derived, .documented),
    (.chosen, .documented), (.estimated, .estimated), (.assumed, .estimated), (.unknown, .unknown),
  ])
  func everyFlagHasABasis(flag: Evidence, basis: Basis) { #expect(flag.basis == basis) }

  @Test func whatARunDoesNotReadIsNotUsed() throws {
    let optimistic = try Reading.resolve("system: optimism-bedrock")
    let validity = try Reading.resolve("{system: zksync-era, workload.mix.swap: 0}")
    func used(_ path: String, _ resolved: ResolvedScenario) throws -> Bool {
      resolved.isUsed(try #require(Parameter.named(path)))
    }
    #expect(try used("proposer.interval", optimistic))
    #expect(try !used("prover.provers", optimistic))
    #expect(try !used("proposer.interval", validity))
    #expect(try used("prover.provers", validity))
    #expect(try !used("poster.calldata_bytes", optimistic))
    #expect(try used("poster.blob_bytes", optimistic))
    #expect(try !used("workload.classes.swap.gas", validity))
    #expect(try used("workload.classes.mint.gas", validity))
    #expect(try !used("workload.arrivals.deterministic.rate", validity))
  }

  /// What has no effect is not used until something gives it one.
  @Test(arguments: [
    ("settlement.confirmations", "settlement.finality: confirmations"),
    ("settlement.starts_at", "settlement: ethereum-2025"),
    ("settlement.forks.2.blob_target", "settlement: ethereum-2025"),
    ("settlement.reorgs.depth", "settlement.reorgs.probability: 1 %"),
    ("settlement.censorship.target", "settlement.censorship.share: 1 %"),
    ("settlement.outages.duration", "settlement.outages.interval: 1 d"),
    ("settlement.finality_stalls.duration", "settlement.finality_stalls.interval: 1 d"),
    ("settlement.demand.congestion_factor", "settlement.demand.congestion_interval: 1 d"),
    ("settlement.blob_demand.shock_factor", "settlement.blob_demand.shock_duration: 1 h"),
    ("bid.bump", "bid.replacement: interval"),
    ("bid.replace_after", "{bid.replacement: interval, bid.replace_after: 1 min}"),
    ("neighbours.small.data_rate", "neighbours.small.count: 1"),
  ])
  func aPartOfTheChainIsUsedWhenItHappens(path: String, setting: String) throws {
    let parameter = try #require(Parameter.named(path))
    #expect(try !Reading.resolve("system: optimism-bedrock").isUsed(parameter))
    let inner = setting.hasPrefix("{") ? String(setting.dropFirst().dropLast()) : setting
    let resolved = try Reading.resolve("{system: optimism-bedrock, \(inner)}")
    #expect(resolved.isUsed(parameter))
  }
}
