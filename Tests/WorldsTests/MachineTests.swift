import EventKernel
import Randomness
import Rollup
import Testing

@testable import Worlds

/// Machines that fail in the clockwork world: a transaction each second, a block each two, slots each 12 s.
@Suite struct MachineTests {
  /// Two hours, with an outage of ten minutes after one; ten transactions fit into a block.
  private static func scenario(_ target: Machines.Outage.Target) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.horizon = .hours(2)
    scenario.rollup.sequencer.blockTransactionLimit = 10
    scenario.rollup.poster.maxBytes = 1_000_000
    scenario.rollup.poster.maxAge = .seconds(120)
    scenario.rollup.machines.outage.target = target
    scenario.rollup.machines.outage.duration = .constant(600)
    return scenario
  }

  /// By hand: no block from 3,602 s to 4,198 s.
  ///
  /// The block that is due at 3,600 s is not made either, since machines come
  /// before blocks at one instant; at 4,200 s sequencing resumes with what came after 3,598 s. 602 have come by then,
  /// ten go into the block at once, and eight more than come leave with each one later: after 74 of those, at 4,348 s,
  /// nothing waits.
  @Test func anOutageLeavesABacklog() throws {
    let values = try Self.scenario(.sequencer).measuredAll()
    #expect(values["availability_sequencer_share"] == 1 - 600.0 / 7200)
    #expect(values["availability_gap_count"] == 1)
    #expect(values["availability_gap_s_mean"] == 600)
    #expect(values["availability_backlog_count_max"] == 592)
    #expect(values["availability_clear_s_mean"] == 148)
    #expect(values["finality_soft_s_max"] == 601)
  }

  /// By hand.
  ///
  /// Of four members in two implementations a bug of one stops the committee, since two of four are no two thirds; with both at
  /// once all four agree on invalid blocks. Where each runs its own, three with a bug decide without the fourth.
  @Test func moreThanTwoThirdsAgreeOnInvalidBlocks() throws {
    func values(implementations: Int, _ effect: Machines.BugEffect) throws -> [String: Double] {
      var scenario = Scenario.clockwork(.postAndAssert)
      scenario.horizon = .hours(40)
      scenario.rollup.workload.arrivals = .deterministic(rate: 0.05)
      scenario.rollup.sequencerSet.kind = .bft
      scenario.rollup.sequencerSet.members = 4
      scenario.rollup.machines.sequencers = 4
      scenario.rollup.machines.implementations = implementations
      scenario.rollup.machines.bugInterval = .hours(1)
      scenario.rollup.machines.bugRepair = .exponential(mean: 3600)
      scenario.rollup.machines.bugEffect = effect
      scenario.rollup.machines.valueUSD = 3
      return try scenario.measuredAll()
    }
    let one = try values(implementations: 1, .disagrees)
    let count = try #require(one["invalid_count"])
    #expect(count > 0)
    #expect(one["invalid_usd"] == 3 * count)
    #expect(one["availability_gap_count"] == 0)
    #expect(abs(try #require(one["availability_nodes_share"]) - 1) < 1e-12)
    let stopped = try values(implementations: 1, .stops)
    #expect(stopped["invalid_count"] == nil)
    #expect(try #require(stopped["availability_gap_count"]) > 0)
    let two = try values(implementations: 2, .disagrees)
    #expect(try #require(two["invalid_share"]) > 0)
    #expect(try #require(two["availability_nodes_share"]) < 1)
  }

  /// Who alone makes a block agrees with nobody.
  @Test func invalidBlocksNeedACommittee() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.machines.bugInterval = .hours(1)
    scenario.rollup.machines.bugEffect = .disagrees
    let problems = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(try #require(problems).problems.map(\.path) == ["nodes.bug_effect"])
  }

  /// What the poster does not hand over is confirmed as ever, and posted when it is back.
  @Test func aPosterThatIsDownDelaysNoConfirmation() throws {
    let calm = try Self.scenario(.none).measuredAll()
    let down = try Self.scenario(.poster).measuredAll()
    for name in calm.keys where name.hasPrefix("finality_soft") {
      #expect(down[name] == calm[name])
    }
    let (before, after) = (calm["finality_posted_s_max"], down["finality_posted_s_max"])
    #expect(try #require(after) > (try #require(before)) + 470)
    #expect(down["availability_poster_share"] == 1 - 600.0 / 7200)
  }

  /// A restart, and the replay of the 600 s since the last snapshot at a tenth of the time, make the gap longer.
  @Test func aRestartReplays() throws {
    var scenario = Self.scenario(.sequencer)
    scenario.rollup.machines.restart = .seconds(30)
    scenario.rollup.machines.snapshotInterval = .seconds(1000)
    scenario.rollup.machines.replaySpeed = 10
    #expect(try scenario.measured("availability_gap_s_mean") == 600 + 30 + 60)
  }

  /// What is confirmed and not handed over when the sequencer fails is lost, and only that.
  @Test func confirmationsAreLost() throws {
    var scenario = Self.scenario(.sequencer)
    scenario.rollup.machines.lossProbability = 1
    scenario.rollup.machines.valueUSD = 50
    let values = try scenario.measuredAll()
    let lost = try #require(values["availability_lost_count"])
    #expect(lost > 0 && lost <= 122)
    #expect(lost == values["availability_unposted_count_mean"])
    #expect(values["availability_lost_usd"] == 50 * lost)
  }

  /// An operator who stops after an hour strands the transactions that come after the block at 3,598 s and before the horizon.
  @Test func whoStopsStrandsUsers() throws {
    var scenario = Self.scenario(.none)
    scenario.rollup.machines.stopsAt = .hours(1)
    #expect(try scenario.measured("availability_stranded_count") == 7199 - 3598)
  }

  /// Random failures of everything, with re-orgs below: each run ends, and the checks of conservation hold.
  @Test(arguments: 1...12 as ClosedRange<UInt64>) func nothingIsLostTwice(seed: UInt64) throws {
    var scenario = Self.scenario(.none)
    scenario.settlement.reorgs = .init(probability: 0.05, meanDepth: 2, maxDepth: 4)
    scenario.settlement.missedSlots = 0.05
    scenario.rollup.sequence = seed % 2 == 0 ? .postAndAssert : .commitProveExecute
    scenario.rollup.machines.sequencers = 1 + Int(seed % 3)
    scenario.rollup.machines.implementations = 1 + Int(seed % 2)
    scenario.rollup.machines.meanUp = .seconds(600)
    scenario.rollup.machines.repair = .exponential(mean: 200)
    scenario.rollup.machines.bugInterval = .seconds(2000)
    scenario.rollup.machines.bugRepair = .exponential(mean: 100)
    scenario.rollup.machines.takeover = .exponential(mean: 20)
    scenario.rollup.machines.posterUp = .seconds(600)
    scenario.rollup.machines.posterRepair = .exponential(mean: 200)
    scenario.rollup.machines.lossProbability = 0.5
    scenario.rollup.machines.valueUSD = 1
    let values = try scenario.measuredAll(seed: seed)
    #expect(try #require(values["availability_sequencer_share"]) < 1)
    #expect(try #require(values["throughput_offered_tx_per_s"]) > 0.999)
  }

  /// Machines that do not fail change nothing, however many there are.
  @Test func machinesThatDoNotFailChangeNothing() throws {
    var scenario = Self.scenario(.none)
    let before = try scenario.validated().run(seed: 1, replication: 0)
    scenario.rollup.machines.sequencers = 7
    let after = try scenario.validated().run(seed: 1, replication: 0)
    #expect(before.fingerprint == after.fingerprint)
  }
}
