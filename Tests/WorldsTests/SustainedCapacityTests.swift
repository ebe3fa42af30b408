import EventKernel
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// What can be sustained, against sums worked out by hand.
@Suite struct SustainedCapacityTests {
  /// Transactions of 100 B and 50,000 gas, uncompressed, in batches of so many blobs of 130,048 B.
  private static func scenario(
    target: UInt64, limit: UInt64, batch blobs: UInt64, per transaction: UInt64 = 6
  ) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.settlement.blobFee.target = target
    scenario.settlement.blobFee.limit = limit
    scenario.rollup.poster.bytesPerBlob = 130_048
    scenario.rollup.poster.blobsPerTransaction = transaction
    scenario.rollup.poster.maxBytes = blobs * 130_048
    return scenario
  }

  private static func sustained(_ scenario: Scenario) throws -> Double {
    try #require(scenario.subject(0).sustainedData)
  }

  /// Batches of six blobs in one transaction: by Dencun 3/6 one in every other block; by Pectra 6/9 one in
  /// each, as two do not fit into nine; by BPO2 14/21 seven in three blocks, of the three that fit.
  @Test(
    arguments: [
      (3, 6, 0.5), (6, 9, 1), (14, 21, 7.0 / 3), (10, 15, 5.0 / 3),
    ] as [(UInt64, UInt64, Double)])
  func sixBlobsOnEthereum(target: UInt64, limit: UInt64, batches: Double) throws {
    var scenario = Self.scenario(target: target, limit: limit, batch: 6)
    let perSecond = batches * 6 * 130_048 / 100 / 12
    #expect(abs(try Self.sustained(scenario) / perSecond - 1) < 1e-12)
    scenario.settlement.missedSlots = 0.01
    #expect(abs(try Self.sustained(scenario) / (0.99 * perSecond) - 1) < 1e-12)
    // What was stated before: the limit, with nothing lost to whole transactions or missed slots.
    let peak = scenario.subject(0).dataCapacity
    #expect(abs(peak / (Double(limit * 130_048) / 100 / 12) - 1) < 1e-12)
  }

  /// Where whole transactions are fewer than the target has room for, they limit.
  ///
  /// Five blobs go into nine once, though the target is 6/5 of them. Of transactions of six and one, into
  /// nine go both, and the next six do not; into thirteen go six, one, six, and then one, six, one: three
  /// batches in two blocks. Of one pending transaction there is one in a block, which is half of a batch of
  /// seven blobs.
  @Test(
    arguments: [
      (6, 9, 5, 1_000_000, 1), (9, 9, 7, 1_000_000, 1), (13, 13, 7, 1_000_000, 1.5),
      (14, 21, 6, 1, 1), (14, 21, 6, 2, 2), (14, 21, 7, 1, 0.5),
    ] as [(UInt64, UInt64, UInt64, Int, Double)])
  func wholeTransactions(
    target: UInt64, limit: UInt64, blobs: UInt64, pending: Int, batches: Double
  ) throws {
    var scenario = Self.scenario(target: target, limit: limit, batch: blobs)
    scenario.rollup.bid.maxPending = pending
    let perSecond = batches * Double(blobs) * 130_048 / 100 / 12
    #expect(abs(try Self.sustained(scenario) / perSecond - 1) < 1e-12)
  }

  /// A batch of 100,000 B of calldata: 21,000 + 50,000 gas, 4 for each of 2,000 zero bytes and 16 for each
  /// of 98,000: 1,647,000 gas of a target of 15 million.
  @Test func calldataAtTheGasTarget() throws {
    var scenario = Self.scenario(target: 3, limit: 6, batch: 1)
    scenario.rollup.poster.carrier = .calldata
    scenario.rollup.poster.maxBytes = 100_000
    scenario.rollup.poster.calldataPerTransaction = 100_000
    let batches = 15_000_000.0 / 1_647_000
    #expect(abs(try Self.sustained(scenario) / (batches * 1000 / 12) - 1) < 1e-12)
    // Without a fee that moves nothing rises, and eighteen fit whole.
    scenario.settlement.executionFee.kind = .constant
    #expect(abs(try Self.sustained(scenario) / (18.0 * 1000 / 12) - 1) < 1e-12)
  }

  /// A schedule counts as it is when a run begins.
  @Test func theForkThatHolds() throws {
    var scenario = Self.scenario(target: 6, limit: 9, batch: 6)
    let later = BlobFeeRule(
      target: 14, limit: 21, updateFraction: 11_684_671, hasReservePrice: true)
    scenario.settlement.forks[1] = BlobFork(time: 1000, rule: later)
    scenario.settlement.startsAt = 999
    let before = try Self.sustained(scenario)
    scenario.settlement.startsAt = 1000
    #expect(abs(try Self.sustained(scenario) / before - 7.0 / 3) < 1e-12)
  }

  /// 7 Mgas/s are 140 transactions of 50,000 gas; of blocks of 30 Mgas every 2 s 300 fit.
  @Test func executionAtTheGasTarget() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    func expect(_ number: Double, _ capacity: Double?, _ line: SourceLocation = #_sourceLocation) {
      #expect(abs((capacity ?? 0) / number - 1) < 1e-12, sourceLocation: line)
    }
    expect(300, scenario.rollup.sustainedExecution)
    scenario.rollup.fees.rule = .arbos
    expect(140, scenario.rollup.sustainedExecution)
    expect(300, scenario.rollup.executionCapacity)
    scenario.rollup.fees.targets[2] = .init(gasPerSecond: 5_000_000, window: .days(1))
    expect(100, scenario.rollup.sustainedExecution)
    scenario.rollup.sequencer.sealing = .perTransaction
    expect(100, scenario.rollup.sustainedExecution)
    let values = try Scenario.clockwork(.postAndAssert).measuredAll()
    expect(1.0 / 300, values["throughput_utilisation_execution"])
    let data = try #require(values["throughput_sustained_data_tx_per_s"])
    #expect(values["throughput_utilisation_data"] == 1 / data)
    #expect(values["throughput_utilisation_proving"] == nil)
  }

  /// Batches of four on four provers of 200 s each: 0.08 transactions per second for one that is offered.
  @Test func provingAtTheBatchSizeOfTheRun() throws {
    let values = try Scenario.clockwork(.sequenceVerify).measuredAll()
    let capacity = try #require(values["throughput_capacity_proving_tx_per_s"])
    #expect(values["throughput_utilisation_proving"] == 1 / capacity)
    #expect(abs(capacity - 0.08) < 1e-12)
  }

  /// What goes to a rollup takes nothing of the settlement chain by itself.
  @Test func dataOfALayerThreeHasNone() {
    let scenario = LayerByHandTests.scenario(host: .postAndAssert, guest: .postAndAssert, .final)
    let place = scenario.rollups.firstIndex { $0.name == "three" } ?? 0
    #expect(scenario.subject(place).sustainedData == nil)
    #expect(scenario.subject(1 - place).sustainedData != nil)
  }

  /// Unless it posts there itself: then it takes what a layer 2 does.
  @Test func dataOfALayerThreeOnTheSettlementChainHasThatOfALayerTwo() throws {
    var scenario = LayerByHandTests.scenario(host: .postAndAssert, guest: .postAndAssert, .final)
    scenario["three"].data.mode = .settlement
    let place = scenario.rollups.firstIndex { $0.name == "three" } ?? 0
    let capacity = try #require(scenario.subject(place).sustainedData)
    scenario["three"].hosting = .onSettlement
    #expect(scenario.subject(place).sustainedData == capacity)
  }
}
