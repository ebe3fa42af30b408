import Declarations
import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

extension Scenario {
  /// The clockwork with calldata, and blocks that charge these base fees one after the other, over and over.
  static func charging(_ fees: [UInt64]) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.poster.carrier = .calldata
    scenario.settlement.history.trace = BlockTrace(
      name: fees.map(String.init).joined(separator: ","),
      blocks: fees.map {
        var block = BlockTrace.Block()
        block[.baseFee] = $0
        return block
      }, columns: [.baseFee], clock: nil)
    scenario.settlement.history.gas = .fee
    scenario.settlement.history.end = .repeat
    return scenario
  }
}

/// Each policy on fees that are given block by block, worked out by hand.
///
/// Transaction i comes at i s, i = 1 … 8; blocks every 2 s; batches of four are full at 4 s and 8 s, their first
/// blocks are of 2 s and 6 s. Slot k is at 12 k s and charges fee k; after it the fee k + 1 is seen.
@Suite struct PostingByHandTests {
  private static func gas(_ scenario: Scenario) -> UInt64 {
    scenario.rollup.dataGas(calldataBytes: 400, scenario.settlement.calldata)
  }

  private static func cost(at fee: UInt64, _ scenario: Scenario) -> Double {
    Double(gas(scenario) * (fee + scenario.rollup.bid.tip)) / 4
  }

  /// Fee 3 of 5 wei is seen after the slot of 24 s, and paid in that of 36 s: neither sooner nor later.
  @Test func aBatchIsHeldUntilAFeeIsSeen() throws {
    var scenario = Scenario.charging([50, 50, 50, 5, 60, 60, 60, 60])
    scenario.rollup.poster.posting.rule = .priceThreshold
    scenario.rollup.poster.posting.feeLimit = 5
    scenario.rollup.poster.posting.delayCost = 3.6
    let values = try scenario.measuredAll()
    #expect(values["finality_posted_s_mean"] == 24 - 4.5)
    #expect(values["finality_included_s_mean"] == 36 - 4.5)
    #expect(values["batch_wait_s_mean"] == 1)
    // Of 24 − 4 and 24 − 8.
    #expect(values["posting_held_s_mean"] == 18)
    #expect(values["posting_deadline_share"] == 0)
    // In the measured 8.5 s one is held from 4 s on and one from 8 s on.
    #expect(values["posting_held_batches_mean"] == (4.5 + 0.5) / 8.5)
    let data = Self.cost(at: 5, scenario)
    #expect(values["cost_data_wei_per_tx_mean"] == data)
    // 3.6 USD/h are 0.001 USD/s.
    let delay = try #require(values["posting_delay_usd_per_tx_mean"])
    #expect(abs(delay - 0.0315) < 1e-12)
    let both = try #require(values["posting_objective_usd_per_tx_mean"])
    #expect(abs(both - delay - data * 1e-18 * 2500) < 1e-15)
  }

  /// First blocks are 15 s old at 17 s and 21 s.
  @Test func noFeeHoldsABatchBeyondItsDeadline() throws {
    var scenario = Scenario.charging([50])
    scenario.rollup.poster.posting.rule = .priceThreshold
    scenario.rollup.poster.posting.feeLimit = 5
    scenario.rollup.poster.posting.deadline = .seconds(15)
    let values = try scenario.measuredAll()
    #expect(values["finality_posted_s_mean"] == 19 - 4.5)
    #expect(values["posting_held_s_mean"] == 13)
    #expect(values["posting_deadline_share"] == 1)
    #expect(values["cost_data_wei_per_tx_mean"] == Self.cost(at: 50, scenario))
  }

  /// 800 B fit, so the open batch has blocks 2 … 10 at 12 s, when fee 2 of 5 wei is seen: half of it and more.
  @Test(arguments: [(0.5, 12.0), (1.5, 16.0)])
  func aLowFeeClosesAnOpenBatchThatIsFullEnough(_ fill: Double, _ posted: Double) throws {
    var scenario = Scenario.charging([50, 50, 5, 5, 5])
    scenario.rollup.poster.maxBytes = 1600
    scenario.rollup.poster.posting.rule = .priceThreshold
    scenario.rollup.poster.posting.feeLimit = 5
    scenario.rollup.poster.posting.earlyFill = fill
    let values = try scenario.measuredAll()
    #expect(values["finality_posted_s_mean"] == posted - 4.5)
  }

  /// The grid is at 10 s, 20 s, …: its first batch has the block of 10 s, and the second ends 10 s later, where
  /// an age of 10 s would end at 12 s and at 24 s.
  @Test func anIntervalDoesNotDrift() throws {
    var scenario = Scenario.charging([50])
    scenario.rollup.poster.maxBytes = 100_000
    scenario.rollup.poster.maxAge = .seconds(10)
    scenario.horizon = .seconds(100)
    let aged = try scenario.measuredAll()
    #expect(aged["batch_interval_s_mean"] == 12)
    scenario.rollup.poster.posting.rule = .interval
    scenario.rollup.poster.posting.interval = .seconds(10)
    let values = try scenario.measuredAll()
    #expect(values["batch_interval_s_mean"] == 10)
    #expect(values["batch_size_tx_mean"] == 10)
    // Blocks of a batch are 8, 6, 4, 2 and 0 s before its end.
    #expect(values["batch_wait_s_mean"] == 4)
    #expect(values["posting_held_s_mean"] == nil)
  }

  /// A full batch waits for no instant of the grid.
  @Test func aFullBatchEndsAnInterval() throws {
    var scenario = Scenario.charging([50])
    scenario.rollup.poster.posting.rule = .interval
    scenario.rollup.poster.posting.interval = .seconds(10)
    #expect(try scenario.measured("finality_posted_s_mean") == 1.5)
  }

  /// The tenth part of the fees that were seen is 10 wei; 10·(1 + 11·(t/60 s)²) reaches 40 wei at t = 31.3 s,
  /// which the first batch is at the slot of 36 s, the second when a later batch is closed at 40 s.
  @Test func thePercentileRisesWithTheAgeOfTheData() throws {
    var scenario = Scenario.charging([10, 40, 40, 40, 40, 40, 40, 40])
    scenario.rollup.poster.posting.rule = .percentile
    scenario.rollup.poster.posting.urgency = 11
    scenario.rollup.poster.posting.deadline = .seconds(60)
    let values = try scenario.measuredAll()
    #expect(values["finality_posted_s_mean"] == (36 + 40) / 2 - 4.5)
    #expect(values["posting_deadline_share"] == 0)
    // A window of two slots has forgotten the low fee at 36 s.
    scenario.rollup.poster.posting.window = .seconds(24)
    #expect(try scenario.measured("finality_posted_s_mean") == 12 - 4.5)
  }

  /// A batch costs 71,000 gas at 1 gwei beside its bytes, one transaction comes a second: 1.0957e11 wei per
  /// second are √(2F/(aR)) = 36 s, three slots.
  @Test func atAConstantFeeDelayIsWeighedAsByTheOrderQuantity() throws {
    var scenario = Scenario.charging([1_000_000_000])
    scenario.horizon = .seconds(400)
    scenario.rollup.bid.tip = 0
    scenario.rollup.poster.maxBytes = 100_000
    scenario.rollup.poster.posting.rule = .costOfDelay
    scenario.rollup.poster.posting.feeVolatility = 0
    scenario.rollup.poster.posting.delayCost = 2 * 7.1e13 / 1296 * 3600 * 1e-18 * 2500
    let values = try scenario.measuredAll()
    #expect(values["batch_interval_s_mean"] == 36)
    #expect(values["posting_deadline_share"] == 0)
    scenario.rollup.poster.posting.delayCost *= 9
    #expect(try scenario.measured("batch_interval_s_mean") == 12)
  }
}
