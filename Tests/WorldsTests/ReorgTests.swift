import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// What a re-org drops is done again, and every measure and the ledger stay consistent: a run ends
/// with an audit of transactions, time and money, so each run here that has a result has passed it.
@Suite struct ReorgTests {
  /// A world in which data, claims and proofs come often enough to be dropped.
  static func scenario(
    _ sequence: SettlementSequence, probability: Double, depth: Double = 3
  ) -> Scenario {
    var scenario = Scenario.clockwork(sequence)
    scenario.horizon = .hours(1)
    // Below the target, so that fees that do not react to demand cannot rise for ever.
    scenario.settlement.demand.level = 0.5
    scenario.rollup.proposer.interval = .seconds(30)
    scenario.rollup.prover.proofTime = .constant(5)
    scenario.rollup.prover.witnessTime = .constant(1)
    scenario.rollup.prover.startsAt = .included
    scenario.settlement.reorgs = Reorgs.Policy(
      probability: probability, meanDepth: depth, maxDepth: 16)
    return scenario
  }

  /// Data, claims and proofs are dropped over and over; whatever is measured was included anew.
  @Test(arguments: SettlementSequence.allCases, [1, 2, 3] as [UInt64])
  func droppedStagesAreDoneAgain(_ sequence: SettlementSequence, _ seed: UInt64) throws {
    let calm = try Self.scenario(sequence, probability: 0).measuredAll(seed: seed)
    let rough = try Self.scenario(sequence, probability: 0.2).measuredAll(seed: seed)
    #expect(calm["inclusion_reorganised_count"] == 0)
    #expect(try #require(rough["inclusion_reorganised_count"]) > 50)
    for stage in ["included", "proven", "final"] {
      let name = "finality_\(stage)_s_mean"
      #expect(try #require(rough[name]) > #require(calm[name]), "\(name)")
    }
    #expect(rough["finality_soft_s_mean"] == calm["finality_soft_s_mean"])
    #expect(rough["finality_posted_s_mean"] == calm["finality_posted_s_mean"])
  }

  /// One batch and its assertion, worked out by the events themselves: with a re-org at every other
  /// block the same transactions still become final once each, at the finality of their last block.
  @Test func finalityComesAfterTheLastInclusion() throws {
    let rough = try Self.scenario(.sequenceVerify, probability: 0.4).measuredAll()
    let included = try #require(rough["finality_included_s_mean"])
    let settled = try #require(rough["finality_settled_s_mean"])
    // (96 − i) slots of 12 s from the inclusion that lasts, i from 0 to 31.
    #expect((780...1152).contains(settled - included))
  }

  /// A re-org takes the fees back to those before the blocks that it drops.
  @Test func aRunWithReorgsIsReproducible() throws {
    let scenario = try Self.scenario(.postAndAssert, probability: 0.3).validated()
    let first = try scenario.run(seed: 7, replication: 0)
    let second = try scenario.run(seed: 7, replication: 0)
    #expect(first.fingerprint == second.fingerprint && first.measures == second.measures)
  }
}
