import Declarations
import EventKernel
import Ledger
import Statistics

/// What a run remembers of who made blocks: of the measured window.
public struct SequencerSetRecord: Sendable {
  private let window: Range<SimTime>
  private let stake: Wei
  private let costOfCapital: Double
  private let usdPerEther: Double
  /// Blocks, or batches, by member; the last place is of who is none.
  private var made: [Int]
  private var transactions = 0
  private var gaps = Tally()
  private var gapSeconds = 0.0
  private var terms = 0
  private var missed = 0
  /// How many terms were missed in a row until the last one that was not.
  private var runs = Tally()
  private var run = 0
  private var rounds = Tally()
  private var late = 0
  private var decisions = LatencyHistogram()
  private var conflicts = 0
  private var wasted = Tally()
  private var wastedCost = Tally()
  private var sales = Tally()
  private var revenue = Wei.zero
  private var bidSeconds = 0.0
  private var rewards = Wei.zero
  private var slashed = Wei.zero
  /// The same before and after the window as well: for the check at the end of a run.
  private(set) var slashedInAll = Wei.zero

  init(
    window: Range<SimTime>, members: Int, stake: Wei, costOfCapital: Double, usdPerEther: Double
  ) {
    self.window = window
    self.stake = stake
    self.costOfCapital = costOfCapital
    self.usdPerEther = usdPerEther
    made = [Int](repeating: 0, count: members + 1)
  }

  /// A block is made.
  mutating func block(by member: Int, isOfMember: Bool, _ transactions: Int, at now: SimTime) {
    guard window.contains(now) else { return }
    self.transactions += transactions
    if isOfMember { made[member] += 1 }
  }

  /// A batch was posted in a race.
  mutating func post(by member: Int, wasted count: Int, at now: SimTime) {
    guard window.contains(now) else { return }
    made[member] += 1
    wasted.record(Double(count))
  }

  /// Others have paid for posting a batch that is measured.
  mutating func waste(_ amount: Wei) { wastedCost.record(amount.asDouble) }

  /// A block was due that nobody made, until now.
  mutating func gap(from begin: SimTime, to end: SimTime) {
    guard window.contains(end), end > begin else { return }
    gaps.record((end - begin).seconds)
    gapSeconds += (end - max(begin, window.lowerBound)).seconds
  }

  /// A term or slot begins.
  mutating func term(isMissed: Bool, at now: SimTime) {
    if window.contains(now) {
      terms += 1
      if isMissed { missed += 1 } else { runs.record(Double(run)) }
    }
    run = isMissed ? run + 1 : 0
  }

  /// The leader of a term that had begun well turns out to be down.
  mutating func missTerm(at now: SimTime) {
    if window.contains(now) { missed += 1 }
    run += 1
  }

  /// A committee decides on a block.
  mutating func decide(_ outcome: HeightOutcome, confirmed: SimDuration, at now: SimTime) {
    guard window.contains(now) else { return }
    rounds.record(Double(outcome.round + 1))
    if outcome.round > 0 { late += 1 }
    decisions.record(confirmed.nanoseconds)
    if outcome.isConflicting { conflicts += 1 }
  }

  /// What was paid for a slot is split.
  mutating func sell(for price: Wei, at now: SimTime) {
    guard window.contains(now) else { return }
    revenue += price
    sales.record(price.asDouble)
  }

  /// A slot is over for which somebody had paid so long ago.
  mutating func endSlot(price: Wei, locked: SimDuration, at now: SimTime) {
    if window.contains(now) { bidSeconds += price.asDouble * locked.seconds }
  }

  mutating func reward(_ amount: Wei, at now: SimTime) {
    if window.contains(now) { rewards += amount }
  }

  mutating func slash(_ amount: Wei, at now: SimTime) {
    slashedInAll += amount
    if window.contains(now) { slashed += amount }
  }

  private var seconds: Double { (window.upperBound - window.lowerBound).seconds }

  /// What capital cost in the window [wei].
  private var capitalCost: Double {
    (stake.asDouble * seconds + bidSeconds) * costOfCapital / SimDuration.secondsOfYear
  }

  private var largestShare: Double? {
    let all = made.reduce(0, +)
    return all > 0 ? Double(made.max() ?? 0) / Double(all) : nil
  }
}

extension SequencerSetRecord {
  typealias Measure = PartMeasure<SequencerSet.Policy, SequencerSetRecord>

  /// The measures of who makes blocks.
  public static let measures: [PartMeasure<SequencerSet.Policy, SequencerSetRecord>] =
    availability.applies { $0.isSet && $0.kind != .race }
    + terms.applies { $0.rotates || $0.kind == .auction || $0.kind == .settlementProposers }
    + consensus.applies { $0.kind == .bft }
    + race.applies { $0.kind == .race }
    + shares.applies { $0.kind.hasMakers || $0.kind == .race }
    + auction.applies { $0.kind == .auction }
    + capital.applies { $0.hasStakes || $0.kind == .auction }
    + money.applies(when: \.isSet)

  private static let availability: [Measure] = [
    .init(
      .sequencer, "gaps", title: "Gaps without a block", unit: "1", rests: rests,
      "Times at which a block was due and nobody could make it."
    ) { Double($1.gaps.count) },
    .init(
      .sequencer, "gap_s_mean", title: "Gap without a block, mean", unit: "s", rests: rests,
      "How long such a time was, mean."
    ) { $1.gaps.meanIfAny },
    .init(
      .sequencer, "gap_s_max", title: "Gap without a block, largest", unit: "s", rests: rests,
      "The same, largest."
    ) { $1.gaps.count > 0 ? $1.gaps.maximum : nil },
    .init(
      .sequencer, "gap_share", title: "Share of time in gaps", unit: "1", rests: rests,
      "Share of the measured window in which a block was due and nobody could make it."
    ) { $1.gapSeconds / $1.seconds },
  ]

  private static let terms: [Measure] = [
    .init(
      .sequencer, "missed_share", title: "Share of missed terms", unit: "1", rests: rests,
      "Share of terms or slots whose holder makes no block."
    ) { share(Double($1.missed), of: Double($1.terms)) },
    .init(
      .sequencer, "missed_in_row_mean", title: "Missed terms in a row, mean", unit: "1",
      rests: rests, "Terms that were missed between two that were not, mean."
    ) { $1.runs.meanIfAny },
  ]

  private static let consensus: [Measure] = [
    .init(
      .sequencer, "rounds_mean", title: "Rounds of a block, mean", unit: "1", rests: rests,
      "Rounds that a committee takes to decide on a block, mean."
    ) { $1.rounds.meanIfAny },
    .init(
      .sequencer, "late_share", title: "Share of blocks after round 0", unit: "1", rests: rests,
      "Share of blocks that are decided after the first round."
    ) { share(Double($1.late), of: Double($1.decisions.count)) },
    .init(
      .sequencer, "decision_s_mean", title: "Time to decide, mean", unit: "s", rests: rests,
      "Time from the begin of a height to the confirmation of its block, mean."
    ) { $1.decisions.meanSeconds },
    .init(
      .sequencer, "decision_s_p50", title: "Time to decide, median", unit: "s", rests: rests,
      "The same, median."
    ) { $1.decisions.quantileSeconds(0.5) },
    .init(
      .sequencer, "decision_s_p99", title: "Time to decide, 99th percentile", unit: "s",
      rests: rests, "The same, 99th percentile."
    ) { $1.decisions.quantileSeconds(0.99) },
    .init(
      .sequencer, "conflicts", title: "Conflicting blocks", unit: "1", rests: rests,
      "Heights at which two members who do what they should decide different blocks."
    ) { Double($1.conflicts) },
  ]

  private static let race: [Measure] = [
    .init(
      .sequencer, "wasted_posts_mean", title: "Wasted posts of a batch, mean", unit: "1",
      rests: rests, "Transactions with the data of a batch that another had posted before, mean."
    ) { $1.wasted.meanIfAny },
    .init(
      .sequencer, "wasted_wei_mean", title: "Cost of wasted posts, mean", unit: "wei",
      rests: .journey(through: "settlement"),
      "What others paid for each transaction with data of a batch, mean."
    ) { $1.wastedCost.meanIfAny },
  ]

  private static let shares: [Measure] = [
    .init(
      .sequencer, "largest_share", title: "Share of the largest member", unit: "1", rests: rests,
      "Share of blocks, in a race of batches, by the member who makes most."
    ) { $1.largestShare }
  ]

  private static let auction: [Measure] = [
    .init(
      .sequencer, "revenue_wei", title: "Revenue of slots", unit: "wei", rests: rests,
      "What was paid for slots in all."
    ) { $1.revenue.asDouble },
    .init(
      .sequencer, "price_wei_mean", title: "Price of a slot, mean", unit: "wei", rests: rests,
      "What was paid for a slot that was sold, mean."
    ) { $1.sales.meanIfAny },
  ]

  private static let capital: [Measure] = [
    .init(
      .sequencer, "capital_usd_per_day", title: "Cost of capital a day", unit: "USD", rests: rests,
      "What stakes cost, and what was paid for slots ahead, a day."
    ) { $1.capitalCost / 1e18 * $1.usdPerEther / $1.seconds * 86_400 },
    .init(
      .sequencer, "capital_wei_per_tx", title: "Cost of capital of a transaction", unit: "wei",
      rests: rests, "The same over the transactions of blocks that were made."
    ) { share($1.capitalCost, of: Double($1.transactions)) },
  ]

  private static let money: [Measure] = [
    .init(
      .sequencer, "rewards_wei", title: "Rewards of blocks", unit: "wei", rests: rests,
      "What the operator paid for blocks."
    ) { $0.reward > 0 ? $1.rewards.asDouble : nil },
    .init(
      .sequencer, "slashed_wei", title: "Slashed stakes", unit: "wei", rests: rests,
      "What members lost of their stakes."
    ) { $0.hasStakes ? $1.slashed.asDouble : nil },
  ]

  private static let rests = Measure.Rests.journey(through: "sequencer")
}
