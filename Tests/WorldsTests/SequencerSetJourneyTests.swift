import EventKernel
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Who makes blocks in the clockwork world: a transaction each second, blocks each 2 s, slots each 12 s.
@Suite struct SequencerSetJourneyTests {
  private static func scenario(
    _ kind: SequencerSet.Kind, _ change: (inout SequencerSet.Policy) -> Void = { _ in }
  ) -> Scenario {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.rollup.sequencerSet.kind = kind
    change(&scenario.rollup.sequencerSet)
    return scenario
  }

  /// By hand: those of 1 and 2 s are in the block of 2 s, and so on.
  @Test func oneOperator() throws {
    let values = try Self.scenario(.soleOperator).measuredAll()
    #expect(values["finality_soft_s_mean"] == 0.5 && values["finality_soft_s_max"] == 1)
    #expect(!values.keys.contains { $0.hasPrefix("sequencer_") })
  }

  /// A committee confirms each block three messages later, and all else comes from there.
  @Test func aCommitteeTakesThreeMessages() throws {
    let values = try Self.scenario(.bft) { $0.bft.delay = .constant(0.1) }.measuredAll()
    #expect(values["finality_soft_s_mean"] == 0.8 && values["finality_soft_s_max"] == 1.3)
    #expect(values["sequencer_decision_s_mean"] == 0.3 && values["sequencer_rounds_mean"] == 1)
    #expect(values["sequencer_gaps"] == 0 && values["sequencer_late_share"] == 0)
  }

  /// Where deciding takes longer than the interval, the next block is proposed when that is done.
  ///
  /// Proposed at 2, 5 and 8 s, confirmed at 5, 8 and 11 s: two, three and three transactions wait 3.5, 4 and 4 s.
  @Test func aSlowCommitteeHoldsBlocksUp() throws {
    let values = try Self.scenario(.bft) {
      $0.bft.delay = .constant(1)
      $0.bft.timeouts.prevote = .seconds(10)
      $0.bft.timeouts.precommit = .seconds(10)
    }.measuredAll()
    #expect(values["finality_soft_s_mean"] == 31.0 / 8)
    #expect(values["finality_soft_s_max"] == 5 && values["sequencer_decision_s_mean"] == 3)
  }

  /// Two members, terms of 4 s, a second to take over: blocks at 2, 5, 7 and 9 s.
  @Test func handOversHoldBlocksUp() throws {
    let values = try Self.scenario(.roundRobin) {
      $0.members = 2
      $0.rotation.term = .seconds(4)
      $0.rotation.handover = .constant(1)
    }.measuredAll()
    #expect(values["finality_soft_s_mean"] == 0.75 && values["finality_soft_s_max"] == 2)
    #expect(values["sequencer_gaps"] == 1 && values["sequencer_gap_s_max"] == 1)
    #expect(values["sequencer_missed_share"] == 0)
  }

  /// A block with each of the settlement chain, whose first is at 12 s.
  @Test func proposersOfTheHost() throws {
    let values = try Self.scenario(.settlementProposers).measuredAll()
    #expect(values["finality_soft_s_mean"] == 7.5 && values["finality_soft_s_max"] == 11)
  }

  /// A slot of a block is sold for a coin each; the price is split by who makes a block in it, and money balances.
  @Test func slotsAreSold() throws {
    var scenario = Self.scenario(.auction) {
      $0.members = 2
      $0.auction.value = .constant(1)
      $0.auction.price = .second
      $0.auction.slotBlocks = 1
      $0.auction.deadlineBlocks = 1
    }
    scenario.warmUp = .seconds(24)
    scenario.horizon = .seconds(144)
    let values = try scenario.measuredAll()
    #expect(values["sequencer_price_wei_mean"] == 1e18)
    #expect(values["sequencer_revenue_wei"] == 10e18)
    #expect(values["sequencer_missed_share"] == 0)
    // Ten slots end in 120 s, nine of which were paid 36 s before and the one that began first 24 s: 2.9 coins at a time,
    // at 5 % a year and the price of ether.
    let daily = try #require(values["sequencer_capital_usd_per_day"])
    #expect(abs(daily / (2.9 * 0.05 / 365 * scenario.usdPerEther) - 1) < 1e-12)
  }

  /// Three members need five seconds each, so two of them post for nothing what the first has posted, at its price.
  @Test func racesDelayAndWaste() throws {
    let alone = try Self.scenario(.soleOperator).measuredAll()
    let values = try Self.scenario(.race) {
      $0.members = 3
      $0.race.delay = .constant(5)
    }.measuredAll()
    let (before, after) = (alone["finality_posted_s_mean"], values["finality_posted_s_mean"])
    #expect(try #require(after) == #require(before) + 5)
    #expect(values["finality_soft_s_mean"] == 0.5)
    #expect(values["sequencer_wasted_posts_mean"] == 2)
    let cost = try #require(values["cost_data_wei_per_tx_mean"])
    let wasted = try #require(values["sequencer_wasted_wei_mean"])
    #expect(abs(wasted / (4 * cost) - 1) < 0.01)
  }

  /// All machines are down from 3 to 7 s: the block of 4 s comes at 7 s, and the next one two seconds later.
  @Test(arguments: [SequencerSet.Kind.bft, .roundRobin]) func membersWhoAreDown(
    _ kind: SequencerSet.Kind
  ) throws {
    var scenario = Self.scenario(kind) {
      $0.bft.delay = .constant(0)
      $0.rotation.timeout = SimDuration(nanoseconds: 1_000_000)
    }
    scenario.rollup.machines.sequencers = 4
    scenario.rollup.machines.outage.target = .sequencer
    scenario.rollup.machines.outage.at = .constant(3)
    scenario.rollup.machines.outage.duration = .constant(4)
    let values = try scenario.measuredAll()
    // 1 and 2 s wait for 2 s, five for 7 s, and 8 s for 9 s: 1 + 0 + 4 + 3 + 2 + 1 + 0 + 1 s.
    #expect(values["finality_soft_s_mean"] == 1.5 && values["finality_soft_s_max"] == 4)
    #expect(values["sequencer_gaps"] == 1 && values["sequencer_gap_s_max"] == 3)
    scenario.rollup.machines.sequencers = 3
    #expect(throws: InvalidScenario.self) { try scenario.validated() }
  }

  /// What is made in turn needs single transactions.
  @Test func cohortsAreRefused() {
    var scenario = Self.scenario(.roundRobin)
    scenario.rollup.fidelity = .cohort
    do throws(InvalidScenario) {
      _ = try scenario.validated()
      Issue.record("cohorts are not refused")
    } catch {
      #expect(error.problems.contains { $0.path.hasSuffix("sequencer.set.kind") })
    }
  }

  /// What nobody could decide on, or races with data that comes with its proof, is refused by name.
  @Test func whatCannotBeIsRefused() {
    func paths(_ scenario: Scenario) -> [String] {
      do throws(InvalidScenario) {
        _ = try scenario.validated()
        return []
      } catch {
        return error.problems.map(\.path)
      }
    }
    #expect(
      paths(Self.scenario(.bft) { $0.bft.faulty = 2 }) == ["sequencer.set.bft.faulty"])
    var race = Self.scenario(.race)
    race.rollup.sequence = .dataWithProof
    #expect(paths(race).contains("sequencer.set.kind"))
    var proposers = Self.scenario(.settlementProposers)
    proposers.rollup.sequencer.blockInterval = .seconds(12)
    #expect(paths(proposers) == ["sequencer.block_interval"])
    #expect(
      paths(Self.scenario(.auction) { $0.auction.reserve = 0 })
        == ["sequencer.set.auction.reserve"])
  }

  /// Whoever makes blocks, with faults, missed slots and re-orgs: every transaction comes through once, stakes and
  /// money balance, or the run stops.
  ///
  /// A defect in one of thirty such runs shows with probability 0.96.
  @Test(arguments: 0..<100 as Range<UInt64>) func nothingIsLost(_ number: UInt64) throws {
    var draw = RandomStream(seed: 20, replication: number, name: "sequencers")
    let kinds = SequencerSet.Kind.allCases
    var scenario = Self.scenario(kinds[Int(draw.uniform() * Double(kinds.count))]) {
      $0.members = 2 + Int(6 * draw.uniform())
      $0.stake = .exponential(mean: 10)
      $0.fault = 0.6 * draw.uniform()
      $0.penalty = draw.uniform()
      $0.reward = draw.uniform()
      $0.rotation.term = SimDuration(drawn: 1 + 20 * draw.uniform())
      $0.rotation.termBlocks = draw.bernoulli(0.5) ? 3 : 0
      $0.rotation.timeout = SimDuration(drawn: 1 + 20 * draw.uniform())
      $0.rotation.handover = .exponential(mean: 2)
      $0.auction.slotBlocks = 1 + Int(5 * draw.uniform())
      $0.auction.deadlineBlocks = $0.auction.slotBlocks / 2
      $0.auction.price = AuctionRules.Price.allCases[Int(3 * draw.uniform())]
      $0.bft.faulty = CommitteeSize(members: $0.members).faults
      $0.bft.conduct = CommitteeRules.Conduct.allCases[Int(3 * draw.uniform())]
      $0.bft.delay = .exponential(mean: 0.3)
      $0.bft.timeouts.propose = SimDuration(drawn: 0.2 + draw.uniform())
      $0.bft.proposers = draw.bernoulli(0.5) ? .drawn : .rotating
      $0.race.delay = .exponential(mean: 10)
    }
    scenario.rollup.workload.arrivals = .poisson(rate: 1)
    scenario.horizon = .seconds(200)
    scenario.settlement.missedSlots = 0.1 * draw.uniform()
    scenario.settlement.finality = .epochs
    scenario.settlement.reorgs = Reorgs.Policy(
      probability: 0.2 * draw.uniform(), meanDepth: 2, maxDepth: 8)
    let values = try scenario.measuredAll(seed: number)
    if let share = values["sequencer_gap_share"] { #expect(share >= 0 && share <= 1) }
    if let largest = values["sequencer_largest_share"] { #expect(largest > 0 && largest <= 1) }
    #expect((values["sequencer_conflicts"] ?? 0) == 0)
  }
}
