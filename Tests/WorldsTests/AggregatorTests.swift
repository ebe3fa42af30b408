import EventKernel
import Ledger
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Who verifies proofs for a fee, or when it is cheap.
@Suite struct AggregatorTests {
  private func scenario() -> Scenario {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.horizon = .seconds(3600)
    scenario.rollup.prover.witnessTime = .constant(0)
    scenario.rollup.prover.proofTime = .constant(1)
    scenario.rollup.prover.aggregationTime = .constant(0)
    scenario.rollup.prover.aggregatedBatches = 10_000
    scenario.rollup.prover.aggregationMaxWait = .hours(10)
    scenario.settlement.executionFee.kind = .constant
    scenario.settlement.initialBaseFee = 10_000_000_000
    return scenario
  }

  /// Proofs that are there are aggregated at once where the base fee is at the limit, and only after their wait
  /// where it is above.
  @Test func aLowFeeLetsProofsGo() throws {
    var scenario = scenario()
    scenario.rollup.prover.aggregation = .price
    scenario.rollup.prover.aggregationFeeLimit = 10_000_000_000
    let low = try #require(try scenario.measured("finality_proven_s_max"))
    #expect(low < 60)
    scenario.rollup.prover.aggregationFeeLimit = 9_999_999_999
    let high = try #require(try scenario.measured("finality_proven_s_max"))
    #expect(high > 36_000)
  }

  /// Batches wait until their fees pay for a proof.
  ///
  /// A proof costs 1 Mgas at 12 gwei with the tip, 0.012 ether and, at 2500 USD, 30 USD, and machines nothing; a
  /// batch pays 0.1 coins of 10 USD, a dollar. So thirty share a proof, and the 31st where the fee has fallen.
  @Test func feesDecideHowManyShareAProof() throws {
    var scenario = scenario()
    scenario.rollup.prover.aggregation = .profit
    scenario.rollup.prover.verificationGas = 1_000_000
    scenario.rollup.prover.usdPerHour = 0
    scenario.rollup.bid.tip = 2_000_000_000
    scenario.rollup.batchFee.rule = .polygon
    scenario.rollup.batchFee.usdPerCoin = 10
    scenario.rollup.batchFee.multiplier = 1000
    let result = try scenario.measuredAll()
    // A batch each 4 s: the first of thirty waits for 29 more.
    let longest = try #require(result["finality_proven_s_max"])
    #expect((116...160).contains(longest))
    #expect(result["aggregator_fee_usd_mean"] == 1)
    #expect(result["aggregator_late_share"] == 0)
  }

  /// A fee that does not pay rises as batches grow old.
  @Test func aFeeThatDoesNotPayRises() throws {
    var scenario = scenario()
    scenario.horizon = .hours(9)
    scenario.rollup.prover.aggregation = .profit
    scenario.rollup.prover.aggregationMaxWait = .hours(3)
    scenario.rollup.batchFee.rule = .polygon
    scenario.rollup.batchFee.start = 1e-6
    let result = try scenario.measuredAll()
    #expect(try #require(result["aggregator_late_share"]) > 0.3)
    #expect(try #require(result["aggregator_fee_coins_max"]) > 1e-6)
  }

  /// Where fees stay high each proof waits as long as it may, and no longer for the one before.
  @Test func eachProofWaitsForItself() throws {
    var scenario = scenario()
    scenario.rollup.prover.aggregation = .price
    scenario.rollup.prover.aggregationFeeLimit = 1
    scenario.rollup.prover.aggregatedBatches = 10
    scenario.rollup.prover.aggregationMaxWait = .seconds(600)
    let mean = try #require(try scenario.measured("finality_proven_s_mean"))
    // A batch each 4 s, ten in a proof: the first of ten waits for 600 s, the last for some 36 s less.
    #expect((560...640).contains(mean))
  }

  @Test func whatDoesNotFitIsRefused() throws {
    var scenario = Scenario.clockwork(.dataWithProof)
    scenario.rollup.batchFee.rule = .polygon
    scenario.rollup.batchFee.multiplier = 2000
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    let paths = try #require(error).problems.map(\.path)
    #expect(paths.contains("batch_fee.multiplier"))
    #expect(paths.contains("batch_fee.rule"))
    scenario.rollup.sequence = .postAndAssert
    let optimistic = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      try #require(optimistic).problems.map(\.path) == ["batch_fee.multiplier", "batch_fee.rule"])
    var other = self.scenario()
    other.rollup.prover.aggregation = .profit
    let second = #expect(throws: InvalidScenario.self) { try other.validated() }
    #expect(try #require(second).problems.map(\.path) == ["prover.aggregation"])
  }
}
