import EventKernel
import Ledger

/// What the contract of an optimistic rollup says of claims that somebody disputes.
public struct DisputeRules: Hashable, Sendable {
  /// In which matches a claim is disputed.
  public enum Form: String, CaseIterable, Sendable {
    /// In none: claims are not disputed.
    case none
    /// One transaction proves on the host that a claim is wrong (Fuel V1, ZKOPRU).
    case singleRound = "single_round"
    /// One match at a time: who has staked plays against one opponent after the other (Arbitrum Classic and Nitro:
    /// a staker is in at most one challenge, nitro-contracts, `RollupUserLogic.createChallenge`).
    case series
    /// All matches at once, each by itself (OP's dispute games).
    case parallel
    /// All at once, and a move of the defenders counts in each match that has come to the same place (BoLD's edges).
    case edges
    /// The claims meet in groups, of each of which one is left after a round (Cartesi).
    case tournament
    /// The claims meet in groups, in rounds of one length; who does not win his is demoted, and out after some demotions
    /// (Dave, arXiv 2411.05463).
    case demotions
  }

  /// From when the clocks of a match run.
  public enum Start: String, CaseIterable, Sendable {
    /// From the block with the claim (OP: a root claim's clock; BoLD: an assertion without a rival collects time).
    case claim
    /// From the block with the move that opens the match.
    case challenge
  }

  /// When a match ends whose last step is made.
  public enum Ending: String, CaseIterable, Sendable {
    /// With the block of that step.
    case step
    /// When the loser's time is used up (Nitro: a proof hands the turn to who has nothing to answer).
    case loser
    /// When the time of both is used up, too (OP: `resolveClaim` needs the clock of each claim to have run out).
    case clocks
  }

  /// In which matches.
  public var form = Form.none
  /// Rounds of a match: each narrows down what is disputed.
  public var rounds = 1
  /// Moves of a round: one where the parties take turns in answering, two where both divide what is theirs.
  public var movesPerRound = 1
  /// Levels, each of which begins with a stake of its own, or a tournament of its own.
  public var levels = 1
  /// How many claims meet in a round of a tournament: who is right plays against all others of his group at once.
  public var ways = 2
  /// How many rounds a claim can fail to win its group of before it is out: time that censors have, over what of it
  /// makes a claim lose one round (arXiv 2411.05463, table 2: a week over 8 h).
  public var maxDemotions = 21
  /// Time that each party has for all its moves of a match.
  public var clock = SimDuration.days(7)
  /// The same in blocks of the host, instead of a time; 0 for a time.
  public var clockBlocks = 0
  /// Whether what a party has used of it counts in its next match (Cartesi's PRT: a clock for each claim).
  public var keepsClocks = false
  /// What a party has back of that with each match.
  public var matchEffort = SimDuration.zero
  /// From when it runs.
  public var start = Start.challenge
  /// What a party has at least left after a move of its own.
  public var extensionTime = SimDuration.zero
  /// One more than the move after which it is twice that; 0 for none.
  public var splitDepth = 0
  /// What it has at least left before the last step.
  public var lastExtension = SimDuration.zero
  /// When a match ends whose last step is made.
  public var ending = Ending.step
  /// Blocks between a sealed announcement of a proof of a single round and the proof.
  public var commitBlocks = 0
  /// Time from the end of a dispute until the claim may take effect.
  public var grace = SimDuration.zero
  /// The same in blocks of the host, instead of a time; 0 for a time.
  public var graceBlocks = 0
  /// Whether claims behind one that is rejected fall with it, and wait for its dispute.
  public var chains = true
  /// What is staked with a claim, and with a rival's first move [coins].
  public var bond = 0.0
  /// By what that is multiplied from one move to the next; 0 for no stakes with later moves.
  public var bondGrowth = 0.0
  /// What is staked at the beginning of the second level [coins].
  public var levelBond = 0.0
  /// By what that is multiplied from one level to the next.
  public var levelBondGrowth = 1.0
  /// The part of a lost stake that the winner has; the rest is burned.
  public var reward = 0.5
  /// Time until stakes that are returned can be used again.
  public var bondDelay = SimDuration.zero
  /// Execution gas of a move.
  public var moveGas: UInt64 = 200_000
  /// Execution gas of the last step.
  public var stepGas: UInt64 = 1_000_000
  /// Execution gas of the transaction that ends a match because of its clocks.
  public var timeoutGas: UInt64 = 100_000

  /// Claims that nobody disputes.
  public init() {}

  /// Whether claims can be disputed.
  public var happens: Bool { form != .none }
  /// Whether who is right has a claim of his own beside a wrong one: contracts that undo blocks (Fuel, ZKOPRU) have none.
  public var rivalStands: Bool { form != .singleRound }
  /// Whether one match may follow another.
  var hasLaterMatches: Bool { form == .series || form == .tournament }
  /// Whether claims meet in groups.
  var hasGroups: Bool { form == .tournament || form == .demotions }
  /// Whether time is counted in blocks of the host.
  public var countsBlocks: Bool { clockBlocks > 0 }
}

extension DisputeRules {
  /// Moves of a match before its last step: the one that opens it, and those of all rounds.
  var movesBeforeStep: Int {
    switch form {
    case .singleRound: commitBlocks > 0 ? 1 : 0
    default: 1 + rounds * movesPerRound
    }
  }

  /// What each party may use of a match [ticks of the contract's clock].
  var allowance: Int64 { countsBlocks ? Int64(clockBlocks) : clock.nanoseconds }

  /// How long a round of claims with demotions takes: both clocks of a match [ticks] (arXiv 2411.05463, section 4.4).
  var roundLength: Int64 { 2 * allowance }

  /// What a party has at least left after its move at `depth` [ticks].
  ///
  /// In time: OP extends the clock of who moves next but one, by twice as much at the split depth and by the time of
  /// a large preimage before the last step (optimism, `FaultDisputeGame.move`).
  func leastLeft(afterMove depth: Int) -> Int64 {
    // Behind the last move none of the same party follows.
    guard !countsBlocks, depth < movesBeforeStep else { return 0 }
    if depth == movesBeforeStep - 1 { return max(extensionTime, lastExtension).nanoseconds }
    return extensionTime.nanoseconds * (splitDepth > 0 && depth == splitDepth - 1 ? 2 : 1)
  }

  /// What is staked with the move at a depth, of which 0 is the claim itself.
  ///
  /// OP: `getRequiredBond` grows by a factor with each depth from 0.08 ETH on.
  func bond(ofMove depth: Int) -> Wei {
    let coins =
      if bondGrowth > 0 {
        bond * Double.power(bondGrowth, depth)
      } else if depth <= 1 {
        bond
      } else {
        stakeOfLevel(at: depth)
      }
    return Wei(coins: coins)
  }

  /// What is staked with a move that begins a level of its own; each party stakes with the first of its moves there.
  private func stakeOfLevel(at depth: Int) -> Double {
    let move = depth - 1
    guard levels > 1, let round = round(ofMove: move) else { return 0 }
    let (level, past) = round.quotientAndRemainder(dividingBy: roundsPerLevel)
    guard level > 0, past == 0 || movesPerRound == 1 && past == 1 else { return 0 }
    return levelBond * .power(levelBondGrowth, level - 1)
  }

  /// Rounds of each level; the last one may have fewer.
  private var roundsPerLevel: Int { (rounds + levels - 1) / levels }

  /// Which round, from 0 on, a move belongs to; nil for the one that opens a match and for the last step.
  func round(ofMove move: Int) -> Int? {
    move >= 1 && move < movesBeforeStep ? (move - 1) / movesPerRound : nil
  }

  /// Whether both parties have made the stakes of all levels after so many moves.
  func hasAllStakes(after moves: Int) -> Bool {
    moves >= 1 + roundsPerLevel * (levels - 1) * movesPerRound + 2
  }

  /// How many matches of the defenders follow one after the other against so many rivals.
  ///
  /// A tournament of groups of m has ⌈log_m (1 + N)⌉ rounds, and with L levels that to the L (Nehab et al., arXiv
  /// 2212.12439; Alvarez et al., arXiv 2404.10491, section 7).
  func matchesInSeries(against rivals: Int) -> Int {
    switch form {
    case .series: return rivals
    case .tournament:
      var (rounds, claims) = (0, 1)
      while claims < rivals + 1 { (rounds, claims) = (rounds + 1, claims * ways) }
      return (0..<levels).reduce(1) { product, _ in product * rounds }
    case .none, .singleRound, .parallel, .edges, .demotions: return 1
    }
  }

  /// How many matches are played at once; in rounds with demotions, how many claims come before the first one.
  func matchesAtOnce(against rivals: Int) -> Int {
    switch form {
    case .parallel, .edges, .demotions: rivals
    case .tournament: min(ways - 1, rivals)
    case .none, .singleRound, .series: 1
    }
  }
}

extension Double {
  /// The product of so many factors, from the left: the same on each machine.
  fileprivate static func power(_ factor: Double, _ count: Int) -> Double {
    (0..<count).reduce(1.0) { product, _ in product * factor }
  }
}
