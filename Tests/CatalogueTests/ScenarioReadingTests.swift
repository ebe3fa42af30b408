import Catalogue
import Declarations
import Testing
import Worlds

/// What a scenario file can say, and in how many ways.
@Suite struct ScenarioReadingTests {
  @Test func nestedAndDottedKeysAreTheSame() throws {
    let nested = try Reading.resolve(
      """
      workload:
        arrivals:
          poisson:
            rate: 12 /s
        mix: {transfer: 1, swap: 0}
      poster: {max_age: 5 min}
      """)
    let dotted = try Reading.resolve(
      """
      workload.arrivals.poisson.rate: 12 /s
      workload.mix.transfer: 1
      workload.mix.swap: 0
      poster.max_age: 5 min
      """)
    let mixed = try Reading.resolve(
      """
      workload: {arrivals.poisson: {rate: 12 /s}, mix.transfer: 1, mix.swap: 0}
      poster.max_age: 5 min
      """)
    #expect(nested.scenario == dotted.scenario)
    #expect(mixed.scenario == dotted.scenario)
    #expect(nested.number("workload.arrivals.poisson.rate") == 12)
    #expect(nested.number("poster.max_age") == 300)
  }

  @Test(arguments: [
    ("horizon: 90 min, poster.max_age: 0.25 s", "poster.max_age", 0.25),
    ("bridge.challenge_window: 7 d", "bridge.challenge_window", 604_800),
    ("poster.max_bytes: 100 kB", "poster.max_bytes", 100_000),
    ("poster.max_bytes: 128 KiB", "poster.max_bytes", 131_072),
    ("sequencer.block_gas: 30 Mgas", "sequencer.block_gas", 30_000_000),
    ("settlement.base_fee: 15 gwei", "settlement.base_fee", 15_000_000_000),
    ("workload.arrivals.poisson.rate: 60 /min", "workload.arrivals.poisson.rate", 1),
    ("settlement.missed_slots: 5 %", "settlement.missed_slots", 0.05),
    ("prices.eth: 2500 USD", "prices.eth", 2500),
    ("prover.rent: 1.87 USD/h", "prover.rent", 1.87),
    ("prover.provers: 32", "prover.provers", 32),
  ])
  func unitsAreConverted(member: String, path: String, value: Double) throws {
    let horizon = member.contains("horizon") ? "" : "horizon: 2 h, "
    #expect(try Reading.resolve("{\(horizon)\(member)}").number(path) == value)
  }

  @Test func aSettlementChainIsANameOrAMapping() throws {
    let name = try Reading.resolve("settlement: ethereum-bpo1")
    let mapping = try Reading.resolve("settlement: {chain: ethereum-bpo1, slot: 6 s}")
    let dotted = try Reading.resolve("settlement.chain: ethereum-bpo1")
    #expect(name.chain == "ethereum-bpo1")
    #expect(name.scenario == dotted.scenario)
    #expect(mapping.number("settlement.slot") == 6)
    #expect(mapping.number("settlement.blob_limit") == 15)
    #expect(name.number("settlement.slot") == 12)
  }

  /// The chain goes under the system and settings over both, in whatever order they stand.
  @Test func settingsGoOverTheSystemAndItOverTheChain() throws {
    let resolved = try Reading.resolve(
      "{bid.fee_cap: 3 gwei, settlement: ethereum-dencun, system: arbitrum-nitro}")
    #expect(resolved.number("bid.fee_cap") == 3e9)
    #expect(resolved.number("settlement.blob_limit") == 6)
    #expect(resolved.number("sequencer.block_interval") == 0.25)
    #expect(resolved.provenance("settlement.blob_limit")?.origin == "ethereum-dencun")
    #expect(resolved.provenance("sequencer.block_interval")?.origin == "arbitrum-nitro")
  }

  @Test func whatNothingSetsIsTheBaseCase() throws {
    let resolved = try Reading.resolve("horizon: 3 h")
    #expect(resolved.system == "" && resolved.chain == "")
    for (index, parameter) in Parameter.all.enumerated() where parameter.path != "horizon" {
      #expect(parameter.read(resolved.scenario) == parameter.read(.baseCase))
      #expect(resolved.provenance(at: index).origin == "base case")
    }
    #expect(resolved.number("horizon") == 10_800)
  }

  @Test func oneArrivalProcessReplacesTheOther() throws {
    let resolved = try Reading.resolve("workload.arrivals.deterministic.rate: 4 /s")
    #expect(resolved.number("workload.arrivals.deterministic.rate") == 4)
    #expect(resolved.value("workload.arrivals.poisson.rate") == nil)
  }
}
