import Declarations
import EventKernel
import Ledger
import Rollup
import Settlement
import Testing

@testable import Worlds

/// The carrier that costs less at the fees that are seen, and no change for little.
@Suite struct CarrierChoiceTests {
  /// With a margin of a tenth, 110 are as much as 100.
  @Test(arguments: [
    (DataCarrier.blobs, 100, 111, DataCarrier.calldata), (.blobs, 100, 110, .blobs),
    (.calldata, 111, 100, .blobs), (.calldata, 110, 100, .calldata), (.calldata, 5, 9, .calldata),
  ])
  func theOtherHasToCostLessByTheMargin(
    _ last: DataCarrier, _ calldata: Int, _ blobs: Int, _ next: DataCarrier
  ) {
    let costs = CarrierCosts(calldata: Wei(Int128(calldata)), blobs: Wei(Int128(blobs)))
    #expect(costs.choice(after: last, margin: 0.1) == next)
  }

  /// Blobs at a fee that goes up and down by a fifth around that at which a batch costs the same in both.
  private static func scenario(margin: Double) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.horizon = .seconds(1200)
    scenario.rollup.bid.tip = 0
    scenario.rollup.poster.maxBytes = 1200
    scenario.rollup.poster.carrierChoice = .cheaper
    scenario.rollup.poster.carrierMargin = margin
    let (gas, fee) = (1200 * 16.0 - 24 * 12, 1e9)
    scenario.settlement.history.trace = BlockTrace(
      name: "up and down",
      blocks: [0.8, 1.2].map { factor in
        var block = BlockTrace.Block()
        block[.baseFee] = UInt64(fee)
        block[.blobBaseFee] = UInt64(gas * fee / 131_072 * factor)
        return block
      }, columns: [.baseFee, .blobBaseFee], clock: nil)
    scenario.settlement.history.gas = .fee
    scenario.settlement.history.blobs = .fee
    scenario.settlement.history.end = .repeat
    return scenario
  }

  /// A batch comes every 12 s and the fee is another in each slot: without a margin each batch has the carrier
  /// that costs less, with one of a half all have the first, blobs.
  @Test func aMarginKeepsTheCarrier() throws {
    let changing = try Self.scenario(margin: 0).measuredAll()
    #expect(abs(try #require(changing["posting_blob_share"]) - 0.5) < 0.02)
    #expect(try #require(changing["posting_carrier_changes_share"]) > 0.97)
    let steady = try Self.scenario(margin: 0.5).measuredAll()
    #expect(steady["posting_blob_share"] == 1)
    #expect(steady["posting_carrier_changes_share"] == 0)
    var fixed = Self.scenario(margin: 0)
    fixed.rollup.poster.carrierChoice = .fixed
    let blobs = try fixed.measuredAll()
    fixed.rollup.poster.carrier = .calldata
    let calldata = try fixed.measuredAll()
    let name = "cost_data_wei_per_tx_mean"
    #expect(steady[name] == blobs[name])
    for other in [blobs, calldata] {
      #expect(try #require(changing[name]) < 0.985 * #require(other[name]))
    }
  }

  @Test func whoHasNoChoiceIsRefused() {
    var scenario = Scenario.clockwork(.dataWithProof)
    scenario.rollup.poster.carrierChoice = .cheaper
    expectProblem(in: scenario, "poster.carrier_choice")
    scenario = .clockwork(.postAndAssert)
    scenario.rollup.poster.carrierChoice = .cheaper
    scenario.rollup.poster.posting.rule = .priceThreshold
    expectProblem(in: scenario, "poster.carrier_choice")
    scenario.rollup.poster.posting.rule = .immediate
    scenario.settlement.blobFee.target = 0
    expectProblem(in: scenario, "poster.carrier")
  }

  private func expectProblem(
    in scenario: Scenario, _ path: String, _ location: SourceLocation = #_sourceLocation
  ) {
    var found: [String] = []
    do { _ = try scenario.validated() } catch { found = error.problems.map(\.path) }
    #expect(found == [path], sourceLocation: location)
  }
}
