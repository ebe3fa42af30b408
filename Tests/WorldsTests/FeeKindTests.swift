import EventKernel
import Ledger
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Costs by kind of fee: each by hand, and all of them together.
@Suite struct FeeKindTests {
  /// Slot 1 has a base fee of 15 gwei and a blob fee of 1 wei; two batches of 71,000 gas and a blob each,
  /// for eight transactions; the tip is 2 gwei.
  @Test func blobsByHand() throws {
    let values = try Scenario.clockwork(.postAndAssert).measuredAll()
    #expect(values["cost_execution_data_wei_per_tx_mean"] == 2 * 71_000 * 15e9 / 8)
    #expect(values["cost_tip_data_wei_per_tx_mean"] == 2 * 71_000 * 2e9 / 8)
    #expect(values["cost_blob_wei_per_tx_mean"] == 32_768.0)
    #expect(values["cost_calldata_wei_per_tx_mean"] == 0)
    #expect(values["cost_host_wei_per_tx_mean"] == 0)
    #expect(values["cost_execution_proof_wei_per_tx_mean"] == nil)
  }

  /// Batches of 400 B, of which 8 are zeros: 8·4 + 392·16 gas (EIP-2028).
  ///
  /// The floor of EIP-7623 is below 50,000 gas of execution and does not bind; without execution it is
  /// 10·(8 + 4·392) gas, all of it calldata's.
  @Test(arguments: [(false, 50_000, 6304), (true, 50_000, 6304), (true, 0, 15_760)])
  func calldataByHand(floor: Bool, execution: Int, gas: Int) throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.poster.carrier = .calldata
    scenario.rollup.poster.gas = UInt64(execution)
    scenario.settlement.calldata.hasFloor = floor
    let values = try scenario.measuredAll()
    #expect(values["cost_calldata_wei_per_tx_mean"] == 2 * Double(gas) * 15e9 / 8)
    #expect(
      values["cost_execution_data_wei_per_tx_mean"] == 2 * Double(21_000 + execution) * 15e9 / 8)
    #expect(
      values["cost_tip_data_wei_per_tx_mean"] == 2 * Double(21_000 + execution + gas) * 2e9 / 8)
    #expect(values["cost_blob_wei_per_tx_mean"] == 0)
  }

  /// In every sequence, with random prices, and for a guest that pays by gas or at cost.
  @Test(arguments: SettlementSequence.allCases, DataCarrier.allCases)
  func kindsSumToPurposesAndTotal(_ sequence: SettlementSequence, _ carrier: DataCarrier) throws {
    var scenario = Scenario.clockwork(sequence)
    scenario.horizon = .hours(1)
    scenario.rollup.poster.carrier = carrier
    scenario.settlement.demand.volatility = 0.5
    scenario.settlement.demand.elasticity = 0.5
    scenario.settlement.blobDemand.elasticity = 0.5
    scenario.settlement.blobDemand.level = 1.2
    scenario.settlement.reorgs = .init(probability: 0.05, meanDepth: 2, maxDepth: 4)
    try expectSums(in: try scenario.measuredAll())
  }

  @Test(arguments: [Hosting.Pricing.gasPrice, .atCost])
  func aGuestPaysItsHost(_ pricing: Hosting.Pricing) throws {
    var scenario = LayerWithoutCostTests.through(
      LayerWithoutCostTests.direct(.postAndAssert), .postAndAssert)
    scenario["x"].hosting.pricing = pricing
    let measured = try scenario.measured(LayerWithoutCostTests.layered)
    try expectSums(in: measured.all("x"))
    let host = try #require(measured["x", "cost_host_wei_per_tx_mean"])
    #expect(host > 0 && measured["x", "cost_tip_wei_per_tx_mean"] == 0)
  }

  /// Doubles of exact sums: they differ by rounding alone, three times in 2^53.
  private func expectSums(in values: [String: Double]) throws {
    func cost(_ name: String) -> Double? { values["cost_\(name)_wei_per_tx_mean"] }
    for purpose in ["data", "state", "proof"] {
      guard let whole = cost(purpose) else { continue }
      let onlyData = purpose == "data" ? ["calldata", "blob"] : []
      let parts = ["execution", "tip", "host"].map { "\($0)_\(purpose)" } + onlyData
      let sum = try parts.reduce(0) { $0 + (try #require(cost($1))) }
      #expect(abs(sum - whole) <= 1e-15 * whole, "\(purpose)")
    }
    // No data layer is paid here.
    let kinds = try FeeKind.allCases.filter { $0 != .dataLayer }.reduce(0) {
      $0 + (try #require(cost($1.rawValue)))
    }
    let total = try #require(cost("total"))
    #expect(abs(kinds + (cost("prover") ?? 0) - total) <= 2e-15 * total)
  }

  /// To the wei, for receipts and shares of every size: seed 1, 10,000 of them.
  @Test func partsOfAShareSumToTheWei() {
    var stream = RandomStream(seed: 1, replication: 0, name: "receipts")
    func integer(below bits: UInt64) -> UInt64 { stream.nextWord() >> (64 - bits) }
    for _ in 0..<10_000 {
      let gas = 21_000 + integer(below: 24)
      let (base, tip) = (integer(below: 1 + stream.nextWord() % 44), integer(below: 40))
      let blobs = integer(below: 4)
      let blobFee = integer(below: 44)
      let receipt = SettlementReceipt(
        transaction: .init(
          kind: .data, reference: 0, gas: gas, blobs: blobs,
          bid: .init(feeCap: 0, tip: 0, blobFeeCap: 0)),
        slot: 0, submittedAt: .start, includedAt: .start, burned: Wei(gas: gas, price: base),
        blobBurned: Wei(gas: blobs * 131_072, price: blobFee), tip: Wei(gas: gas, price: tip),
        effectiveGasPrice: base + tip, blobGasPrice: blobFee)
      let parts = FeeParts(of: receipt, calldataGas: stream.nextWord() % gas)
      #expect(parts.total == receipt.charged)
      let share = Wei(receipt.charged.amount * Int128(integer(below: 20)) >> 20)
      let scaled = parts.scaled(to: share)
      #expect(scaled.total == share)
      for kind in FeeKind.allCases {
        let exact = parts[kind].asDouble * share.asDouble / max(receipt.charged.asDouble, 1)
        #expect(abs(scaled[kind].asDouble - exact) <= 1 + 1e-12 * exact)
      }
    }
  }
}
