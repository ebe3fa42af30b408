import EventKernel
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Users who leave without the operator, in the clockwork world: worked out by hand.
///
/// Slots come each 12 s from 0 s on; the base fee does not move unless a test lets it.
@Suite struct ExitTests {
  /// Users with a thousand dollars each, who all act at once from 0 s on and pay what it takes.
  private static func scenario(_ rule: Exits.Rule, users: Int) -> Scenario {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.settlement.executionFee.kind = .constant
    scenario.settlement.demand.level = 0
    scenario.rollup.exits.users = users
    scenario.rollup.exits.rule = rule
    scenario.rollup.exits.hesitation = .constant(0)
    scenario.rollup.exits.balance = .constant(1000)
    scenario.rollup.exits.grace = .hours(2)
    scenario.rollup.exits.patience = .hours(6)
    scenario.coolDown = .days(1)
    return scenario
  }

  /// A full block has ⌊limit / gas⌋ exits: they take n·gas / limit blocks, and the last one less than a whole.
  @Test(arguments: [(59, 1), (60, 1), (61, 2), (300, 5), (301, 6)])
  func blocksLetOutWhatTheyHaveRoomFor(_ users: Int, _ blocks: Int) throws {
    var scenario = Self.scenario(.forced, users: users)
    scenario.settlement.gasLimit = 30_000_000
    let values = try scenario.measuredAll()
    #expect(values["exit_left_share"] == 1 && values["exit_left_value_share"] == 1)
    #expect(values["exit_run_s"] == Double(12 * (blocks - 1)))
    // They act at 0 s, behind the slot of that instant.
    #expect(values["exit_s_max"] == Double(12 * blocks))
    #expect(values["exit_open_s"] == 0)
  }

  /// StarkEx takes 10 forced requests in a block.
  @Test func aContractTakesSoManyInABlock() throws {
    var scenario = Self.scenario(.forced, users: 95)
    scenario.rollup.exits.perBlock = 10
    scenario.rollup.exits.service = .constant(3600)
    let values = try scenario.measuredAll()
    #expect(values["exit_run_s"] == 108.0)
    #expect(values["exit_s_max"] == 3720.0)
    // Ten each at 12 to 108 s and five at 120 s.
    #expect(values["exit_wait_s_mean"] == 6000.0 / 95)
  }

  /// Base fees by EIP-1559 while all bid the same and nobody else wants room: blocks are full until the fee is
  /// above the bid, empty until it is not, and so on: worked out here with the rule of the protocol alone.
  @Test func feesDecideWhenAllBidTheSame() throws {
    var scenario = Self.scenario(.forced, users: 2000)
    scenario.settlement.executionFee.kind = .eip1559
    scenario.settlement.gasLimit = 30_000_000
    scenario.settlement.initialBaseFee = 10_000_000_000
    // No other transaction but the rollup's own, of which this rule makes blocks differ.
    scenario.rollup.poster.maxAge = .hours(5)
    scenario.rollup.poster.maxBytes = 100_000
    scenario.rollup.exits.worth = 0.02
    let bid = UInt64(20 * 1e18 / scenario.usdPerEther / 500_000)
    var (fee, left, slot) = (UInt64(10_000_000_000), 0, 0)
    var last = 0
    while left < 2000 {
      let out = slot > 0 && fee <= bid ? min(60, 2000 - left) : 0
      if out > 0 { (left, last) = (left + out, slot) }
      fee = try #require(
        ExecutionFeeRule.ethereum.nextBaseFee(
          after: fee, gasUsed: UInt64(out) * 500_000, gasLimit: 30_000_000))
      slot += 1
    }
    let values = try scenario.measuredAll()
    #expect(values["exit_left_share"] == 1)
    #expect(values["exit_s_max"] == Double(12 * last))
    // So much more than the 34 blocks that have room for them.
    #expect(last > 50)
  }

  /// Who has more bids more, and is let out first; who has too little for the fee is left behind.
  @Test func whoHasMoreLeavesFirst() throws {
    var scenario = Self.scenario(.forced, users: 400)
    scenario.settlement.gasLimit = 30_000_000
    scenario.settlement.initialBaseFee = 10_000_000_000
    // 500 kgas at 10 gwei are 12.5 USD: a tenth of the balance pays it from 125 USD on.
    scenario.usdPerEther = 2500
    scenario.rollup.exits.balance = .uniform(low: 0, high: 1250)
    let values = try scenario.measuredAll()
    let share = try #require(values["exit_left_share"])
    // Binomial(400, 0.9): seed 1, false alarm 1e-6 (|z| < 4.9) is 0.0735; detects a tenth of users too many.
    #expect(abs(share - 0.9) < 0.0735)
    #expect(try #require(values["exit_left_value_share"]) > 0.98)
    // Followed to the end of their patience, and no longer.
    #expect(try #require(values["exit_run_s"]) <= 12 * 7)
    // In the first block those with the most, who can pay 0.1 of what they have and do not.
    #expect(try #require(values["exit_fee_share_mean"]) < 0.1)
  }

  /// The request is in the block at 12 s, the freeze may be 7,200 s later and is in the next block, and the first
  /// users are out in the one after it.
  @Test func afterAFreezeEverybodyEscapes() throws {
    let scenario = Self.scenario(.escape, users: 100)
    let values = try scenario.measuredAll()
    #expect(values["exit_open_s"] == 7224.0)
    #expect(values["exit_s_max"] == 7248.0)
    let journal = try WorldJournal.run(scenario, seed: 1) { _ in }
    let kinds = journal.final.keys.map(\.kind)
    #expect(kinds.count { $0 == .exitRequest } == 1 && kinds.count { $0 == .freeze } == 1)
  }

  /// Where a contract counts blocks, slots that are missed take longer.
  @Test func graceCanBeCountedInBlocks() throws {
    var scenario = Self.scenario(.escape, users: 1)
    scenario.rollup.exits.graceBlocks = 600
    #expect(try scenario.measured("exit_open_s") == 7224.0)
    scenario.settlement.missedSlots = 0.5
    let slow = try #require(try scenario.measured("exit_open_s"))
    // Negative binomial: 600 blocks take 1200 slots, standard deviation 35; false alarm 1e-6; detects 15 %.
    #expect(abs(slow - 1200 * 12) < 4.9 * 35 * 12)
  }

  /// What is not final when a rollup is frozen never will be.
  @Test func aFrozenRollupTakesNothing() throws {
    var scenario = Self.scenario(.escape, users: 1)
    scenario.rollup.exits.grace = .seconds(30)
    scenario.rollup.prover.proofTime = .constant(600)
    let error = #expect(throws: RunFailure.self) { try scenario.measuredAll() }
    guard case .unfinished(_, _, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("frozen"))
  }

  /// Who bids more per gas goes first: data that tips less than they do waits until they are out.
  @Test func exitsDelayDataThatBidsLess() throws {
    var scenario = Self.scenario(.forced, users: 600)
    scenario.settlement.gasLimit = 30_000_000
    let delayed = try #require(try scenario.measured("finality_included_s_max"))
    scenario.rollup.exits.tipShare = 0
    let first = try #require(try scenario.measured("finality_included_s_max"))
    // Ten full blocks: as data of 8 s comes within them, it is in the eleventh.
    #expect(first <= 24 && delayed >= 120)
  }

  /// With re-orgs everybody is let out once, and for good.
  @Test(arguments: [1, 2, 3] as [UInt64]) func reorgsLetNobodyOutTwice(seed: UInt64) throws {
    var scenario = Self.scenario(.escape, users: 500)
    scenario.settlement.reorgs.probability = 0.3
    scenario.settlement.reorgs.maxDepth = 3
    let values = try scenario.measuredAll(seed: seed)
    #expect(values["exit_left_share"] == 1)
    var lost = 0
    let journal = try WorldJournal.run(scenario, seed: seed) { world in
      lost += world.settlement.reorganised.count { $0.transaction.kind == .exit }
    }
    let out = journal.final.filter { $0.key.kind == .exit }
    #expect(out.count == 500 && out.values.allSatisfy { $0.count == 1 })
    #expect(lost > 0)
  }

  /// Who cannot prove a balance because its data is withheld cannot leave, and nobody else is kept.
  @Test(arguments: [0.0, 1]) func withheldDataKeepsUsers(collusion: Double) throws {
    var scenario = Self.scenario(.forced, users: 200)
    scenario.horizon = .seconds(3000)
    scenario.settlement.demand.level = 0.5
    scenario.rollup.data.mode = .committee
    scenario.rollup.data.committee.delay = .constant(0)
    scenario.rollup.data.withholding.happens = true
    scenario.rollup.data.withholding.at = .constant(2000)
    scenario.rollup.data.withholding.rebuildTime = .seconds(600)
    scenario.rollup.data.withholding.collusion = collusion
    scenario.rollup.exits.at = .constant(2000)
    let values = try scenario.measuredAll()
    #expect(values["exit_left_share"] == 1 - collusion)
    #expect(values["exit_unprovable_share"] == collusion)
    // From 2600 s on, in the slot of that instant or the next.
    if collusion == 0 {
      #expect(abs(try #require(values["exit_wait_s_mean"]) - 600) <= 12 * 4)
    }
  }

  @Test(arguments: WorldCopyTests.instants) func aCopyTakesTheSamePath(_ instant: SimDuration)
    throws
  {
    var scenario = Self.scenario(.escape, users: 300)
    scenario.settlement.demand.level = 0.5
    scenario.horizon = .seconds(1200)
    scenario.rollup.prover.proofTime = .constant(1)
    scenario.rollup.exits.hesitation = .exponential(mean: 600)
    try WorldCopyTests.expectSamePaths(scenario.validated(), at: instant)
  }

  @Test func whatCannotBeIsRefused() {
    var scenario = Self.scenario(.escape, users: 1)
    scenario.rollup.exits.gas = 40_000_000
    scenario.rollup.exits.worth = 0
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(error?.problems.map(\.path) == ["exits.worth", "exits.gas"])
  }
}
