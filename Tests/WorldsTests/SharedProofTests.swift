import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Claims of rollups that share a proof on the settlement chain.
@Suite struct SharedProofTests {
  static let shape = WorldShape(rollups: ["a", "b"], services: ["s"])

  /// Two rollups that close a batch every 4 s and have it proved in 1 s.
  static func scenario(claims: Int, maxWait: SimDuration = .hours(1)) -> Scenario {
    var scenario = shape.baseCase
    scenario.phases = .aligned
    scenario.warmUp = .zero
    scenario.horizon = SimDuration(nanoseconds: 8_500_000_000)
    scenario.settlement = Scenario.clockwork(.sequenceVerify).settlement
    scenario.settlement.slot = .seconds(1)
    scenario.services[0].policy.sharedProof.claims = claims
    scenario.services[0].policy.sharedProof.maxWait = maxWait
    scenario.services[0].policy.sharedProof.time = .constant(2.5)
    for place in scenario.rollups.indices {
      let name = scenario.rollups[place].name
      scenario.rollups[place] = Scenario.clockwork(.sequenceVerify).rollup.named(name)
      scenario.rollups[place].prover.witnessTime = .constant(0.5)
      scenario.rollups[place].prover.proofTime = .constant(1)
      scenario.rollups[place].proving = Proving(service: "s", priority: 0)
    }
    return scenario
  }

  private func run(_ scenario: Scenario) throws -> NamedMeasures {
    try scenario.measured(Self.shape)
  }

  /// A claim is sent when the proof that it shares is in a block.
  ///
  /// Batches close at 4 and 8 s and are proved at 5.5 and 9.5 s. The first two claims share a proof that is
  /// there at 8 s, in the slot of 9 s; the claims follow in that of 10 s. The second pair waits for nobody,
  /// has its proof at 12 s, in the slot of 13 s, and is claimed at 14 s.
  @Test func aClaimFollowsItsProof() throws {
    let result = try run(Self.scenario(claims: 2))
    for name in ["a", "b"] {
      #expect(result[name, "finality_proven_s_max"] == 9.0)
      // Submitted at 1 to 4 s and proven at 10 s; at 5 to 8 s and proven at 14 s.
      #expect(result[name, "finality_proven_s_mean"] == 7.5)
    }
    #expect(result["s", "prover_shared_claims_mean"] == 2)
    // From 5.5 to 9 s, and from 9.5 to 13 s.
    #expect(result["s", "prover_shared_wait_s_mean"] == 3.5)
  }

  /// Three share a proof, which comes when the third is there; the last one is alone after its wait.
  @Test func whoeverWaitsLongestDecides() throws {
    let result = try run(Self.scenario(claims: 3, maxWait: .seconds(20)))
    let claims = try #require(result["s", "prover_shared_claims_mean"])
    #expect(claims > 2 && claims <= 3)
    let costs = try ["a", "b"].map { try #require(result[$0, "cost_proof_wei_per_tx_mean"]) }
    #expect(costs.allSatisfy { $0 > 0 })
  }

  /// With re-orgs that drop proofs and claims every run still ends, and balances to the wei.
  @Test func aReorgTakesBothBack() throws {
    var scenario = Self.scenario(claims: 2)
    scenario.horizon = .seconds(600)
    scenario.settlement.demand.level = 0.5
    scenario.settlement.reorgs.probability = 0.2
    scenario.settlement.reorgs.meanDepth = 2
    for replication in 0..<10 {
      let result = try scenario.measured(Self.shape, replication: UInt64(replication))
      #expect(result["a", "finality_proven_s_mean"] != nil)
    }
  }

  @Test func aRollupOnARollupCannotShare() throws {
    var scenario = Self.scenario(claims: 2)
    scenario["b"].hosting.host = "a"
    scenario["b"].poster.carrier = .calldata
    scenario.services[0].policy.sharedProof.gas = 1_000_000_000
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated(Self.shape) }
    let paths = try #require(error).problems.map(\.path)
    #expect(paths.contains("rollups.b.host"))
    #expect(paths.contains("services.s.shared_proof.gas"))
  }
}
