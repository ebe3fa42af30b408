import EventKernel
import Foundation
import Ledger
import Randomness
import Testing

@testable import Rollup

/// Who makes blocks, part by part: against closed forms, contracts and hours worked out by hand.
@Suite struct SequencerSetTests {
  private static let window = SimTime.start..<SimTime.start + .days(10_000)

  private static func set(
    _ policy: SequencerSet.Policy, seed: UInt64 = 1
  ) -> SequencerSet {
    SequencerSet(
      policy, window: window, usdPerEther: 2500, StreamSource(seed: seed, replication: 0))
  }

  private static func second(_ count: Int64) -> SimTime { .start + .seconds(count) }

  /// What measures say of a set that has run; those that do not apply left out.
  private static func values(_ set: borrowing SequencerSet) -> [String: Double] {
    let (policy, record) = (set.policy, set.record)
    var values: [String: Double] = [:]
    for measure in SequencerSetRecord.measures {
      values[measure.name] = measure.value(policy, record)
    }
    return values
  }

  // MARK: Turns

  /// One operator can always make a block, and it is confirmed at once.
  @Test func anOperatorNeedsNobody() {
    var set = Self.set(.init())
    let turn = set.turn(at: Self.second(7))
    #expect(turn == .now(BlockMaker(member: 0, confirmedAt: Self.second(7))))
  }

  /// Three members, terms of 60 s, five seconds to take over: 0, 1, 2, 0.
  ///
  /// A leader who is down is silent for ten seconds,
  /// then the next one takes over.
  @Test func membersTakeTurns() {
    var policy = SequencerSet.Policy()
    policy.kind = .roundRobin
    policy.members = 3
    policy.rotation.handover = .constant(5)
    var set = Self.set(policy)
    func turn(_ second: Int64) -> SequencerTurn { set.turn(at: Self.second(second)) }
    func now(_ member: Int, _ second: Int64) -> SequencerTurn {
      .now(BlockMaker(member: member, confirmedAt: Self.second(second)))
    }
    #expect(turn(0) == now(0, 0) && turn(59) == now(0, 59))
    #expect(turn(60) == .from(Self.second(65)))
    #expect(turn(65) == now(1, 65) && turn(125) == now(2, 125))
    set.setDown(0b100)
    #expect(turn(130) == .from(Self.second(140)))
    // The next term begins there.
    #expect(turn(140) == .from(Self.second(145)))
    #expect(turn(145) == now(0, 145) && turn(199) == now(0, 199))
    #expect(turn(200) == .from(Self.second(205)))
    set.setDown(0b111)
    #expect(turn(205) == .nobody)
  }

  /// Terms of two blocks.
  @Test func termsOfBlocks() {
    var policy = SequencerSet.Policy()
    policy.kind = .roundRobin
    policy.members = 2
    policy.rotation.termBlocks = 2
    var set = Self.set(policy)
    var makers: [Int] = []
    for block in 0..<6 as Range<Int64> {
      guard case .now(let maker) = set.turn(at: Self.second(block)) else { continue }
      set.note(maker, transactions: 1, at: Self.second(block))
      makers.append(maker.member)
    }
    #expect(makers == [0, 0, 1, 1, 0, 0])
  }

  /// Between two terms that are not missed p / (1 − p) are in the mean, and gaps last so long.
  ///
  /// Seed 1, 20,000 terms, p = 0.3: the deviation of a run is √p / (1 − p) = 0.78. False alarm 1e-6 at |z| < 4.9;
  /// detects 8 %. A term is 60 s and the timeout longer, so that gaps are whole terms.
  @Test func missedTermsAreGeometric() throws {
    var policy = SequencerSet.Policy()
    policy.kind = .stakeWeighted
    policy.fault = 0.3
    policy.rotation.timeout = .hours(1)
    var set = Self.set(policy)
    var now = SimTime.start
    let end = SimTime.start + .seconds(60 * 20_000)
    while now < end {
      switch set.turn(at: now) {
      case .now(let maker):
        set.note(maker, transactions: 1, at: now)
        now = now + .seconds(1)
      case .from(let later): now = later
      case .nobody:
        Issue.record("nobody can")
        return
      }
    }
    let values = Self.values(set)
    let row = try #require(values["sequencer_missed_in_row_mean"])
    let bound = 4.9 * 0.3.squareRoot() / 0.7 / 14_000.0.squareRoot()
    #expect(abs(row - 0.3 / 0.7) < bound)
    let missed = try #require(values["sequencer_missed_share"])
    #expect(abs(missed - 0.3) < 0.016)
    // A gap is one run of missed terms at least: 60 / (1 − p) s.
    let gap = try #require(values["sequencer_gap_s_mean"])
    #expect(abs(gap - 60 / 0.7) < 4.9 * 60 * bound)
    let share = try #require(values["sequencer_gap_share"])
    #expect(abs(share * 10_000 * 86_400 / 1.2e6 - 0.3) < 0.016)
  }

  /// Leaders are drawn by stake: who has three quarters leads in three quarters of terms; each missed term takes a tenth
  /// of what its leader has left, and nothing else is lost.
  @Test func leadersByStake() throws {
    var policy = SequencerSet.Policy()
    policy.kind = .stakeWeighted
    policy.members = 2
    var set = Self.set(policy)
    var stream = StreamSource(seed: 1, replication: 0).stream("stakes")
    set.stakes = StakeBook(members: 2, .constant(1), &stream)
    _ = set.stakes.take(2.0 / 3, from: 1)
    var count = 0
    for term in 0..<8000 as Range<Int64> {
      if case .now(let maker) = set.turn(at: Self.second(60 * term)), maker.member == 0 {
        count += 1
      }
    }
    // Binomial: false alarm 1e-6 at 0.024.
    #expect(abs(Double(count) / 8000 - 0.75) < 0.024)
    policy.stake = .constant(32)
    policy.penalty = 0.1
    policy.fault = 0.5
    var punished = Self.set(policy)
    for term in 0..<100 as Range<Int64> { _ = punished.turn(at: Self.second(60 * term)) }
    let (isConserved, lost) = (punished.isConserved, punished.stakes.lost)
    #expect(isConserved && lost > .zero)
    let paid = punished.takePayments().reduce(Wei.zero) { $0 + $1.amount }
    #expect(paid == lost)
  }

  // MARK: Slots

  /// By the contract, from a least bid of 10: 11, 12.1 and 13.31 are the bids; whom a slot is worth 13 to does not bid a
  /// third time, and pays 12.1 or 11 as the order has it.
  @Test func bidsOfHermez() {
    var rules = AuctionRules()
    rules.reserve = 10
    rules.value = .constant(13)
    let sale = SlotSale(rules, bidders: 3)
    var stream = StreamSource(seed: 1, replication: 0).stream("bids")
    let sold = sale.sell(&stream)
    #expect(abs(sold.price - 12.1) < 1e-12 && sold.winner != nil)
    let alone = SlotSale(rules, bidders: 1).sell(&stream)
    #expect(abs(alone.price - 11) < 1e-12)
    rules.value = .constant(10.9)
    #expect(SlotSale(rules, bidders: 3).sell(&stream).winner == nil)
  }

  /// At the first price of uniform values each bids (n − 1)/n of his; with a reserve r, v − (v − rⁿ/vⁿ⁻¹)/n.
  ///
  /// Of exponential values and two bidders v − (v − 1 + e⁻ᵛ)/(1 − e⁻ᵛ).
  @Test func equilibriumBids() {
    var rules = AuctionRules()
    rules.value = .uniform(low: 0, high: 1)
    rules.price = .first
    rules.reserve = 0
    for bidders in 2...6 {
      let bid = SlotSale(rules, bidders: bidders).firstPriceBid(0.6)
      #expect(abs(bid - 0.6 * Double(bidders - 1) / Double(bidders)) < 1e-8)
    }
    rules.reserve = 0.5
    let bid = SlotSale(rules, bidders: 3).firstPriceBid(0.8)
    #expect(abs(bid - (0.8 - (0.8 - 0.125 / 0.64) / 3)) < 1e-8)
    rules.reserve = 0
    rules.value = .exponential(mean: 1)
    let exponential = SlotSale(rules, bidders: 2).firstPriceBid(1.5)
    let expected = 1.5 - (0.5 + exp(-1.5)) / (1 - exp(-1.5))
    #expect(abs(exponential - expected) < 1e-8)
  }

  /// What n bidders with uniform values pay in the mean: the second largest value, (n − 1)/(n + 1), whichever price they
  /// pay; with two of them and a reserve of one half 5/12.
  ///
  /// Seed 1, 40,000 sales; the deviation of a price is below 0.25. False alarm 1e-6 at |z| < 4.9; detects 0.006.
  @Test(arguments: [AuctionRules.Price.first, .second], [2, 5])
  func revenue(_ price: AuctionRules.Price, _ bidders: Int) {
    var rules = AuctionRules()
    rules.value = .uniform(low: 0, high: 1)
    rules.price = price
    rules.reserve = 0
    var stream = StreamSource(seed: 1, replication: 0).stream("bids")
    let count = 40_000
    func mean(_ rules: AuctionRules) -> Double {
      let sale = SlotSale(rules, bidders: bidders)
      return (0..<count).reduce(0.0) { sum, _ in sum + sale.sell(&stream).price } / Double(count)
    }
    #expect(abs(mean(rules) - Double(bidders - 1) / Double(bidders + 1)) < 0.0062)
    guard bidders == 2 else { return }
    rules.reserve = 0.5
    #expect(abs(mean(rules) - 5.0 / 12) < 0.0075)
  }

  /// Where bids are seen, the price lies within a step of the second value: nobody else can outbid it, and the winner can
  /// pay it.
  @Test(arguments: 0..<200 as Range<UInt64>) func openBids(_ number: UInt64) throws {
    var rules = AuctionRules()
    rules.value = .uniform(low: 0, high: 1)
    var values = StreamSource(seed: 5, replication: number).stream("bids")
    let drawn = (0..<4).map { _ in rules.value.sample(&values) }
    var stream = StreamSource(seed: 5, replication: number).stream("bids")
    let sold = SlotSale(rules, bidders: 4).sell(&stream)
    let winner = try #require(sold.winner)
    #expect(sold.price <= drawn[winner])
    for bidder in 0..<4 where bidder != winner { #expect(drawn[bidder] < sold.price * 1.1 + 1e-12) }
  }

  /// Slots of 40 blocks whose winner makes none: after 20 the operator can, and with his first block the price is split.
  ///
  /// 40 % of it are destroyed, 40 % given away, and the operator has what is left. Of a slot without a block nobody has it.
  @Test func slotsOfHermez() {
    var policy = SequencerSet.Policy()
    policy.kind = .auction
    policy.members = 2
    policy.fault = 1
    policy.auction.value = .constant(1)
    policy.auction.price = .second
    var set = Self.set(policy)
    var makers: [SequencerTurn] = []
    for height in 0..<40 {
      let now = Self.second(Int64(height) * 12)
      _ = set.advance(toHostBlock: height, at: now)
      let turn = set.turn(at: now)
      makers.append(turn)
      if case .now(let maker) = turn { set.note(maker, transactions: 1, at: now) }
    }
    #expect(makers.prefix(20).allSatisfy { $0 == .nobody })
    #expect(makers[20] == .now(BlockMaker(member: 2, confirmedAt: Self.second(240))))
    #expect(makers.dropFirst(20).allSatisfy { $0 != .nobody })
    let paid = set.takePayments()
    #expect(paid.map(\.amount) == [Wei(coins: 0.4), Wei(coins: 0.4), Wei(coins: 0.2)])
    #expect(paid.map(\.payee) == [.burnedBids, .donations, .rollupOperator])
    // The next slot has no block, and the one behind it begins.
    _ = set.advance(toHostBlock: 40, at: Self.second(480))
    _ = set.advance(toHostBlock: 80, at: Self.second(960))
    let unused = set.takePayments()
    #expect(unused.map(\.amount) == [Wei(coins: 1)])
    let values = Self.values(set)
    #expect(values["sequencer_revenue_wei"] == 2e18)
  }

  /// A winner who has made a block before the deadline keeps the slot, also where he is down for the rest of it.
  @Test func aSlotThatWasUsedIsNobodyElses() {
    var policy = SequencerSet.Policy()
    policy.kind = .auction
    policy.members = 2
    policy.auction.value = .constant(1)
    var set = Self.set(policy)
    var turns: [SequencerTurn] = []
    for height in [0, 19, 25, 39, 40, 59, 60] {
      let now = Self.second(Int64(height) * 12)
      _ = set.advance(toHostBlock: height, at: now)
      set.setDown(height < 25 ? 0 : 0b11)
      let turn = set.turn(at: now)
      turns.append(turn)
      if case .now(let maker) = turn { set.note(maker, transactions: 1, at: now) }
    }
    #expect(turns[0] != .nobody && turns[1] != .nobody)
    #expect(turns[2...5].allSatisfy { $0 == .nobody })
    // Nobody has used the next slot, so the operator may.
    #expect(turns[6] == .now(BlockMaker(member: 2, confirmedAt: Self.second(720))))
  }

  // MARK: Committees and races

  /// A committee decides where a quorum is up: of seven five, each with probability 0.8, with Σ C(7, k) 0.8ᵏ 0.2⁷⁻ᵏ =
  /// 0.852.
  ///
  /// Seed 1, 10,000 heights. False alarm 1e-6 at |z| < 4.9, which is 0.0174.
  @Test func enoughAreUp() {
    var policy = SequencerSet.Policy()
    policy.kind = .bft
    policy.members = 7
    policy.bft.delay = .constant(0.1)
    var committee = SequencerCommittee(policy, StreamSource(seed: 1, replication: 0))
    var stream = StreamSource(seed: 1, replication: 0).stream("down")
    var decided = 0
    for _ in 0..<10_000 {
      let down = (0..<7).reduce(UInt128(0)) { mask, member in
        stream.bernoulli(0.2) ? mask | 1 << UInt128(member) : mask
      }
      if committee.decide(down: down, StakeBook()) != nil { decided += 1 }
    }
    #expect(abs(Double(decided) / 10_000 - 0.851_968) < 0.0174)
  }

  /// How often the first two proposers are silent: with two of seven whose seats are drawn and proposers who rotate
  /// 2/7 · 1/6, with proposers who are drawn (2/7)².
  ///
  /// Seeds 1 to 4000. False alarm 1e-6 at |z| < 4.9, which is 0.0166 and 0.0212; each detects the other.
  @Test func twoTimeoutsInARow() {
    var policy = SequencerSet.Policy()
    policy.kind = .bft
    policy.members = 7
    policy.bft.delay = .constant(0)
    policy.bft.faulty = 2
    var stream = StreamSource(seed: 1, replication: 0).stream("stakes")
    let stakes = StakeBook(members: 7, .constant(1), &stream)
    func share(_ proposers: CommitteeRules.Proposers) -> Double {
      policy.bft.proposers = proposers
      var count = 0
      for seed in 1...4000 as ClosedRange<UInt64> {
        var committee = SequencerCommittee(policy, StreamSource(seed: seed, replication: 0))
        if let decision = committee.decide(down: 0, stakes), decision.outcome.round >= 2 {
          count += 1
        }
      }
      return Double(count) / 4000
    }
    #expect(abs(share(.rotating) - 2.0 / 42) < 0.0166)
    #expect(abs(share(.drawn) - 4.0 / 49) < 0.0212)
  }

  /// Who signs two blocks loses a twentieth of his stake and his seat, once.
  @Test func equivocatorsAreSlashed() throws {
    var policy = SequencerSet.Policy()
    policy.kind = .bft
    policy.members = 7
    policy.stake = .constant(100)
    policy.bft.faulty = 2
    policy.bft.conduct = .equivocating
    policy.bft.delay = .constant(0.1)
    var set = Self.set(policy)
    var now = SimTime.start
    for _ in 0..<20 {
      guard case .now(let maker) = set.turn(at: now) else {
        now = now + .seconds(1)
        continue
      }
      set.note(maker, transactions: 1, at: now)
    }
    let (seats, isConserved) = (set.committee.seats.count, set.isConserved)
    #expect(seats == 5 && isConserved)
    let paid = set.takePayments()
    #expect(paid.map(\.amount) == [Wei(coins: 5), Wei(coins: 5)])
    let values = Self.values(set)
    #expect(values["sequencer_conflicts"] == 0)
    #expect(values["sequencer_slashed_wei"] == 10e18)
    // 700 coins at 5 % a year and 2500 USD.
    let daily = try #require(values["sequencer_capital_usd_per_day"])
    #expect(abs(daily - 700 * 0.05 * 2500 / 365) < 1e-9)
  }

  /// Of k members with exponential times all but one post for nothing where nobody gives up, and where those do who hear
  /// of the first within d (k − 1)(1 − e^(−d/m)), since what is left of a time forgets; each wins as often.
  ///
  /// Seed 1, 20,000 batches. False alarm 1e-6 at |z| < 4.9; detects 1.6 %.
  @Test func racesWaste() throws {
    var policy = SequencerSet.Policy()
    policy.kind = .race
    policy.members = 5
    policy.race.delay = .exponential(mean: 10)
    for (notice, expected) in [(SimDuration.days(1000), 4.0), (.seconds(5), 4 * (1 - exp(-0.5)))] {
      policy.race.notice = notice
      var set = Self.set(policy)
      for _ in 0..<20_000 { _ = set.raceToPost(at: .start) }
      let values = Self.values(set)
      let wasted = try #require(values["sequencer_wasted_posts_mean"])
      #expect(abs(wasted - expected) < 0.035)
      if expected == 4 { #expect(wasted == 4) }
      let largest = try #require(values["sequencer_largest_share"])
      #expect(abs(largest - 0.2) < 0.0139)
    }
  }
}
