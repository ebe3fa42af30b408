import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Rollups that compete for nothing do not know of each other: what one gives in a world of several is
/// what it gives in a world of its own, to the last bit.
@Suite struct SideBySideTests {
  /// A rollup in which everything is random, and which leaves the settlement chain as it is.
  static func random(_ name: String, _ sequence: SettlementSequence) -> RollupScenario {
    var rollup = RollupScenario.baseCase.named(name)
    rollup.sequence = sequence
    rollup.workload.arrivals = .poisson(rate: 2)
    rollup.poster.carrier = .calldata
    rollup.poster.maxBytes = 20_000
    rollup.poster.maxAge = .seconds(60)
    rollup.proposer.interval = .seconds(200)
    rollup.bridge.challengeWindow = .seconds(700)
    rollup.bridge.executionDelay = .seconds(400)
    rollup.prover.witnessTime = .lognormal(mean: 10, cv: 0.5)
    rollup.prover.proofTime = .lognormal(mean: 60, cv: 0.5)
    rollup.prover.aggregationTime = .exponential(mean: 5)
    return rollup
  }

  /// A world of such rollups on a roomy chain.
  private static func world(_ rollups: [RollupScenario]) -> Scenario {
    var scenario = Scenario.baseCase
    scenario.makeChainRoomy()
    scenario.warmUp = .seconds(300)
    scenario.horizon = .seconds(1500)
    scenario.rollups = rollups
    return scenario
  }

  private static func expectSame(
    _ names: [String], _ rollups: [RollupScenario], seed: UInt64,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let together = try world(rollups).measured(WorldShape(rollups: names), seed: seed)
    for (name, rollup) in zip(names, rollups) {
      let alone = try world([rollup]).measured(WorldShape(rollups: [name]), seed: seed).all(name)
      let beside = together.all(name)
      #expect(alone.count > 50, sourceLocation: location)
      #expect(Set(alone.keys) == Set(beside.keys), sourceLocation: location)
      for (measure, value) in alone {
        #expect(beside[measure] == value, "\(name) \(measure)", sourceLocation: location)
      }
    }
  }

  @Test(arguments: SettlementSequence.allCases, [1, 2, 3] as [UInt64])
  func twoAlikeDoNotKnowOfEachOther(_ sequence: SettlementSequence, _ seed: UInt64) throws {
    try Self.expectSame(
      ["a", "b"], ["a", "b"].map { Self.random($0, sequence) }, seed: seed)
  }

  @Test(arguments: SettlementSequence.allCases, SettlementSequence.allCases)
  func differentOnesDoNotKnowOfEachOther(
    _ first: SettlementSequence, _ second: SettlementSequence
  ) throws {
    var other = Self.random("b", second)
    other.workload.arrivals = .poisson(rate: 0.3)
    other.sequencer.blockInterval = .seconds(7)
    other.poster.maxAge = .seconds(400)
    other.prover.provers = 1
    other.prover.aggregatedBatches = 3
    try Self.expectSame(["a", "b"], [Self.random("a", first), other], seed: 11)
  }

  /// One that takes hours longer than the other does not move the figures of the one that is done.
  @Test func theFiguresOfOneEndWithIt() throws {
    var slow = Self.random("b", .sequenceVerify)
    slow.prover.proofTime = .constant(9000)
    slow.prover.provers = 1000
    try Self.expectSame(["a", "b"], [Self.random("a", .postAndAssert), slow], seed: 3)
  }

  /// The order of names is that of rows and of nothing else.
  @Test(arguments: SettlementSequence.allCases)
  func theOrderOfNamesIsThatOfRows(_ sequence: SettlementSequence) throws {
    var scenario = Self.world(["a", "b", "c"].map { Self.random($0, sequence) })
    scenario["b"].workload.arrivals = .poisson(rate: 1)
    scenario["c"].poster.maxAge = .seconds(30)
    let shapes = [["a", "b", "c"], ["c", "a", "b"], ["b", "c", "a"]].map { WorldShape(rollups: $0) }
    let results = try shapes.map { try scenario.measured($0, seed: 5) }
    #expect(results[0] == results[1] && results[0] == results[2])
    for shape in shapes {
      var rows: [String] = []
      for measure in shape.measures where rows.last != measure.subjectName {
        rows.append(measure.subjectName)
      }
      #expect(rows == shape.rollups)
      #expect(shape.baseCase.rollups.map(\.name) == ["a", "b", "c"])
    }
  }

  /// The rollup without a name and a world with it alone are one: the streams have no prefix.
  @Test func theOnlyRollupWithoutANameHasTheStreamsOfToday() throws {
    let unnamed = Self.world([Self.random("", .sequenceVerify)])
    let result = try unnamed.measured(.single, seed: 4)
    let named = try Self.world([Self.random("a", .sequenceVerify)])
      .measured(WorldShape(rollups: ["a"]), seed: 4)
    // Streams of their own: other figures of the same law.
    #expect(result["", "finality_final_s_mean"] != named["a", "finality_final_s_mean"])
    let same = ["fee_missed_slots_share", "fee_base_wei_per_gas_mean", "demand_gas_log_mean"]
    for name in same { #expect(result["", name] == named["a", name]) }
  }

  /// Ties are ordered by phase; what shares a phase may run in any order.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func tieOrderDoesNotDecideResults(_ salt: UInt64) throws {
    let scenario = Self.world([Self.random("a", .postAndAssert), Self.random("b", .dataWithProof)])
    let shape = WorldShape(rollups: ["a", "b"])
    let scheduled = try scenario.measured(shape, seed: 1)
    #expect(scheduled == (try scenario.measured(shape, seed: 1)))
    let shuffled = try scenario.measured(shape, seed: 1, tieOrder: .shuffled(salt: salt))
    for name in ["a", "b"] {
      let before = try #require(scheduled[name, "finality_final_s_mean"])
      let after = try #require(shuffled[name, "finality_final_s_mean"])
      #expect(abs(after / before - 1) < 0.01)
    }
  }
}
