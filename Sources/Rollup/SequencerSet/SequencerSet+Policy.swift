import EventKernel
import Randomness

extension SequencerSet {
  /// Who makes the blocks of a rollup.
  public enum Kind: String, CaseIterable, Sendable {
    /// One operator, always.
    case soleOperator = "operator"
    /// Members one after the other, for a term each.
    case roundRobin = "round_robin"
    /// A member for each term, drawn in proportion to what he has at stake.
    case stakeWeighted = "stake_weighted"
    /// Who has bought a slot, or whoever is there where he does not use it.
    case auction
    /// A committee that decides on each block by Tendermint.
    case bft
    /// All members: whoever posts a batch first has made it.
    case race
    /// Who proposes the block of the settlement chain, one block of the rollup with each.
    case settlementProposers = "settlement_proposers"
  }

  /// What a scenario says about who makes blocks.
  public struct Policy: Hashable, Sendable {
    /// Who does.
    public var kind = Kind.soleOperator
    /// How many members there are.
    public var members = 4
    /// What one has at stake [coins].
    public var stake = Distribution.constant(0)
    /// What a stake, or what is paid for a slot ahead, costs a year as a share of it.
    public var costOfCapital = 0.05
    /// What the operator pays who has made a block [coins].
    public var reward = 0.0
    /// Probability that who has a term or a slot makes no block in it.
    public var fault = 0.0
    /// What he loses then, as a share of his stake.
    public var penalty = 0.0
    /// What who signs two blocks loses, as a share of his stake.
    public var slash = 0.05
    /// Terms of leaders.
    public var rotation = RotationRules()
    /// How slots are sold.
    public var auction = AuctionRules()
    /// How a committee decides.
    public var bft = CommitteeRules()
    /// How members race.
    public var race = RaceRules()

    /// One operator.
    public init() {}

    /// What holds of a rollup whose scenario says nothing about it.
    public static let baseCase = Policy()

    /// Whether anything but one operator makes blocks.
    public var isSet: Bool { kind != .soleOperator }
    /// Whether members take turns.
    public var rotates: Bool { kind == .roundRobin || kind == .stakeWeighted }
    /// Whether members have something at stake.
    public var hasStakes: Bool { rotates || kind == .bft || kind == .race }
  }
}

/// How long leaders lead, and what happens where one does not.
public struct RotationRules: Hashable, Sendable {
  /// How long a term is, where it does not end with a block.
  public var term = SimDuration.seconds(60)
  /// With how many blocks a term ends; 0 for a time.
  public var termBlocks = 0
  /// After how much silence the next leader begins.
  public var timeout = SimDuration.seconds(10)
  /// Time from the begin of a term until its leader is ready, where another led before [s].
  public var handover = Distribution.constant(0)

  /// A minute each.
  public init() {}
}

/// How the right to make blocks is sold.
///
/// Source: hermeznetwork/contracts, `HermezAuctionProtocol.sol`, whose figures these are but for those of bidders.
public struct AuctionRules: Hashable, Sendable {
  /// What the winner pays.
  public enum Price: String, CaseIterable, Sendable {
    /// His bid, sealed: less than the slot is worth to him, as best against others who do so too.
    case first
    /// The next bid below his, sealed.
    case second
    /// His bid, where all see bids and each has to be higher than the one before by a share.
    case outbid
  }

  /// What a slot is worth to a bidder, each for himself [coins].
  public var value = Distribution.uniform(low: 0, high: 0.1)
  /// What the winner pays.
  public var price = Price.outbid
  /// What a bid has to be at least [coins].
  public var reserve = 0.01
  /// By which share a bid has to be higher than the one before.
  public var outbid = 0.1
  /// How many blocks of the host a slot has.
  public var slotBlocks = 40
  /// After how many of them anybody may make blocks, if the winner has made none.
  public var deadlineBlocks = 20
  /// How many slots before its own bids for a slot end.
  public var soldAhead = 2
  /// What of a price is destroyed, as a share.
  public var burned = 0.4
  /// What of it is given away.
  public var donated = 0.4

  /// Those of Hermez.
  public init() {}
}

/// How a committee decides.
public struct CommitteeRules: Hashable, Sendable {
  /// What faulty members do.
  public enum Conduct: String, CaseIterable, Sendable {
    /// They send nothing.
    case silent
    /// They say one thing to one half of the others, and another to the other half.
    case equivocating
    /// They send everything late.
    case late
  }

  /// Who proposes.
  public enum Proposers: String, CaseIterable, Sendable {
    /// One after the other, from block to block and from round to round.
    case rotating
    /// One who is drawn with each round in proportion to his stake.
    case drawn
  }

  /// From when on a block counts as confirmed.
  public enum Confirmation: String, CaseIterable, Sendable {
    /// One node has decided.
    case first
    /// As many have as have to vote for it.
    case quorum
    /// All correct ones have.
    case all
  }

  /// Time that a message takes from one member to another [s].
  public var delay = Distribution.lognormal(mean: 0.1, cv: 0.5)
  /// Whether it is drawn with each message or for each pair.
  public var drawn = NodeLinks.Draw.perMessage
  /// Time in which a member checks a block [s].
  public var validation = Distribution.constant(0)
  /// How long members wait for messages.
  public var timeouts = ConsensusTimeouts()
  /// How many members are faulty, drawn at the start of a run.
  public var faulty = 0
  /// What those do.
  public var conduct = Conduct.silent
  /// How much later they send what they should [s].
  public var lag = SimDuration.seconds(1)
  /// Who proposes.
  public var proposers = Proposers.rotating
  /// From when on a block counts as confirmed.
  public var confirmation = Confirmation.quorum

  /// Four who do what they should, a tenth of a second apart.
  public init() {}
}

/// How members race to post a batch.
///
/// Source: Schwartz and Baylina, "Proof of Efficiency", ethresear.ch 11988.
public struct RaceRules: Hashable, Sendable {
  /// Time that a member needs to post a batch that is closed [s].
  public var delay = Distribution.exponential(mean: 5)
  /// Time until others have heard of the first and give theirs up; a very long one where nobody does.
  public var notice = SimDuration.seconds(12)

  /// Seconds apart.
  public init() {}
}
