import EventKernel
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Chunks, trees, races and failures in a world where everything is constant, worked out by hand.
@Suite struct ProofPipelineTests {
  /// One batch of eight transactions, closed at 8 s, in chunks of two.
  ///
  /// A chunk takes 10 s, joining two 3 s, and the last step 5 s. A slot begins every second.
  private func scenario(provers: Int) -> Scenario {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.settlement.slot = .seconds(1)
    scenario.rollup.poster.maxBytes = 800
    scenario.rollup.prover.witnessTime = .constant(0)
    scenario.rollup.prover.provers = provers
    scenario.rollup.prover.proofTime = .constant(6)
    scenario.rollup.prover.proofTimePerWork = .seconds(2)
    scenario.rollup.prover.chunkWork = 2
    scenario.rollup.prover.recursionTime = .constant(3)
    scenario.rollup.prover.wrapTime = .constant(5)
    return scenario
  }

  /// When the proof is verified: the slot after it is there.
  private func provenAt(_ scenario: Scenario) throws -> Double? {
    try scenario.measured("finality_proven_s_max").map { $0 + 1 }
  }

  @Test(arguments: [
    // All chunks at 18 s, joined in two steps, then the last one: 18 + 3 + 3 + 5 = 29 s.
    (4, 29.0),
    // Two chunks at 18 s, joined until 21 s on the prover that is free last; the third chunk is there at
    // 28 s, the fourth at 31 s, then two joins while the other prover has the next batch: 37 + 5 = 42 s.
    (2, 42),
    // Two chunks until 28 s and their join until 31 s, two more until 51 s, two joins, and 5 s: 62 s.
    (1, 62),
  ])
  func aBatchInChunks(provers: Int, proof: Double) throws {
    // What is there at the instant of a slot waits for the next one.
    #expect(try provenAt(scenario(provers: provers)) == proof + 1)
  }

  /// Four chunks of 10 s, three joins of 3 s, 5 s of the aggregator: 54 s of provers, all of use.
  @Test func timeOfProversIsPaid() throws {
    let values = try scenario(provers: 2).measuredAll()
    #expect(values["prover_parts_mean"] == 7)
    #expect(values["prover_machine_s_per_batch"] == 54)
    #expect(values["prover_waste_share"] == 0)
    let cost = try #require(values["cost_prover_usd_per_tx_mean"])
    #expect(abs(cost - 0.075 / 8) < 1e-12)
  }

  /// A chunk has at most so much work, and all of a batch have the same: 8 units in chunks of 3 are three.
  @Test func chunksShareTheWork() throws {
    var scenario = scenario(provers: 4)
    scenario.rollup.prover.chunkWork = 3
    // 6 + 2 · 8/3 s, then two levels of a tree in which the third goes up alone.
    let chunk = 6.0 + 2.0 * 8.0 / 3.0
    let proof = 8.0 + chunk + 11.0
    #expect(try provenAt(scenario) == proof.rounded(.up))
    #expect(try scenario.measured("prover_parts_mean") == 5)
  }

  /// Three race on equal terms: all have the proof at one instant, and two of them for nothing.
  @Test(arguments: [Prover.Surrender.never, .verified, .proved])
  func aRaceIsWonOnce(givesUp: Prover.Surrender) throws {
    var scenario = scenario(provers: 4)
    scenario.rollup.prover.racers = 3
    scenario.rollup.prover.givesUp = givesUp
    let values = try scenario.measuredAll()
    #expect(values["finality_proven_s_max"] == 29)
    let waste = try #require(values["prover_waste_share"])
    // Each works 49 s, and the aggregator 5. Who is a moment late has worked as long.
    #expect(abs(waste - 98.0 / 152.0) < 1e-12)
    #expect(values["prover_machine_s_per_batch"] == 152)
  }

  /// Those who lose stop at once when the first has its proof, or go on until the host has verified it.
  ///
  /// Both take 10 or 30 s: together 20, 60, or what the loser of 30 s does.
  @Test(arguments: [
    (Prover.Surrender.proved, 10.0 + 10),
    // The proof at 18 s is in the slot of 19 s.
    (.verified, 10 + 11), (.never, 10 + 30),
  ])
  func losersStop(givesUp: Prover.Surrender, together: Double) throws {
    var scenario = scenario(provers: 1)
    scenario.rollup.prover.proofTimePerWork = .zero
    scenario.rollup.prover.chunkWork = Prover.Policy.wholeBatches
    scenario.rollup.prover.wrapTime = .constant(0)
    scenario.rollup.prover.racers = 2
    scenario.rollup.prover.givesUp = givesUp
    scenario.rollup.prover.proofTime = .discrete(Weighted([10, 30], weights: [1, 1]))
    var seen: Set<Double> = []
    for replication in 0..<16 {
      let values = try scenario.measuredAll(replication: UInt64(replication))
      seen.insert(try #require(values["prover_machine_s_per_batch"]))
    }
    #expect(seen == [20, together, 60])
  }

  /// Who lags behind in a race begins batches that the rollup has forgotten, because another's proof of them
  /// is final.
  ///
  /// All three have the mean work of 1/4 · 3 s a second, so the run ends.
  @Test func aLaggardBeginsWhatIsForgotten() throws {
    var scenario = scenario(provers: 1)
    scenario.makeChainRoomy()
    scenario.settlement.finality = .instant
    scenario.horizon = .seconds(600)
    scenario.rollup.poster.maxBytes = 400
    scenario.rollup.prover.chunkWork = Prover.Policy.wholeBatches
    scenario.rollup.prover.proofTimePerWork = .zero
    scenario.rollup.prover.proofTime = .exponential(mean: 3)
    scenario.rollup.prover.wrapTime = .constant(0)
    scenario.rollup.prover.racers = 3
    scenario.rollup.prover.givesUp = .never
    let values = try scenario.measuredAll()
    let waste = try #require(values["prover_waste_share"])
    // Two of three work for nothing, and a little more than that: the first is the fastest.
    #expect(waste > 2.0 / 3)
  }

  /// Half of all attempts fail: of a thousand batches of one chunk each takes two in the mean.
  ///
  /// Attempts are geometric with a deviation of √2, so six standard errors of a thousand are 0.27: a false
  /// alarm of 2e-9, which sees an error of 15 %.
  @Test func whatFailsIsTriedAgain() throws {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.horizon = .seconds(4001)
    scenario.settlement.demand.level = 0.5
    scenario.rollup.prover.provers = 1000
    scenario.rollup.prover.proofTime = .constant(10)
    scenario.rollup.prover.failures = 0.5
    let values = try scenario.measuredAll(seed: 7)
    let machine = try #require(values["prover_machine_s_per_batch"])
    #expect(abs(machine / 10 - 2) < 0.27)
    let waste = try #require(values["prover_waste_share"])
    #expect(abs(waste - (1 - 10 / machine)) < 1e-9)
  }

  /// Two aggregators work side by side, and claims stay in order.
  ///
  /// Two batches close at 4 and 8 s, each a chunk of 1 s; the last step takes 20 s.
  @Test(arguments: [(1, 45.0), (2, 29.0)])
  func aggregatorsSideBySide(count: Int, proof: Double) throws {
    var scenario = scenario(provers: 2)
    scenario.rollup.poster.maxBytes = 400
    scenario.rollup.prover.chunkWork = Prover.Policy.wholeBatches
    scenario.rollup.prover.proofTime = .constant(1)
    scenario.rollup.prover.proofTimePerWork = .zero
    scenario.rollup.prover.wrapTime = .constant(20)
    scenario.rollup.prover.aggregators = count
    // The second batch begins with the transaction of 5 s.
    #expect(try scenario.measured("finality_proven_s_max") == proof + 1 - 5)
  }

  /// Provers that are paid for all the time cost their rent over the window, whatever they do.
  @Test func idleProversAreRented() throws {
    var scenario = scenario(provers: 4)
    let working = try #require(try scenario.measured("cost_prover_usd_per_tx_mean"))
    scenario.rollup.prover.rented = .always
    let always = try #require(try scenario.measured("cost_prover_usd_per_tx_mean"))
    // Four of them over a window of 8.5 s, of which they work 0.5 s each.
    let idle = (always - working) * 8 * 3600 / 5
    #expect(abs(idle - 32) < 1e-9)
  }

  @Test func whatProversCannotBe() {
    var scenario = scenario(provers: 4)
    scenario.rollup.prover.chunkWork = 0
    scenario.rollup.prover.recursionArity = 1
    scenario.rollup.prover.failures = 1
    scenario.rollup.prover.stragglers = 2
    scenario.rollup.prover.stragglerSlowdown = 0.5
    scenario.rollup.prover.racers = 0
    scenario.rollup.prover.aggregators = 0
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      error?.problems.map(\.path) == [
        "prover.chunk_work", "prover.recursion_arity", "prover.failures", "prover.stragglers",
        "prover.straggler_slowdown", "prover.racers", "prover.aggregators",
      ])
  }
}
