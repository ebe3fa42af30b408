import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// What Nitro's poster and validator bid for what a rollup sends.
@Suite struct NitroByHandTests {
  /// Data is as old as the first block of its batch, and a claim is new.
  ///
  /// One transaction comes at 1000 s, in the block of that instant; its batch is closed at 1200 s, after the settlement
  /// block then. The base fee stays at 61 gwei, without tips.
  ///
  /// The data is 200 s old, for which 60 + 10/9 gwei are bid, so the block of 1212 s has it. The assertion
  /// of 1260 s is new: it bids 60 gwei, and 10 percent more 480 s later, for the block of 1740 s.
  @Test func theAgeOfDataIsThatOfItsFirstBlockAndAClaimIsNew() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.horizon = .seconds(1001)
    scenario.rollup.workload.arrivals = .deterministic(rate: 0.001)
    scenario.rollup.poster.carrier = .calldata
    scenario.rollup.poster.maxAge = .seconds(200)
    scenario.rollup.bid.capRule = .nitro
    scenario.rollup.bid.replacementRule = .nitro
    scenario.rollup.bid.tip = 0
    scenario.settlement.executionFee.kind = .constant
    scenario.settlement.initialBaseFee = 61_000_000_000
    let values = try scenario.measuredAll()
    #expect(values["finality_posted_s_mean"] == 200)
    #expect(values["finality_included_s_mean"] == 212)
    #expect(values["finality_proven_s_mean"] == 740)
  }
}
