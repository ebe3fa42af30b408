import Declarations
import EventKernel

extension DisputeRules {
  /// What a scenario can say about the contract.
  public static let parameters: [PartParameter<DisputeRules>] =
    [
      .word("form", \.form, "In which matches a claim is disputed.", affects: [.dispute])
        .titled("How claims are disputed")
    ]
    + (matches + groups + clocks + stakes).used(when: \.happens)

  private static let matches: [PartParameter<DisputeRules>] = [
    .whole("rounds", .count, \.rounds, "Rounds of a match: each narrows down what is disputed.")
      .titled("Rounds of a match").used { $0.form != .singleRound },
    .whole(
      "moves_per_round", .count, \.movesPerRound,
      "Moves of a round: 1 where parties answer in turn, 2 where both divide what is theirs."
    ).titled("Moves of a round").used { $0.form != .singleRound },
    .whole(
      "levels", .count, \.levels,
      "Levels of a dispute, each with stakes or a tournament of its own."
    ).titled("Levels of a dispute").used { $0.form != .singleRound },
    .whole(
      "commit_blocks", .count, \.commitBlocks,
      "Settlement blocks between the announcement of a proof of a single round and the proof; 0 for none."
    ).titled("Blocks from announcement to proof").used { $0.form == .singleRound },
    .flag("chains", \.chains, "Whether claims behind one that is rejected fall with it.")
      .titled("Claims fall with the one before"),
    .whole("move_gas", .gas, \.moveGas, "Execution gas of a move.").titled("Gas of a move"),
    .whole("step_gas", .gas, \.stepGas, "Execution gas of the last step.")
      .titled("Gas of the last step"),
    .whole(
      "timeout_gas", .gas, \.timeoutGas,
      "Execution gas of the transaction that ends a match because of its clocks."
    ).titled("Gas that ends a match by its clocks").used { $0.form != .singleRound },
  ]

  private static let groups: [PartParameter<DisputeRules>] = [
    .whole("ways", .count, \.ways, "Claims that meet in a round of a tournament.")
      .titled("Claims in a round").used(when: \.hasGroups),
    .whole(
      "max_demotions", .count, \.maxDemotions,
      "Rounds of which a claim does not win its group until it is out."
    ).titled("Rounds that a claim can lose").used { $0.form == .demotions },
  ]

  private static let clocks: [PartParameter<DisputeRules>] = [
    .duration("clock", \.clock, "Time that a party has for all its moves of a match.")
      .titled("Time of a party").used { $0.form != .singleRound && !$0.countsBlocks },
    .whole(
      "clock_blocks", .count, \.clockBlocks,
      "The same in settlement blocks, instead of a time; 0 for a time."
    ).titled("Time of a party in blocks").used { $0.form != .singleRound },
    .flag(
      "keeps_clocks", \.keepsClocks,
      "Whether what defenders have used of their time counts in their next match."
    ).titled("Clocks are kept from match to match").used(when: \.hasLaterMatches),
    .duration(
      "match_effort", \.matchEffort, "What they have back of it with each match."
    ).titled("Time back with each match").used { $0.hasLaterMatches && $0.keepsClocks },
    .word("clock_start", \.start, "From when clocks run: the claim, or the move that contests it.")
      .titled("From when clocks run").used { $0.form != .singleRound },
    .duration(
      "extension", \.extensionTime, "What a party has at least left after a move of its own."
    ).titled("Time left at least after a move").used {
      $0.form != .singleRound && !$0.countsBlocks
    },
    .whole(
      "split_depth", .count, \.splitDepth,
      "The move before which that is twice as much is one less than this; 0 for none."
    ).titled("Move of the double extension").used { $0.extensionTime > .zero },
    .duration(
      "last_extension", \.lastExtension, "What it has at least left before the last step."
    ).titled("Time left at least before the last step").used {
      $0.form != .singleRound && !$0.countsBlocks
    },
    .word(
      "ending", \.ending, "When a match ends whose last step is made: with it, or with all clocks."
    ).titled("When a match ends").used { $0.form != .singleRound },
    .duration("grace", \.grace, "Time from the end of a dispute until the claim can take effect.")
      .titled("Time from a decision to its effect").used { $0.graceBlocks == 0 },
    .whole(
      "grace_blocks", .count, \.graceBlocks,
      "The same in settlement blocks, instead of a time; 0 for a time."
    ).titled("Blocks from a decision to its effect"),
  ]

  private static let stakes: [PartParameter<DisputeRules>] = [
    .number("bond", .ether, \.bond, "What is staked with a claim, and by who contests it.")
      .titled("Stake of a claim"),
    .number(
      "bond_growth", .number, \.bondGrowth,
      "By what that is multiplied from one move to the next; 0 for no stakes with later moves."
    ).titled("Growth of stakes by move"),
    .number(
      "level_bond", .ether, \.levelBond, "What is staked at the beginning of the second level."
    )
    .titled("Stake of a level").used { $0.levels > 1 && $0.bondGrowth == 0 },
    .number(
      "level_bond_growth", .number, \.levelBondGrowth,
      "By what that is multiplied from one level to the next."
    ).titled("Growth of stakes by level").used {
      $0.levels > 1 && $0.bondGrowth == 0 && $0.levelBond > 0
    },
    .number(
      "reward", .share, \.reward, "Part of a lost stake that the winner has; the rest is burned."
    ).titled("Part of a lost stake for the winner"),
    .duration("bond_delay", \.bondDelay, "Time until a returned stake can be used again.")
      .titled("Time until a stake is returned"),
  ]

  /// States what holds of any rules.
  public func check(_ expect: inout Expectations) {
    guard happens else { return }
    expect((1...10_000).contains(rounds), "rounds", "expected 1 to 10000 rounds")
    expect((1...2).contains(movesPerRound), "moves_per_round", "expected 1 or 2 moves")
    expect((1...10).contains(levels), "levels", "expected 1 to 10 levels")
    expect((2...1000).contains(ways), "ways", "expected 2 to 1000 claims")
    expect(
      (1...10_000).contains(maxDemotions), "max_demotions", "expected 1 to 10000 demotions")
    expect(
      form != .demotions || levels == 1 && bondGrowth == 0, "form",
      "expected one level and no growth of stakes with demotions")
    expect(form != .demotions || ending == .step, "ending", "expected step with demotions")
    expect(
      (0...100_000_000).contains(clockBlocks), "clock_blocks", "expected at most 1e8 blocks")
    expect(countsBlocks || clock > .zero, "clock", "expected more than 0 s")
    expect(
      (0...100_000_000).contains(graceBlocks), "grace_blocks", "expected at most 1e8 blocks")
    expect((0...100_000).contains(commitBlocks), "commit_blocks", "expected at most 1e5 blocks")
    expect(extensionTime <= clock, "extension", "expected at most clock")
    expect(lastExtension <= clock, "last_extension", "expected at most clock")
    expect((0...1e9).contains(bond), "bond", "expected 0 to 1e9 ETH")
    expect(
      bondGrowth == 0 || (1...10).contains(bondGrowth), "bond_growth", "expected 0, or 1 to 10")
    expect(
      bondGrowth <= 1 || bond(ofMove: min(movesBeforeStep + 1, 10_000)).asDouble < 1e29,
      "bond_growth", "expected stakes of less than 1e11 ETH at the last move")
    expect((0...1e9).contains(levelBond), "level_bond", "expected 0 to 1e9 ETH")
    expect((0...10).contains(levelBondGrowth), "level_bond_growth", "expected 0 to 10")
    expect((0...1).contains(reward), "reward", "expected a share from 0 to 1")
  }
}

extension Adversary {
  /// What a scenario can say about those who contest claims.
  public static let parameters: [PartParameter<Adversary>] =
    [
      .number("wrong_share", .share, \.wrongShare, "Probability that a claim is wrong.")
        .titled("Share of claims that are wrong"),
      .word("plan", \.plan, "What an adversary does beside.").titled("Plan of an adversary"),
    ]
    + [PartParameter<Adversary>]([
      .distribution("at", .duration, \.at, "From when on it acts, from the start of the run.")
        .titled("When an adversary acts").used { $0.plan != .none },
      .whole("stakes", .count, \.stakes, "With how many stakes it contests a claim.")
        .titled("Stakes of an adversary").used { $0.plan == .delayOne || $0.plan == .delayAll },
      .word(
        "pace", \.pace,
        "When it makes a move: at once, when its time is nearly over, or so once all have staked."
      )
      .titled("When an adversary moves"),
      .duration("margin", \.margin, "How long before its time is over.")
        .titled("Margin of an adversary").used { $0.pace != .prompt },
      .distribution("response", .duration, \.response, "Time until it answers, where it is prompt.")
        .titled("Time until an adversary answers").used { $0.pace != .lastMoment },
      .number("capital", .ether, \.capital, "What it can stake and spend.")
        .titled("Capital of an adversary"),
    ]).used(when: \.acts)

  /// States what holds of any adversary.
  public func check(_ expect: inout Expectations) {
    expect((0...1).contains(wrongShare), "wrong_share", "expected a share from 0 to 1")
    expect((1...10_000).contains(stakes), "stakes", "expected 1 to 10000 stakes")
    expect((0...1e12).contains(capital), "capital", "expected 0 to 1e12 ETH")
  }
}

extension Watchers {
  /// What a scenario can say about those who look at claims.
  public static let parameters: [PartParameter<Watchers>] = [
    .whole("count", .count, \.count, "How many look at claims.").titled("Watchers"),
    .number("unavailability", .share, \.unavailability, "Share of time in which one does not work.")
      .titled("Share of time in which a watcher does not work"),
    .number(
      "common_share", .share, \.commonShare,
      "Share of that in which none works, because all share what has failed."
    ).titled("Share of failures that watchers share").used { $0.unavailability > 0 },
    .distribution("repair", .duration, \.repair, "Time until one works again that does not.")
      .titled("Time until a watcher works again").used { $0.unavailability > 0 },
    .distribution(
      "detection", .duration, \.detection,
      "Time from a block until one that works has seen what is wrong in it."
    ).titled("Time until a watcher sees what is wrong"),
    .distribution("response", .duration, \.response, "Time from a move to the answer.")
      .titled("Time until a watcher answers"),
    .duration(
      "margin", \.margin, "How long before its time is over a watcher answers at the latest."
    )
    .titled("Margin of a watcher"),
    .number("cost", .usd, \.cost, "What looking at a claim costs one; 0 if all look at any price.")
      .titled("Cost of looking at a claim"),
    .number("prize", .usd, \.prize, "What those share who look when a claim is wrong.")
      .titled("Prize for who looks at a wrong claim").used { $0.cost > 0 },
    .number("capital", .ether, \.capital, "What they can stake and spend together.")
      .titled("Capital of watchers"),
  ]

  /// States what holds of any watchers.
  public func check(_ expect: inout Expectations) {
    expect((0...1_000_000).contains(count), "count", "expected 0 to 1e6 watchers")
    expect((0...1).contains(unavailability), "unavailability", "expected a share from 0 to 1")
    expect((0...1).contains(commonShare), "common_share", "expected a share from 0 to 1")
    expect(cost >= 0, "cost", "expected at least 0 USD")
    expect(prize >= 0, "prize", "expected at least 0 USD")
    expect((0...1e12).contains(capital), "capital", "expected 0 to 1e12 ETH")
  }
}
