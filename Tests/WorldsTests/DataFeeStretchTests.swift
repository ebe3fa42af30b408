import EventKernel
import Ledger
import Randomness
import Testing

@testable import Rollup
@testable import Worlds

/// Fees for data of blocks that are sealed together, and of transactions that are taken together.
@Suite struct DataFeeStretchTests {
  private static let streams = StreamSource(seed: 1, replication: 0)

  /// Transfers of a gas and 100 B, in cohorts: 1000 a second.
  private static func workload() -> Workload {
    let kinds = TransactionClass.allCases
    let policy = Workload.Policy(
      arrivals: .poisson(rate: 1000), mix: kinds.map { $0 == .transfer ? 1 : 0 },
      profiles: kinds.map { _ in
        .init(gas: .constant(1), bytes: .constant(100), proverWork: .constant(1))
      })
    return Workload(
      policy, measured: .start..<(.start + .seconds(1000)), needsProverWork: false,
      inCohorts: true, streams)
  }

  private static func sequencer() -> Sequencer {
    Sequencer(Scenario.baseCase.rollup.sequencer, of: .first, quietRate: 1e9, streams)
  }

  /// So many wei a byte.
  private static func rate(_ price: UInt128) -> DataFeeRate {
    DataFeeRate(rule: .era, price: price)
  }

  /// Plans a stretch of blocks of 2 s that ends after a minute.
  private static func plan(_ sequencer: inout Sequencer, _ workload: inout Workload) -> SimTime {
    sequencer.nextSeal(
      &workload,
      StretchBounds(
        room: .max, closesAt: SimTime.start + .seconds(60), before: .distantFuture, steadyRate: 1e9)
    )
  }

  /// Transactions of blocks before a change pay what held then; a block at the same instant pays the new price.
  ///
  /// Seed 1, 60,000 transactions of a minute: the standard error of a share of 0.3 is 0.0019. False alarm 1e-6 at
  /// 0.0093, where a block has 0.033.
  @Test(
    arguments: [
      (20_000_000_000, 18.0), (20_000_000_001, 20), (22_000_000_000, 20), (2_000_000_000, 0),
      (2_000_000_001, 2), (60_000_000_000, 58), (1, 0),
    ] as [(Int64, Double)])
  func blocksBeforeAChangePayTheOldPrice(change: Int64, seconds: Double) {
    var workload = Self.workload()
    var sequencer = Self.sequencer()
    sequencer.charge(by: Self.rate(1), &workload, at: .start)
    let end = Self.plan(&sequencer, &workload)
    #expect(end == SimTime.start + .seconds(60))
    sequencer.charge(by: Self.rate(0), &workload, at: SimTime(nanoseconds: change))
    var block = SealedBlock(sealedAt: end)
    sequencer.seal(&workload, into: &block)
    #expect(block.stretch != nil && abs(block.count - 60_000) < 1300)
    let share = block.dataFees.asDouble / Double(block.rawBytes)
    #expect(abs(share - seconds / 60) < 0.0093, "\(share)")
    if seconds == 0 { #expect(block.dataFees == .zero) }
    // The next stretch knows nothing of it.
    _ = Self.plan(&sequencer, &workload)
    #expect(sequencer.charged(&workload, before: .start + .seconds(60)) == DataCharge())
  }

  /// However often prices change, each transaction pays one of them, and what was asked for ahead is part of it.
  @Test func allPayOnce() {
    var workload = Self.workload()
    var sequencer = Self.sequencer()
    sequencer.charge(by: Self.rate(5), &workload, at: .start)
    let end = Self.plan(&sequencer, &workload)
    var before = DataCharge()
    for second in 1...59 as ClosedRange<Int64> {
      let now = SimTime.start + .seconds(second)
      let charge = sequencer.charged(&workload, before: now)
      #expect(charge.fee >= before.fee && charge.fee == Wei(5 * Int128(charge.size)))
      before = charge
      // Another price, which is taken back at once.
      sequencer.charge(by: Self.rate(7), &workload, at: now)
      sequencer.charge(by: Self.rate(5), &workload, at: now)
    }
    #expect(before.size > 0)
    var block = SealedBlock(sealedAt: end)
    sequencer.seal(&workload, into: &block)
    #expect(block.dataFees == Wei(5 * Int128(block.rawBytes)))
  }

  /// Blocks have the same transactions whatever these pay for their data.
  @Test func feesMoveNothingElse() {
    func totals(_ price: UInt128?) -> [TransactionTotals] {
      var workload = Self.workload()
      var sequencer = Self.sequencer()
      var totals: [TransactionTotals] = []
      for number in 0..<20 as Range<UInt128> {
        let end = Self.plan(&sequencer, &workload)
        if let price {
          sequencer.charge(by: Self.rate(price + number), &workload, at: .start + .seconds(9))
        }
        var block = SealedBlock(sealedAt: end)
        sequencer.seal(&workload, into: &block)
        totals.append(block.transactions)
      }
      return totals
    }
    let without = totals(nil)
    #expect(totals(1) == without && without[0].count > 0)
  }

  /// Transactions that are taken together pay to the wei what each pays for itself, and so is their prover work.
  @Test(arguments: DataFeeSumTests.rules) func atOnceIsAsOneByOne(_ rule: DataFees.Policy.Rule) {
    let rate = DataFeeRate(
      rule: rule, zeroByteShare: 0.4, estimate: 0.6, overhead: 188, price: 1_234_567_890_123,
      difference: .init(words: nil, contracts: 1))
    func workload() -> Workload {
      Workload(
        Scenario.baseCase.rollup.workload, measured: .start..<(.start + .hours(1)),
        needsProverWork: true, needsWrites: true, Self.streams)
    }
    var together = workload()
    var singly = workload()
    var sequencer = Self.sequencer()
    sequencer.charge(by: rate, &together, at: .start)
    var count = 0
    for number in 1...600 as ClosedRange<Int64> {
      var block = SealedBlock(sealedAt: .start + .seconds(2 * number))
      sequencer.seal(&together, into: &block)
      var (totals, fee) = (TransactionTotals(), Wei.zero)
      while singly.draw(through: block.sealedAt) {
        let transaction = singly.next()
        totals.add(transaction)
        fee += rate.fee(bytes: UInt64(transaction.bytes), writes: UInt64(transaction.writes))
      }
      #expect(block.transactions == totals && block.dataFees == fee)
      count += totals.count
    }
    #expect(count > 10_000 && together.offeredGas == singly.offeredGas)
  }

  /// A copy in the middle of a stretch whose price has changed goes the same way.
  @Test(arguments: [.seconds(250), .seconds(1100), .seconds(1610)] as [SimDuration])
  func copiesTakeTheSamePath(_ instant: SimDuration) throws {
    var scenario = Scenario.baseCase
    (scenario.warmUp, scenario.horizon) = (.seconds(300), .seconds(1500))
    scenario.coolDown = .days(2)
    scenario.rollup.fidelity = .cohort
    scenario.rollup.dataFees.rule = .fjord
    scenario.rollup.proposer.interval = .seconds(200)
    scenario.rollup.bridge.challengeWindow = .seconds(600)
    try WorldCopyTests.expectSamePaths(scenario.validated(), at: instant)
  }

  /// What comes ahead of a stretch's end is not collected again with it, and counts in units of ArbOS.
  @Test func whatIsCollectedAheadCountsOnce() {
    var policy = DataFees.Policy.baseCase
    policy.rule = .arbos
    (policy.unitPrice, policy.reward) = (10, 0)
    let fees = ObservedFees(baseFee: 1, blobBaseFee: 1)
    var (ahead, atOnce) = (DataFees(policy, at: fees), DataFees(policy, at: fees))
    var charge = DataCharge()
    charge.add(30, by: ahead.rate)
    ahead.collect(ahead: charge, isMeasuring: true)
    ahead.collect(ahead: charge, isMeasuring: true)
    #expect(ahead.unitPrice.available == Wei(300))
    ahead.collect(Wei(1000), bytes: 0, isMeasuring: true)
    atOnce.collect(Wei(1000), bytes: 0, isMeasuring: true)
    #expect(ahead.unitPrice == atOnce.unitPrice)
    // The next block is one of its own.
    ahead.collect(Wei(500), bytes: 0, isMeasuring: true)
    atOnce.collect(Wei(500), bytes: 0, isMeasuring: true)
    #expect(ahead.unitPrice == atOnce.unitPrice && ahead.unitPrice.available == Wei(1500))
  }
}
