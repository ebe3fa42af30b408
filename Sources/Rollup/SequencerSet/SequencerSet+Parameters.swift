import Declarations
import EventKernel

extension SequencerSet.Policy {
  private typealias Parameter = PartParameter<SequencerSet.Policy>

  /// What a scenario can say about who makes blocks.
  public static let parameters: [PartParameter<SequencerSet.Policy>] =
    [Parameter.word("kind", \.kind, "Who makes the blocks of the rollup.").titled("Who sequences")]
    + members + money + terms + slots + committee + race

  private static let members = [
    Parameter.whole(
      "members", .count, \.members,
      "Members who take turns, bid, vote or race; of a committee at most 128."
    ).used { $0.isSet && $0.kind != .settlementProposers },
    .number(
      "fault", .share, \.fault,
      "Probability that who has a term, a slot or a settlement block makes no block of the rollup in it."
    ).titled("Probability of a missed term")
      .used { $0.rotates || $0.kind == .auction || $0.kind == .settlementProposers },
  ]

  private static let money = [
    Parameter.distribution(
      "stake", .ether, \.stake, "What a member has at stake.", affects: [.sequencer]
    ).used(when: \.hasStakes),
    .number(
      "cost_of_capital", .share, \.costOfCapital,
      "What a stake, or a price paid ahead, costs a year as a share of it.", affects: [.sequencer]
    ).titled("Cost of capital a year").used { $0.hasStakes || $0.kind == .auction },
    .number(
      "reward", .ether, \.reward, "What the operator pays to the member who makes a block.",
      affects: [.sequencer]
    ).titled("Reward of a block").used { $0.isSet && $0.kind.hasMakers },
    .number(
      "penalty", .share, \.penalty, "Share of his stake that a leader loses for a missed term.",
      affects: [.sequencer]
    ).titled("Penalty for a missed term").used(when: \.rotates),
    .number(
      "slash", .share, \.slash, "Share of his stake that a member loses who signs two blocks.",
      affects: [.sequencer]
    ).titled("Slashed share").used { $0.kind == .bft },
  ]

  private static let terms = [
    Parameter.duration("term", \.rotation.term, "How long a term is, where no block ends it.")
      .titled("Term of a leader").used { $0.rotation.termBlocks == 0 },
    .whole(
      "term_blocks", .count, \.rotation.termBlocks,
      "With how many blocks a term ends; 0 where it ends with time."
    ).titled("Blocks of a term"),
    .duration(
      "timeout", \.rotation.timeout, "After how much silence of a leader the next one begins."
    ).titled("Timeout of a leader"),
    .distribution(
      "handover", .duration, \.rotation.handover,
      "Time from the begin of a term until its leader is ready, where another led before."
    ).titled("Time of a hand-over"),
  ].used(when: \.rotates)

  private static let slots = [
    Parameter.distribution(
      "auction.value", .ether, \.auction.value,
      "What a slot is worth to a bidder, each for himself."
    ).titled("Value of a slot"),
    .word("auction.price", \.auction.price, "What the winner of a slot pays.")
      .titled("Price rule of slots"),
    .number("auction.reserve", .ether, \.auction.reserve, "What a bid has to be at least.")
      .titled("Reserve price of a slot"),
    .number(
      "auction.outbid", .share, \.auction.outbid,
      "By which share a bid has to be higher than the one before."
    ).titled("Step of bids").used { $0.auction.price == .outbid },
    .whole(
      "auction.slot_blocks", .count, \.auction.slotBlocks, "Blocks of the host that a slot has."
    ).titled("Blocks of a slot"),
    .whole(
      "auction.deadline_blocks", .count, \.auction.deadlineBlocks,
      "Blocks of the host after which anybody may make blocks in a slot that has none."
    ).titled("Deadline of a slot"),
    .whole(
      "auction.sold_ahead", .count, \.auction.soldAhead,
      "How many slots before its own bids for a slot end."
    ).titled("Slots sold ahead"),
    .number("auction.burned", .share, \.auction.burned, "Share of a price that is destroyed.")
      .titled("Burned share of a price"),
    .number("auction.donated", .share, \.auction.donated, "Share of it that is given away.")
      .titled("Donated share of a price"),
  ].used { $0.kind == .auction }

  private static let committee =
    ([
      Parameter.distribution(
        "bft.delay", .duration, \.bft.delay,
        "Time that a message takes from one member of a committee to another."
      ).titled("Delay of a message"),
      .word(
        "bft.drawn", \.bft.drawn, "Whether that is drawn with each message or once for each pair."
      ).titled("What a delay is drawn for"),
      .distribution(
        "bft.validation", .duration, \.bft.validation, "Time in which a member checks a block."
      ).titled("Time to check a block"),
      .whole(
        "bft.faulty", .count, \.bft.faulty, "Members of a committee who are faulty."
      ).titled("Faulty members"),
      .word("bft.conduct", \.bft.conduct, "What faulty members do.").used { $0.bft.faulty > 0 },
      .duration(
        "bft.lag", \.bft.lag, "How much later faulty members send what they should."
      ).titled("Lag of faulty members").used { $0.bft.faulty > 0 && $0.bft.conduct == .late },
      .word("bft.proposers", \.bft.proposers, "Who proposes in a round.")
        .titled("Proposers of a committee"),
      .word(
        "bft.confirmation", \.bft.confirmation,
        "How many members have to have decided until a block is confirmed."
      ).titled("Confirmation by a committee"),
    ] + timeouts).used { $0.kind == .bft }

  private static let timeouts = [
    Parameter.duration(
      "bft.timeout_propose", \.bft.timeouts.propose, "How long members wait for a proposal."),
    .duration(
      "bft.timeout_propose_delta", \.bft.timeouts.proposeDelta, "How much longer with each round."
    ).titled("Growth of the timeout of proposals"),
    .duration(
      "bft.timeout_prevote", \.bft.timeouts.prevote,
      "How long they wait for prevotes that agree, once a quorum has voted."),
    .duration(
      "bft.timeout_prevote_delta", \.bft.timeouts.prevoteDelta, "How much longer with each round."
    ).titled("Growth of the timeout of prevotes"),
    .duration(
      "bft.timeout_precommit", \.bft.timeouts.precommit,
      "How long they wait for precommits that agree."),
    .duration(
      "bft.timeout_precommit_delta", \.bft.timeouts.precommitDelta,
      "How much longer with each round."
    ).titled("Growth of the timeout of precommits"),
  ]

  private static let race = [
    Parameter.distribution(
      "race.delay", .duration, \.race.delay,
      "Time that a member needs to post a batch that is closed."
    ).titled("Time to post a batch"),
    .duration(
      "race.notice", \.race.notice,
      "Time until others have heard of the first post and give theirs up."
    ).titled("Notice of a post"),
  ].used { $0.kind == .race }
}

extension SequencerSet.Policy {
  /// States what holds of any set.
  public func check(_ expect: inout Expectations) {
    guard isSet else { return }
    expect((1...128).contains(members), "members", "expected from 1 to 128 members")
    expect((0...1).contains(fault), "fault", "expected a probability from 0 to 1")
    expect((0...1).contains(penalty), "penalty", "expected a share from 0 to 1")
    expect((0...1).contains(slash), "slash", "expected a share from 0 to 1")
    expect((0...100).contains(costOfCapital), "cost_of_capital", "expected from 0 to 100 a year")
    expect((0...1e6).contains(reward), "reward", "expected from 0 to 1e6 ETH")
    if rotates { checkTerms(&expect) }
    if kind == .auction { checkSlots(&expect) }
    if kind == .bft { checkCommittee(&expect) }
  }

  private func checkTerms(_ expect: inout Expectations) {
    expect(fault < 1, "fault", "expected a probability below 1: else nobody ever makes a block")
    expect(
      (0...1_000_000).contains(rotation.termBlocks), "term_blocks", "expected at most 1e6 blocks")
    expect(
      rotation.termBlocks > 0 || rotation.term >= .shortestCycle, "term", "expected at least 1 ms")
    expect(rotation.timeout >= .shortestCycle, "timeout", "expected at least 1 ms")
  }

  private func checkSlots(_ expect: inout Expectations) {
    let rules = auction
    expect((0...1e9).contains(rules.reserve), "auction.reserve", "expected from 0 to 1e9 ETH")
    expect(
      rules.price != .outbid || rules.reserve > 0, ["auction.reserve", "auction.price"],
      "expected more than 0 ETH, from which bids rise")
    expect(
      (0.0001...1).contains(rules.outbid), "auction.outbid", "expected a share from 0.0001 to 1")
    expect(
      (1...1_000_000).contains(rules.slotBlocks), "auction.slot_blocks",
      "expected from 1 to 1e6 blocks")
    expect(
      (0...rules.slotBlocks).contains(rules.deadlineBlocks),
      ["auction.deadline_blocks", "auction.slot_blocks"], "expected at most the blocks of a slot")
    expect((0...10_000).contains(rules.soldAhead), "auction.sold_ahead", "expected at most 10,000")
    expect(
      rules.burned >= 0 && rules.donated >= 0 && rules.burned + rules.donated <= 1,
      ["auction.burned", "auction.donated"], "expected shares that are at most 1 together")
  }

  private func checkCommittee(_ expect: inout Expectations) {
    let size = CommitteeSize(members: members)
    expect(
      (0..<members).contains(bft.faulty), ["bft.faulty", "members"],
      "expected fewer faulty members than members")
    expect(
      bft.conduct != .silent || members - bft.faulty >= size.quorum,
      ["bft.faulty", "members", "bft.conduct"],
      "expected at most \(members - size.quorum) silent members of \(members): else nobody decides")
    for (path, timeout) in [
      ("bft.timeout_propose", bft.timeouts.propose), ("bft.timeout_prevote", bft.timeouts.prevote),
      ("bft.timeout_precommit", bft.timeouts.precommit),
    ] {
      expect(timeout >= .shortestCycle, "\(path)", "expected at least 1 ms")
    }
  }
}
