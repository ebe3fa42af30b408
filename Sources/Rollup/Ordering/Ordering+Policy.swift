import EventKernel
import Randomness

extension Ordering {
  /// What a scenario says about the order of transactions, and about who pays for it.
  public struct Policy: Hashable, Sendable {
    /// By what the sequencer orders what comes in.
    public var rule = Rule.firstCome
    /// Time from a user to the sequencer [s].
    public var userLatency = Distribution.constant(0)
    /// What a user adds to the price of gas where that decides [wei per gas].
    public var userTip = Distribution.constant(0)
    /// Whether bidders see what others bid.
    public var mempool = Mempool.public
    /// From one batch auction to the next.
    public var interval = SimDuration.seconds(1)
    /// Places at the head of a batch that each of them sells.
    public var places = 1
    /// The express lane, where the rule is to sell it.
    public var lane = ExpressLane.Policy()
    /// Who looks for opportunities.
    public var searchers = SearcherPolicy()
    /// Who fills blocks with what nobody needs.
    public var spam = SpamPolicy()

    /// First come, first served, and nobody who minds.
    public init() {}

    /// What holds of a rollup whose scenario says nothing about it.
    public static let baseCase = Policy()

    /// Whether the order is another than that in which users submit.
    public var happens: Bool {
      rule != .firstCome || searchers.act || spam.acts || userLatency != .constant(0)
    }
  }

  /// By what a sequencer orders.
  public enum Rule: String, CaseIterable, Sendable {
    /// By arrival.
    case firstCome = "first_come"
    /// By what is paid beside the price of gas, then by arrival: a priority gas auction where bidders see each
    /// other (Daian et al. 2019, arXiv 1904.05234).
    case priorityFee = "priority_fee"
    /// In batches: a uniform price for the places at the head of each, the others in random order (Budish, Cramton
    /// and Shim 2015, for orders of a market).
    case batchAuction = "batch_auction"
    /// By arrival, with a delay for all but who has bought the lane for a round (Timeboost).
    case expressLane = "express_lane"
    /// In random order within a block.
    case random
  }

  /// Whether bidders see what others bid before a block has it.
  public enum Mempool: String, CaseIterable, Sendable {
    /// They do, after the time that a message takes, and raise.
    case `public`
    /// They do not: each bids once.
    case `private`
  }
}

/// Who fills blocks with what nobody needs, at the price that the rule asks.
public struct SpamPolicy: Hashable, Sendable {
  /// Transactions a second, Poisson [1/s]; 0 for none.
  public var rate = 0.0
  /// Layer 2 gas of one.
  public var gas: UInt64 = 1_000_000
  /// Its bytes before compression.
  public var bytes: UInt64 = 200
  /// What it pays beside the price of gas where that decides [wei per gas].
  public var tip: UInt64 = 0
  /// When it begins, from the start of the run.
  public var begins = SimDuration.zero
  /// When it ends; zero for never.
  public var ends = SimDuration.zero
  /// What may be spent [coins]; 0 for no bound.
  public var budget = 0.0

  /// Nobody does.
  public init() {}

  /// Whether anybody does.
  public var acts: Bool { rate > 0 }
}

extension ExpressLane {
  /// What a scenario says about the express lane: the constants of Timeboost.
  ///
  /// Source: OffchainLabs/nitro-contracts, `ExpressLaneAuction.sol` (sealed bids, the winner pays the second bid or the
  /// reserve price); Arbitrum docs, Timeboost: rounds of 60 s, auctions that close 15 s before, a reserve price of
  /// 0.001 ETH; OffchainLabs/nitro, `execution/gethexec/sequencer.go` (all others wait for 200 ms in rounds with a
  /// controller, and nobody does in others).
  public struct Policy: Hashable, Sendable {
    /// Length of a round.
    public var round = SimDuration.seconds(60)
    /// Time from when bids close to the round.
    public var closing = SimDuration.seconds(15)
    /// Delay of all others.
    public var advantage = SimDuration(nanoseconds: 200_000_000)
    /// Least price of a round [coins].
    public var reserve = 0.001
    /// What a bidder thinks that a round is worth to him, over what it is in the mean.
    public var signal = Distribution.constant(1)
    /// Whether the controller sells the lane on, opportunity by opportunity.
    public var resale = false

    /// The constants of Timeboost.
    public init() {}
  }
}
