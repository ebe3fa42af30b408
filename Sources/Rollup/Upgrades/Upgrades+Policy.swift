import EventKernel
import Randomness

extension Upgrades {
  /// Whether contracts can be replaced.
  public enum Rule: String, CaseIterable, Sendable {
    /// By those who hold the keys.
    case keys
    /// Not at all: what is new is another deployment, to which users move when they like.
    case immutable
  }

  /// Whether somebody queues a malicious upgrade.
  public enum Attack: String, CaseIterable, Sendable {
    /// Nobody does.
    case none
    /// Whoever has enough compromised keys does.
    case compromise
    /// The signers do, at a time.
    case signers
    /// The council does, at a time.
    case council
  }

  /// What a scenario says about upgrades.
  public struct Policy: Hashable, Sendable {
    /// Whether contracts can be replaced.
    public var rule = Rule.keys
    /// Who holds the keys.
    public var keys = SignerSet.Policy(signers: 1, threshold: 1)
    /// From the block that queues an upgrade until it may take effect.
    public var delay = SimDuration.zero
    /// The same in blocks of the settlement chain, instead of a time; 0 for a time.
    public var delayBlocks = 0
    /// Who can act in an emergency.
    public var council = SignerSet.Policy()
    /// Whether the council can replace contracts by itself.
    public var councilOverrides = true
    /// From the block in which it queues an upgrade until that may take effect.
    public var councilDelay = SimDuration.zero
    /// Whether it can cancel what the signers have queued.
    public var councilVetoes = false
    /// Whether holders of a token can.
    public var voteVetoes = false
    /// How long they vote.
    public var votePeriod = SimDuration.days(7)
    /// The share of tokens that turns out against a malicious upgrade.
    public var turnout = Distribution.constant(0.05)
    /// The share that has to.
    public var quorum = 0.05
    /// From the block that queues a malicious upgrade until those notice who can cancel it [s].
    public var detection = Distribution.exponential(mean: 86_400)
    /// Whether somebody queues a malicious one.
    public var attack = Attack.none
    /// When, from the start of the run [s], where that is certain; what lies behind the horizon never comes.
    public var attackAt = Distribution.constant(0)
    /// Upgrades that mean well, Poisson [1 / year of 365 days].
    public var perYear = 0.0
    /// Probability that one of those has a fault.
    public var faulty = 0.0
    /// How long a fault stops the rollup [s].
    public var faultFreeze = Distribution.constant(86_400)
    /// The share of all value that a fault loses.
    public var faultLoss = Distribution.constant(0)
    /// How long an upgrade without a fault stops the rollup [s].
    public var downtime = Distribution.constant(0)
    /// What the contracts hold [USD].
    public var valueLocked = 0.0
    /// What it takes to bribe one signer [USD].
    public var bribe = 0.0
    /// What a transaction takes that queues, executes or cancels an upgrade [gas].
    public var gas: UInt64 = 200_000

    /// Nobody upgrades.
    public init() {}

    /// What holds of a rollup whose scenario says nothing about upgrades.
    public static let baseCase = Policy()
  }
}

extension Upgrades.Policy {
  /// Whether anything happens.
  public var happens: Bool { attack != .none || perYear > 0 }

  /// Whether contracts are replaced, or could be.
  public var replaces: Bool { happens && rule == .keys }

  /// Whether somebody attacks.
  public var isAttacked: Bool { attack != .none && rule == .keys }

  /// Whether an attack is certain.
  public var attackIsPlanned: Bool { isAttacked && attack != .compromise }

  /// Whether somebody can cancel what is queued.
  public var canBeVetoed: Bool { isAttacked && (councilVetoes && council.exists || voteVetoes) }

  /// Whether upgrades stop the rollup.
  public var halts: Bool {
    replaces && perYear > 0 && (downtime.mean > 0 || faulty > 0 && faultFreeze.mean > 0)
  }

  /// Whether the council is a way to replace contracts.
  var hasOverride: Bool { council.exists && councilOverrides }

  /// From queueing to effect by the signers.
  var signersDelay: Delay { delayBlocks > 0 ? .blocks(delayBlocks) : .time(delay) }

  /// The fewest signers who can replace contracts.
  public var fewestSigners: Int {
    hasOverride ? min(keys.threshold, council.threshold) : keys.threshold
  }
}
