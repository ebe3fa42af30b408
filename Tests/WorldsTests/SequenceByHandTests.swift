import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// What the sequences on the settlement chain say about who waits for what, worked out by hand in the
/// world of `JourneyByHandTests`: two batches, closed at 4 and 8 s, their data in the block of 12 s.
@Suite struct SequenceByHandTests {
  private func expect(
    _ stage: Stage, at instant: Double, in values: [String: Double],
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      values["finality_\(stage)_s_mean"] == instant - 4.5, "\(stage)", sourceLocation: location)
    #expect(values["finality_\(stage)_s_max"] == instant - 1, "\(stage)", sourceLocation: location)
  }

  /// Both batches share a proof, which is there 5 + `proof` + 3 s after the second is closed.
  private static func executed(proof: Double, delay: SimDuration) throws -> [String: Double] {
    var scenario = Scenario.clockwork(.commitProveExecute)
    scenario.rollup.prover.witnessTime = .constant(5)
    scenario.rollup.prover.provers = 2
    scenario.rollup.prover.proofTime = .constant(proof)
    scenario.rollup.prover.aggregatedBatches = 2
    scenario.rollup.prover.aggregationTime = .constant(3)
    scenario.rollup.bridge.executionDelay = delay
    return try scenario.measuredAll()
  }

  /// A proof that is verified within the delay: the delay counts from the commitment alone.
  ///
  /// The proof of 36 s comes after that block and is in the block of 48 s. 12 + 1500 = 1512 s is the
  /// instant of a block, which is over when the delay is, so the execution is in that of 1524 s, slot
  /// 127: final with epoch 3 at the 192nd slot, 2304 s.
  @Test func theDelayCountsFromTheCommitment() throws {
    let values = try Self.executed(proof: 20, delay: .seconds(1500))
    expect(.included, at: 12, in: values)
    expect(.settled, at: 1152, in: values)
    expect(.proven, at: 48, in: values)
    expect(.withdrawable, at: 1524, in: values)
    expect(.final, at: 2304, in: values)
  }

  /// A proof that comes after the delay is executed at once, although its data has been final for long.
  ///
  /// The proof is there at 2016 s, after the block of that instant, and verified in the block of
  /// 2028 s; 12 + 100 s have passed, so the execution is in the next, 2040 s, slot 170 of epoch 5, which
  /// is final when epoch 8 begins: 3072 s.
  @Test func aLateProofIsExecutedAtOnce() throws {
    let values = try Self.executed(proof: 2000, delay: .seconds(100))
    expect(.settled, at: 1152, in: values)
    expect(.proven, at: 2028, in: values)
    expect(.withdrawable, at: 2040, in: values)
    expect(.final, at: 3072, in: values)
  }

  /// Its data is final before the proof comes, and the delay still counts from the commitment.
  ///
  /// 12 + 3000 s is the instant of a block, so the execution is in that of 3024 s, slot 252 of epoch 7,
  /// final at 3840 s.
  @Test func theDelayOfALateProofCountsFromTheCommitment() throws {
    let values = try Self.executed(proof: 2000, delay: .seconds(3000))
    expect(.proven, at: 2028, in: values)
    expect(.withdrawable, at: 3024, in: values)
    expect(.final, at: 3840, in: values)
  }

  /// Data in the transaction that verifies it: handed over, included and proven with the proof.
  ///
  /// Batches are closed at 4 and 8 s and proved at 9 + 20 and 13 + 20 s, at 29 and 33 s: both are in the
  /// block of 36 s, and 500 s later have their effect.
  @Test func dataComesWithItsProof() throws {
    var scenario = Scenario.clockwork(.dataWithProof)
    scenario.rollup.prover.witnessTime = .constant(5)
    scenario.rollup.prover.provers = 2
    scenario.rollup.prover.proofTime = .constant(20)
    scenario.rollup.bridge.executionDelay = .seconds(500)
    let values = try scenario.measuredAll()
    #expect(values["finality_posted_s_mean"] == (29 + 33) / 2 - 4.5)
    #expect(values["finality_posted_s_max"] == 28)
    expect(.included, at: 36, in: values)
    expect(.proven, at: 36, in: values)
    expect(.settled, at: 1152, in: values)
    expect(.withdrawable, at: 536, in: values)
    expect(.final, at: 1152, in: values)
  }

  /// Data and proof stand in one block, whatever happens on the chain.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func dataIsIncludedWhenItIsProven(_ seed: UInt64) throws {
    var scenario = ReorgTests.scenario(.dataWithProof, probability: seed % 2 == 0 ? 0.2 : 0)
    scenario.horizon = .seconds(1200)
    scenario.settlement.missedSlots = 0.2
    scenario.rollup.prover.aggregatedBatches = 3
    let values = try scenario.measuredAll(seed: seed)
    for statistic in ["mean", "p50", "p95", "p99", "max"] {
      #expect(
        values["finality_included_s_\(statistic)"] == values["finality_proven_s_\(statistic)"])
    }
  }
}
