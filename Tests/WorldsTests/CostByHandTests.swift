import Randomness
import Testing

@testable import Worlds

/// Money in a world where everything is constant: each cost equals the sum worked out here.
@Suite struct CostByHandTests {
  @Test func optimisticCosts() throws {
    let values = try Scenario.clockwork(.postAndAssert).measuredAll()
    // The others use exactly the target, so slot 1 has the initial base fee of 15 gwei; tip 2 gwei.
    // Two batches, each 21,000 + 50,000 gas and one blob at the least blob fee of 1 wei.
    let data = 2 * (71_000 * 17e9 + 131_072)
    #expect(values["cost_data_wei_per_tx_mean"] == data / 8)
    // Our 142,000 gas above the target raise the fee by 15e9 · 142,000 / 15e6 / 8 = 17,750,000 wei.
    // From then on blocks are at the target, until the assertion of 60 s with its 150,000 gas. It
    // covers the 28 transactions whose batches were closed before the slot of 60 s, and the fee has
    // moved with each batch since; the first slot alone is worked out here.
    #expect(values["cost_state_wei_per_tx_mean"] != nil)
    #expect(values["cost_proof_wei_per_tx_mean"] == nil)
    // Users pay 50,000 gas at 0.02 gwei.
    #expect(values["fee_l2_wei_per_tx_mean"] == 1e12)
    #expect(values["bytes_raw_per_tx"] == 100)
    #expect(values["bytes_blob_per_tx"] == 32_768.0)
  }

  @Test func proverRent() throws {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.rollup.prover.proofTime = .constant(36)
    scenario.rollup.prover.usdPerHour = 5
    scenario.usdPerEther = 2500
    let values = try scenario.measuredAll()
    // 36 s at 5 USD/h are 0.05 USD = 0.00002 ether for a batch of four transactions.
    let prover = try #require(values["cost_prover_wei_per_tx_mean"])
    #expect(prover == 2e13 / 4)
    let total = try #require(values["cost_total_wei_per_tx_mean"])
    let data = try #require(values["cost_data_wei_per_tx_mean"])
    let proof = try #require(values["cost_proof_wei_per_tx_mean"])
    #expect(abs(total - (data + proof + prover)) <= 1e-15 * total)
  }
}
