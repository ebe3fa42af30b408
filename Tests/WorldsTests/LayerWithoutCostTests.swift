import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// A layer 3 that adds no time and no money changes nothing: its users see what they would see on the
/// layer 2 below it, to the last bit.
///
/// Layer 2 has no users of its own here. Layer 3 seals its blocks at the same instants and hands each
/// over as a batch of its own, uncompressed and with nothing beside its data. Both have one name, so
/// that the users of both draw from the same streams.
///
/// What is not compared belongs to another subject: `batch_`, `bytes_`, `inclusion_`, `prover_`, `market_`
/// and the capacities tell how a rollup deals with its own host, which for layer 3 is layer 2.
@Suite struct LayerWithoutCostTests {
  static let alone = WorldShape(rollups: ["x"])
  static let layered = WorldShape(rollups: ["base", "x"])
  static let rates = ["offered", "accepted", "executed", "posted"].flatMap {
    ["throughput_\($0)_tx_per_s", "throughput_\($0)_gas_per_s"]
  }
  /// The sequences in which data goes ahead of its claim.
  static let dataFirst: [SettlementSequence] = [
    .postAndAssert, .sequenceVerify, .commitProveExecute,
  ]
  static let costs = ["data", "state", "proof", "prover", "total"].flatMap {
    ["cost_\($0)_wei_per_tx_mean", "cost_\($0)_usd_per_tx_mean"]
  }
  static let finalRates = ["throughput_final_tx_per_s", "throughput_final_gas_per_s"]

  /// A layer 2 that carries the users of the clockwork for ten minutes, so that the last settlement block
  /// and the last claim have as many of its batches of 400 B as any other.
  ///
  /// Gas has one price: a layer 2 alone has no users any more and loads the chain less in the end.
  static func direct(_ sequence: SettlementSequence) -> Scenario {
    var scenario = Scenario.clockwork(sequence, ["x"])
    scenario.horizon = SimDuration(nanoseconds: 596_500_000_000)
    scenario.settlement.executionFee.kind = .constant
    scenario["x"].prover.witnessTime = .constant(5)
    scenario["x"].prover.proofTime = .constant(20)
    scenario["x"].prover.provers = 100
    return scenario
  }

  /// The same layer 2 without users, and on it a layer 3 that has them.
  static func through(_ direct: Scenario, _ sequence: SettlementSequence) -> Scenario {
    var scenario = direct
    var base = direct["x"].named("base")
    base.workload.arrivals = .deterministic(rate: 1e-6)
    var guest = direct["x"]
    guest.sequence = sequence
    guest.hosting = Hosting(host: "base", finality: .final, envelopeBytes: 0, withdrawalGas: 0)
    guest.hosting.pricing = .atCost
    guest.poster.carrier = .calldata
    guest.poster.maxBytes = 1
    guest.poster.gas = 0
    guest.bridge = .init(challengeWindow: .zero, executionDelay: .zero)
    guest.prover.witnessTime = .constant(0)
    guest.prover.proofTime = .constant(0)
    guest.proposer.interval = guest.sequencer.blockInterval
    scenario.rollups = [base, guest]
    return scenario
  }

  private static func stage(_ stage: Stage) -> [String] {
    ["mean", "p50", "p95", "p99", "max"].map { "finality_\(stage)_s_\($0)" }
  }

  private func expectSame(
    _ names: [String], _ direct: NamedMeasures, _ through: NamedMeasures,
    _ location: SourceLocation = #_sourceLocation
  ) {
    for name in names {
      #expect(direct["x", name] != nil, "\(name)", sourceLocation: location)
      #expect(direct["x", name] == through["x", name], "\(name)", sourceLocation: location)
    }
  }

  /// With data that comes with its proof each stage, each rate and each cost is that of layer 2 alone.
  ///
  /// One transaction has all that is needed, in the block of layer 2 of the same instant.
  @Test(arguments: SettlementSequence.allCases)
  func dataWithProofAddsNothing(_ host: SettlementSequence) throws {
    let scenario = Self.direct(host)
    let direct = try scenario.measured(Self.alone)
    expectEqual(direct, try Self.through(scenario, .dataWithProof).measured(Self.layered))
  }

  /// So it is through two layers.
  @Test(arguments: SettlementSequence.allCases)
  func twoLayersAddNothing(_ host: SettlementSequence) throws {
    let scenario = Self.direct(host)
    let direct = try scenario.measured(Self.alone)
    var layered = Self.through(scenario, .dataWithProof)
    var middle = layered["x"].named("middle")
    middle.workload.arrivals = layered["base"].workload.arrivals
    layered["x"].hosting.host = "middle"
    layered.rollups.insert(middle, at: 1)
    let through = try layered.measured(WorldShape(rollups: ["base", "middle", "x"]))
    expectEqual(direct, through)
  }

  private func expectEqual(_ direct: NamedMeasures, _ through: NamedMeasures) {
    for stage in Stage.allCases { expectSame(Self.stage(stage), direct, through) }
    expectSame(Self.rates + Self.finalRates + ["fee_l2_wei_per_tx_mean"], direct, through)
    for name in Self.costs { #expect(direct["x", name] ?? 0 == through["x", name] ?? 0, "\(name)") }
  }

  /// Where data goes ahead of its claim the data takes no longer, and the claim one block of layer 2.
  ///
  /// In the mean that is 2 s, whatever settlement blocks and claims of layer 2 it then waits for, but for
  /// a part of a cycle at the ends of the window. What is executed takes one block more.
  @Test(arguments: SettlementSequence.allCases, dataFirst)
  func aClaimTakesABlockOfTheHost(
    _ host: SettlementSequence, _ guest: SettlementSequence
  ) throws {
    let scenario = Self.direct(host)
    let direct = try scenario.measured(Self.alone)
    let through = try Self.through(scenario, guest).measured(Self.layered)
    for stage in [Stage.soft, .posted, .included, .settled] {
      expectSame(Self.stage(stage), direct, through)
    }
    expectSame(Self.rates, direct, through)
    for name in Self.finalRates {
      let rate = try #require(through["x", name]) / #require(direct["x", name])
      #expect(abs(rate - 1) < 0.01, "\(name)")
    }
    func delay(_ stage: Stage) throws -> Double {
      let name = "finality_\(stage)_s_mean"
      return try #require(through["x", name]) - #require(direct["x", name])
    }
    #expect(abs(try delay(.proven) - 2) < 0.1)
    #expect(abs(try delay(.withdrawable) - (guest.executes ? 4 : 2)) < 0.1)
  }

  /// Data that layer 3 posts on the settlement chain stands there as that of a layer 2.
  ///
  /// Whatever its host does with the claims: at the same instants, for the same fees. Beside those it has its part of what the host
  /// pays for the data of batches that carry its claims.
  @Test(arguments: SettlementSequence.allCases, dataFirst)
  func dataOnTheSettlementChainIsThatOfALayer2(
    _ host: SettlementSequence, _ guest: SettlementSequence
  ) throws {
    var alone = Self.direct(guest)
    alone["x"].poster.carrier = .calldata
    var layered = Self.through(Self.direct(host), guest)
    layered["base"].poster.maxBytes = 8000
    layered["x"].poster = alone["x"].poster
    layered["x"].hosting.envelopeBytes = 110
    layered["x"].data.mode = .settlement
    layered["x"].prover.waitsFor = .settled
    layered["x"].proposer.coverage = .settled
    let direct = try alone.measured(Self.alone)
    let through = try layered.measured(Self.layered)
    for stage in [Stage.soft, .posted, .included, .settled] {
      expectSame(Self.stage(stage), direct, through)
    }
    expectSame(Self.rates, direct, through)
    let fees = ["calldata", "execution_data", "tip_data"]
    expectSame(fees.map { "cost_\($0)_wei_per_tx_mean" }, direct, through)
    func cost(_ kind: String, _ values: NamedMeasures) throws -> Double {
      try #require(values["x", "cost_\(kind)_wei_per_tx_mean"])
    }
    let ofClaims = try cost("host_data", through)
    #expect(ofClaims > 0)
    let own = try cost("data", through) - ofClaims
    #expect(abs(own / (try cost("data", direct)) - 1) < 1e-12)
  }

  /// The same with users, gas and bytes that vary and slots that are missed: the data of layer 3 is that of
  /// layer 2, block by block.
  ///
  /// Bytes close the batches of layer 2, not age: a claim of layer 3 has no bytes here, but where it comes
  /// into a block without users it can begin a batch, whose age counts from there.
  @Test(arguments: SettlementSequence.allCases, [1, 2, 3] as [UInt64])
  func randomUsersSeeTheSameData(_ host: SettlementSequence, _ seed: UInt64) throws {
    var scenario = Self.direct(host)
    scenario["x"].workload = RollupScenario.baseCase.workload
    scenario["x"].workload.arrivals = .poisson(rate: 1.5)
    scenario["x"].poster.maxBytes = 8000
    scenario["x"].poster.maxAge = .hours(1)
    scenario.settlement.missedSlots = 0.1
    let direct = try scenario.measured(Self.alone, seed: seed)
    for guest in Self.dataFirst {
      let through = try Self.through(scenario, guest).measured(Self.layered, seed: seed)
      // Layer 2 that holds its data back posts it with its proof.
      for stage in [Stage.soft, .posted, .included, .settled] {
        expectSame(Self.stage(stage), direct, through)
      }
      expectSame(Self.rates, direct, through)
    }
  }
}
