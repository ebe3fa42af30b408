import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Optimistic rollups that are proved, and provers that have to agree, in the clockwork world.
@Suite struct HybridTests {
  /// Claims each minute, with a window of an hour, and proofs in so many seconds.
  private static func scenario(proof: Double) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.settlement.demand.level = 0.5
    scenario.settlement.finality = .instant
    scenario.rollup.bridge.earlyProof = true
    scenario.rollup.bridge.exitGas = 0
    scenario.rollup.prover.witnessTime = .constant(0)
    scenario.rollup.prover.provers = 100
    scenario.rollup.prover.proofTime = .constant(proof)
    return scenario
  }

  /// By hand.
  ///
  /// Eight transactions, of 1 to 8 s, are in the claim of 60 s, whose last batch is closed at 16 s, and which is in
  /// the slot of 72 s. A proof that is there by then is in the slot of 84 s; one of 200 s, of that batch, in that of 228 s;
  /// one that takes longer than an hour comes after the window, at 3,672 s.
  @Test(arguments: [(10.0, 84.0), (200, 228), (3700, 3672)])
  func aProofEndsTheWindow(proof: Double, final: Double) throws {
    let values = try Self.scenario(proof: proof).measuredAll()
    #expect(values["finality_final_s_max"] == final - 1)
    #expect(values["finality_withdrawable_s_max"] == final - 1)
    #expect(values["finality_proven_s_max"] == 71.0)
  }

  /// A proof that nobody needs is paid for all the same; one that comes late is not sent.
  @Test func proofsArePaidFor() throws {
    let early = try Self.scenario(proof: 10).measuredAll()
    #expect(try #require(early["cost_proof_wei_per_tx_mean"]) > 0)
    #expect(try #require(early["cost_prover_wei_per_tx_mean"]) > 0)
    let late = try Self.scenario(proof: 3700).measuredAll()
    #expect(late["cost_proof_wei_per_tx_mean"] == 0)
    #expect(try #require(late["cost_prover_wei_per_tx_mean"]) > 0)
  }

  /// With re-orgs, whatever is taken back is proved anew or waits for its window, and all is final in the end.
  @Test(arguments: 0..<10) func reorgsTakeProofsBack(seed: Int) throws {
    var scenario = Self.scenario(proof: 300)
    scenario.horizon = .hours(1)
    scenario.rollup.bridge.challengeWindow = .hours(10)
    scenario.settlement.finality = .epochs
    scenario.settlement.reorgs.probability = 0.1
    scenario.settlement.reorgs.meanDepth = 4
    let values = try scenario.measuredAll(seed: UInt64(seed))
    let final = try #require(values["finality_final_s_max"])
    #expect(final > 800 && final < 7200)
  }

  /// Two provers, of which the second is slower by half, have a proof when both have.
  @Test func proversAgree() throws {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.settlement.finality = .instant
    scenario.settlement.slot = .seconds(1)
    scenario.rollup.prover.witnessTime = .constant(0)
    scenario.rollup.prover.proofTime = .constant(100)
    scenario.rollup.prover.racers = 2
    scenario.rollup.prover.racerSlowdown = 1.5
    let first = try scenario.measuredAll()
    scenario.rollup.prover.needs = .all
    let both = try scenario.measuredAll()
    // Closed at 4 s, proved at 104 or 154 s, and in the next slot.
    #expect(first["finality_proven_s_max"] == 104)
    #expect(both["finality_proven_s_max"] == 154)
    #expect(both["prover_machine_s_per_batch"] == 250)
    #expect(both["prover_waste_share"] == 0)
  }

  /// What does not fit together is said.
  @Test func whatDoesNotFit() throws {
    var scenario = Self.scenario(proof: 10)
    scenario.rollup.sequence = .assertWithGame
    let wrong = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(try #require(wrong).problems.contains { $0.path == "bridge.early_proof" })
    scenario = Self.scenario(proof: 10)
    scenario.rollup.disputes.form = .singleRound
    scenario.rollup.adversary.plan = .delayAll
    #expect(throws: InvalidScenario.self) { try scenario.validated() }
  }
}
