import EventKernel
import Randomness
import Settlement
import Testing

@testable import Rollup
@testable import Worlds

/// Users whom the operator leaves out, in the clockwork world: slots each 12 s, blocks of the rollup each 2 s.
@Suite struct ForcedInclusionTests {
  /// One transaction is left out, that of 20 s; its user sends it to the host at 50 s, and the block of 60 s has it.
  private static func scenario(_ rule: ForcedInclusion.Rule) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.horizon = .seconds(60)
    scenario.coolDown = .days(40)
    scenario.settlement.demand.level = 0.5
    scenario.settlement.finality = .instant
    scenario.rollup.censorship.share = 1
    scenario.rollup.censorship.begin = SimDuration(nanoseconds: 19_500_000_000)
    scenario.rollup.censorship.length = .seconds(1)
    scenario.rollup.forced.rule = rule
    scenario.rollup.forced.patience = .constant(30)
    scenario.rollup.forced.delayBlocks = 100
    // So that it does not come to an end before the user acts.
    scenario.rollup.censorship.length = .days(30)
    scenario.horizon = SimDuration(nanoseconds: 20_500_000_000)
    return scenario
  }

  /// Means of times are divided, so their last bits are not those of the nanoseconds.
  private func isNear(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 - expected) < 1e-9 } ?? false
  }

  /// By hand: a hundred blocks after that of 60 s anybody may force it; the next block, of 1,272 s, has the transaction
  /// that does, and the block of the rollup at that instant executes it.
  @Test func aMessageIsForced() throws {
    let values = try Self.scenario(.transaction).measuredAll()
    #expect(values["censorship_count"] == 1)
    #expect(values["censorship_inclusion_s_mean"] == 10)
    #expect(isNear(values["censorship_delay_s_mean"], 1272 - 20))
    #expect(isNear(values["censorship_message_s_mean"], 1272 - 50))
  }

  /// By hand: who follows the rollup derives it from the hundredth block, of 1,260 s.
  @Test func aMessageIsDerived() throws {
    #expect(isNear(try Self.scenario(.derivation).measured("censorship_delay_s_mean"), 1260 - 20))
  }

  /// An operator who has to serve a request does so at the last moment; one who serves it does so after its time, in
  /// the next block of the rollup.
  @Test func anOperatorServesAMessage() throws {
    var scenario = Self.scenario(.request)
    #expect(isNear(try scenario.measured("censorship_delay_s_mean"), 1260 - 20))
    scenario.rollup.forced.delayBlocks = 0
    scenario.rollup.forced.delay = .seconds(1001)
    #expect(isNear(try scenario.measured("censorship_delay_s_mean"), 1062 - 20))
    scenario.rollup.forced.inbox = .serves
    scenario.rollup.forced.service = .constant(301)
    #expect(isNear(try scenario.measured("censorship_delay_s_mean"), 362 - 20))
  }

  /// Time and blocks must both have passed.
  @Test func bothDelaysHold() throws {
    var scenario = Self.scenario(.derivation)
    scenario.rollup.forced.delay = .seconds(1207)
    #expect(isNear(try scenario.measured("censorship_delay_s_mean"), 1272 - 20))
  }

  /// Who waits is taken when the operator changes its mind; else never, and the run ends all the same.
  @Test func someWait() throws {
    var scenario = Self.scenario(.none)
    scenario.rollup.censorship.length = .seconds(100)
    // The next block after 119.5 s.
    #expect(isNear(try scenario.measured("censorship_waiting_s_mean"), 120 - 20))
    scenario.rollup.censorship.length = .zero
    #expect(try scenario.measured("censorship_stranded_share") == 1)
  }

  /// Most of those who are left out at a share are left out at a larger one, and the others' draws are the same.
  @Test func sharesAreNested() throws {
    var scenario = Self.scenario(.transaction)
    scenario.horizon = .hours(1)
    scenario.rollup.censorship.begin = .zero
    scenario.rollup.workload.arrivals = .poisson(rate: 1)
    let counts = try [0.1, 0.2, 1].map { share in
      scenario.rollup.censorship.share = share
      return try #require(try scenario.measured("censorship_count"))
    }
    let offered = try #require(try scenario.measured("throughput_offered_tx_per_s")) * 3600
    #expect(counts[0] < counts[1] && counts[1] < counts[2] && counts[2] == offered.rounded())
  }

  /// Random re-orgs, gaps in blocks and machines that fail: each message is executed once, and not before its time.
  @Test(arguments: 1...16 as ClosedRange<UInt64>) func reorgsTakeBack(seed: UInt64) throws {
    var scenario = Self.scenario([.transaction, .derivation, .request][Int(seed % 3)])
    scenario.horizon = .hours(1)
    scenario.settlement.finality = .epochs
    scenario.settlement.missedSlots = 0.1
    scenario.settlement.reorgs = .init(probability: 0.2, meanDepth: 2, maxDepth: 6)
    scenario.rollup.workload.arrivals = .poisson(rate: 0.2)
    scenario.rollup.censorship.begin = .zero
    scenario.rollup.censorship.share = 0.5
    scenario.rollup.forced.delayBlocks = 3
    scenario.rollup.forced.patience = .exponential(mean: 30)
    scenario.rollup.forced.inbox = seed % 2 == 0 ? .delays : .serves
    scenario.rollup.forced.service = .exponential(mean: 60)
    scenario.rollup.forced.buffer.most = seed % 4 == 0 ? 20 : 0
    scenario.rollup.forced.buffer.threshold = 2
    if seed % 5 == 0 {
      scenario.rollup.machines.meanUp = .seconds(600)
      scenario.rollup.machines.repair = .exponential(mean: 300)
    }
    let values = try scenario.measuredAll(seed: seed)
    #expect(try #require(values["censorship_count"]) > 100)
    #expect(values["censorship_stranded_share"] == 0)
    if scenario.rollup.forced.inbox == .delays, scenario.rollup.forced.buffer.most == 0 {
      #expect(try #require(values["censorship_message_s_mean"]) > 36)
    }
  }

  /// By hand after the contract's integers, for Arbitrum One's constants: what is delayed in time costs nothing; what is
  /// delayed further costs no more than lies between two messages; a threshold is always left; a twentieth of a block
  /// is regained for each.
  @Test func theDelayBufferFollowsTheContract() {
    var policy = DelayBuffer.Policy()
    policy.most = 14_400
    var buffer = DelayBuffer(policy)
    buffer.sequence(messageIn: 1000, at: 1100)
    #expect(buffer.available(toMessageIn: 3000) == 14_400)
    buffer.sequence(messageIn: 3000, at: 8761)
    #expect(buffer.blocks == 14_400)
    #expect(buffer.available(toMessageIn: 3100) == 14_300)
    #expect(buffer.available(toMessageIn: 9000) == 14_400 - 5611)
    buffer.sequence(messageIn: 9000, at: 14_761)
    #expect(buffer.blocks == 8789)
    buffer.sequence(messageIn: 20_000, at: 25_761)
    #expect(buffer.blocks == 8789 - 5611)
    #expect(buffer.available(toMessageIn: 40_000) == 150)
    buffer.sequence(messageIn: 40_000, at: 40_010)
    #expect(buffer.blocks == 150)
    #expect(buffer.available(toMessageIn: 40_019) == 150)
    #expect(buffer.available(toMessageIn: 40_020) == 151)
    #expect(buffer.available(toMessageIn: 240_000) == 150 + 10_000)
    #expect(buffer.available(toMessageIn: 500_000) == 14_400)
  }
}
