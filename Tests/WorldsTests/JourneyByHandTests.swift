import EventKernel
import Testing

@testable import Worlds

/// Two batches in a world where everything is constant: each stage equals the sum worked out here.
///
/// Transaction i is submitted at i s, i = 1 … 8, so a stage passed by all at t has latencies t − i:
/// mean t − 4.5, largest t − 1.
@Suite struct JourneyByHandTests {
  private func expect(
    _ stage: Stage, mean: Double, max: Double, in values: [String: Double],
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(values["finality_\(stage)_s_mean"] == mean, "\(stage)", sourceLocation: location)
    #expect(values["finality_\(stage)_s_max"] == max, "\(stage)", sourceLocation: location)
  }

  @Test func optimisticJourney() throws {
    let values = try Scenario.clockwork(.postAndAssert).measuredAll()
    // Blocks at 2, 4, 6, 8 s; the transaction submitted at that instant is in: waits 1, 0, 1, 0 …
    expect(.soft, mean: 0.5, max: 1, in: values)
    // 400 B are full at 4 s and at 8 s: waits 3, 2, 1, 0 twice.
    expect(.posted, mean: 1.5, max: 3, in: values)
    // Slot 1 at 12 s has both batches.
    expect(.included, mean: 12 - 4.5, max: 12 - 1, in: values)
    // Slot 1 is in epoch 0, which is final when epoch 3 begins: slot 96 at 1152 s.
    expect(.settled, mean: 1152 - 4.5, max: 1152 - 1, in: values)
    // The assertion of 60 s comes after the slot of that instant and is in slot 6 at 72 s.
    expect(.proven, mean: 72 - 4.5, max: 72 - 1, in: values)
    // One hour of challenge window from there.
    expect(.withdrawable, mean: 3672 - 4.5, max: 3672 - 1, in: values)
    expect(.final, mean: 3672 - 4.5, max: 3672 - 1, in: values)
  }

  @Test func aShortWindowWaitsForTheSettlementChain() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.bridge.challengeWindow = .seconds(600)
    let values = try scenario.measuredAll()
    // Withdrawable at 72 + 600 = 672 s, but the assertion's block is final only at 1152 s.
    expect(.withdrawable, mean: 672 - 4.5, max: 672 - 1, in: values)
    expect(.final, mean: 1152 - 4.5, max: 1152 - 1, in: values)
  }

  @Test func validityJourney() throws {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.rollup.prover.witnessTime = .constant(5)
    scenario.rollup.prover.provers = 1
    scenario.rollup.prover.proofTime = .constant(12)
    scenario.rollup.prover.proofTimePerWork = .seconds(2)
    scenario.rollup.prover.aggregatedBatches = 2
    scenario.rollup.prover.aggregationTime = .constant(3)
    scenario.rollup.bridge.executionDelay = .seconds(100)
    let values = try scenario.measuredAll()
    // Batch 0: closed 4, witness 9, proof of 12 + 4·2 = 20 s at 29.
    // Batch 1: closed 8, witness 13, waits for the prover until 29, proof at 49.
    // Both aggregated at 52, verified in slot 5 at 60 s.
    expect(.proven, mean: 60 - 4.5, max: 60 - 1, in: values)
    expect(.withdrawable, mean: 160 - 4.5, max: 160 - 1, in: values)
    expect(.final, mean: 1152 - 4.5, max: 1152 - 1, in: values)
  }

  @Test func aProofWaitsForItsData() throws {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.rollup.prover.witnessTime = .constant(0)
    scenario.rollup.prover.provers = 2
    scenario.rollup.prover.proofTime = .constant(1)
    let values = try scenario.measuredAll()
    // Proofs are there at 5 and 9 s, data in slot 1 at 12 s, so verification is in slot 2 at 24 s.
    expect(.proven, mean: 24 - 4.5, max: 24 - 1, in: values)
  }

  @Test func provingCanStartAtInclusion() throws {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.rollup.prover.startsAt = .included
    scenario.rollup.prover.witnessTime = .constant(5)
    scenario.rollup.prover.provers = 2
    scenario.rollup.prover.proofTime = .constant(20)
    let values = try scenario.measuredAll()
    // Data at 12 s, witness 17, proof 37, slot 4 at 48 s.
    expect(.proven, mean: 48 - 4.5, max: 48 - 1, in: values)
  }

  @Test func theDeadlineClosesABatch() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.poster.maxBytes = 100_000
    scenario.rollup.poster.maxAge = .seconds(6)
    let values = try scenario.measuredAll()
    // First block at 2 s, deadline at 8 s; the block sealed at that instant is still in.
    expect(.posted, mean: 8 - 4.5, max: 8 - 1, in: values)
  }

  @Test func thePhaseOfTheSlotsMovesInclusion() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.settlement.firstSlot = .seconds(5)
    let values = try scenario.measuredAll()
    // Batch 0, posted at 4 s, is in slot 0 at 5 s; batch 1, posted at 8 s, in slot 1 at 17 s.
    expect(.included, mean: (4 * 5 - 10 + 4 * 17 - 26) / 8, max: 17 - 5, in: values)
  }

  @Test func severalTransactionsCarryALargeBatch() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.poster.carrier = .calldata
    scenario.rollup.poster.calldataPerTransaction = 150
    let values = try scenario.measuredAll()
    // 400 B take three transactions: 2 · 3 · (21,000 + 50,000) gas + 16 gas per non-zero byte and
    // 4 per zero byte: 150 B have 3 zero bytes, 100 B have 2.
    let perBatch = 3 * 71_000 + 2 * (147 * 16 + 3 * 4) + 98 * 16 + 2 * 4
    let wei = 2 * Double(perBatch) * 17e9 / 8
    #expect(values["cost_data_wei_per_tx_mean"] == wei)
    expect(.included, mean: 12 - 4.5, max: 12 - 1, in: values)
  }
}
