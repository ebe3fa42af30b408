import EventKernel
import Randomness

/// What a scenario says about opportunities and about who competes for them.
public struct SearcherPolicy: Hashable, Sendable {
  /// Searchers; of those that may enter, the most.
  public var count = 0
  /// Opportunities, Poisson [1/s].
  public var opportunities = 0.0
  /// What one is worth when it appears [coins].
  public var value = Distribution.exponential(mean: 0.01)
  /// Mean life of that value: it falls by a factor e in this time; zero where it does not fall.
  public var decay = SimDuration.zero
  /// When it is gone altogether, from when it appears [s].
  public var lifetime = Distribution.constant(60)
  /// The share of it that a searcher can take, drawn for each of them.
  public var extraction = Distribution.constant(1)
  /// A factor to that share that a searcher has for the whole run.
  public var skill = Distribution.constant(1)
  /// Time from an opportunity to a searcher's transaction at the sequencer [s], drawn for each copy.
  public var latency = Distribution.exponential(mean: 0.05)
  /// A factor to that time that a searcher has for the whole run.
  public var slowness = Distribution.constant(1)
  /// Gas of a transaction that takes an opportunity.
  public var gas: UInt64 = 200_000
  /// Gas of one that comes too late, and reverts.
  public var revertGas: UInt64 = 50_000
  /// Bytes of either, before compression.
  public var bytes: UInt64 = 300
  /// How many copies a searcher sends where time or chance decides.
  public var copying = Copying.fixed
  /// Copies, or where they are chosen the most.
  public var copies = 1
  /// Copies of the first searcher, where they are fixed; 0 for as many as the others.
  public var firstCopies = 0
  /// Copies that whoever has the express lane sends through it.
  public var laneCopies = 1
  /// What a sealed bid is.
  public var bids = Bids.shaded
  /// The first bid of an auction in the open, as a share of the value.
  public var firstBid = 0.01
  /// By which share a bid is raised.
  public var raise = 0.1
  /// Whether searchers pay for speed.
  public var investment = Investment.none
  /// What a mean latency of one second costs [USD per hour]; a tenth of that costs ten times as much.
  public var latencyCost = 1.0
  /// Whether all enter, or as many as earn what that costs.
  public var entry = Entry.fixed
  /// What it costs to take part [USD per hour].
  public var entryCost = 0.0

  /// Nobody competes.
  public init() {}

  /// Whether anybody does.
  public var act: Bool { count > 0 && opportunities > 0 }

  /// How many copies.
  public enum Copying: String, CaseIterable, Sendable {
    /// A number.
    case fixed
    /// As many as pay, given that all choose so.
    case contest
  }

  /// What a bid is that nobody sees.
  public enum Bids: String, CaseIterable, Sendable {
    /// What is best among n if the share that each can take is uniform from 0 to 1: `Contest.shade`.
    case shaded
    /// All that it is worth, as among those who know that all have the same value, and pay only if they win.
    case full
  }

  /// Whether searchers pay for speed.
  public enum Investment: String, CaseIterable, Sendable {
    /// They have the speed that they have.
    case none
    /// As much as pays, given that all choose so: `Contest`.
    case contest
  }

  /// Who takes part.
  public enum Entry: String, CaseIterable, Sendable {
    /// All.
    case fixed
    /// As many as earn what it costs.
    case free
  }
}
