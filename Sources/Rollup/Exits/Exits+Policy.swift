import Declarations
import EventKernel
import Randomness

extension Exits {
  /// What a scenario says about users who leave without the operator.
  public struct Policy: Hashable, Sendable {
    /// Users who leave; none if nothing happens.
    public var users = 0
    /// What makes them leave.
    public var trigger = Trigger.time
    /// When they begin to, from the start of the run [s]: the operator serves no withdrawal from then on.
    public var at = Distribution.constant(0)
    /// How they leave.
    public var rule = Rule.escape
    /// Time from the block of a request that is not served to the block that may freeze the rollup.
    public var grace = SimDuration.days(7)
    /// The same in blocks of the settlement chain, instead of a time; 0 for a time.
    public var graceBlocks = 0
    /// What the request takes that the operator does not serve [gas].
    public var requestGas: UInt64 = 100_000
    /// What the transaction takes that freezes the rollup [gas].
    public var freezeGas: UInt64 = 100_000
    /// What the transaction takes by which a user leaves [gas].
    public var gas: UInt64 = 500_000
    /// How many of those the contract takes in a block; 0 for as many as there is room for.
    public var perBlock = 0
    /// Time from the block of a forced request until the operator has served it [s].
    public var service = Distribution.constant(0)
    /// Time until a user acts, from when the operator serves none [s].
    public var hesitation = Distribution.exponential(mean: 3600)
    /// What a user has there [USD].
    public var balance = Distribution.lognormal(mean: 1000, cv: 3)
    /// The share of it that a user pays for the transaction at most.
    public var worth = 0.1
    /// The share of the most that a user pays per gas which goes to the proposer if base fees leave it.
    public var tipShare = 0.1
    /// How long it is followed from when they can leave: who has not left by then is left behind.
    public var patience = SimDuration.days(7)

    /// Nobody leaves.
    public init() {}

    /// What holds of a rollup whose scenario says nothing about exits.
    public static let baseCase = Policy()

    /// Whether users leave at all.
    public var happens: Bool { users > 0 }

    /// Whether they leave because of an upgrade.
    public var followsUpgrades: Bool { happens && trigger == .upgrade }

    /// Whether they leave by the bridge.
    public var asksBridge: Bool { happens && rule == .withdrawal }
  }

  /// How users leave.
  public enum Rule: String, CaseIterable, Sendable {
    /// One asks for his balance and is not served; after a time anybody may freeze the rollup, and from then on
    /// everybody takes what he has by a proof against the last state.
    case escape
    /// Everybody asks the contract, which the operator has to obey.
    case forced
    /// Everybody withdraws as ever, and takes what he has from the bridge when that lets him.
    case withdrawal
  }

  /// What makes users leave.
  public enum Trigger: String, CaseIterable, Sendable {
    /// A time: the operator serves none from then on.
    case time
    /// A malicious upgrade that is queued, or a new deployment to move to.
    case upgrade
  }
}

extension Exits.Policy {
  /// What a scenario can say about exits.
  public static let parameters: [PartParameter<Exits.Policy>] =
    [
      .whole(
        "users", .count, \.users,
        "Users who leave together because the operator serves no withdrawal; 0 for none.",
        affects: [.exit]
      ).titled("Users who leave")
    ]
    + [PartParameter<Exits.Policy>]([
      .word(
        "trigger", \.trigger,
        "What makes them leave: a time, or an upgrade that is queued and malicious, or to move to."
      ).titled("What makes users leave"),
      .distribution(
        "at", .duration, \.at, "When they begin to, from the start of the run."
      ).titled("When users begin to leave").used { $0.trigger == .time },
      .word(
        "rule", \.rule,
        "How they leave: after a freeze, by requests that are obeyed, or by the bridge as ever."
      ).titled("How users leave"),
      .duration(
        "grace", \.grace,
        "Time from the block of a request that is not served to the freeze of the rollup."
      ).titled("Time from an unserved request to the freeze").used {
        $0.rule == .escape && $0.graceBlocks == 0
      },
      .whole(
        "grace_blocks", .count, \.graceBlocks,
        "The same in settlement blocks, instead of a time; 0 for a time."
      ).titled("Blocks from an unserved request to the freeze").used { $0.rule == .escape },
      .whole("request_gas", .gas, \.requestGas, "Gas of the request that is not served.")
        .titled("Gas of an unserved request").used { $0.rule == .escape },
      .whole("freeze_gas", .gas, \.freezeGas, "Gas that freezes the rollup.")
        .titled("Gas that freezes a rollup").used { $0.rule == .escape },
      .whole("gas", .gas, \.gas, "Gas of the transaction by which one user leaves.")
        .titled("Gas of an exit"),
      .whole(
        "per_block", .count, \.perBlock,
        "Exits that the contract takes in a settlement block; 0 for as many as there is room for."
      ).titled("Exits that a contract takes in a block"),
      .distribution(
        "service", .duration, \.service,
        "Time from the block of a forced request until the operator has served it."
      ).titled("Time until a forced request is served").used { $0.rule == .forced },
      .distribution(
        "hesitation", .duration, \.hesitation, "Time until a user acts, from when they begin to."
      ).titled("Time until a user acts"),
      .distribution("balance", .usd, \.balance, "What a user has on the rollup.")
        .titled("Balance of a user"),
      .number(
        "worth", .share, \.worth, "Share of the balance that a user pays to leave, at most."
      ).titled("Share of a balance that a user pays to leave"),
      .number(
        "tip_share", .share, \.tipShare,
        "Share of the most that a user pays per gas which is the tip, where the base fee leaves it."
      ).titled("Share of a bid that is the tip"),
      .duration(
        "patience", \.patience,
        "How long it is followed from when users can leave; who is still there is left behind."
      ).titled("Time after which users are left behind"),
    ]).used(when: \.happens)

  /// States what holds of any exits.
  public func check(_ expect: inout Expectations) {
    expect((0...10_000_000).contains(users), "users", "expected at most 1e7 users")
    guard happens else { return }
    expect(
      (0...10_000_000).contains(graceBlocks), "grace_blocks", "expected at most 1e7 blocks")
    expect(gas > 0, "gas", "expected at least 1 gas")
    expect((0...1_000_000).contains(perBlock), "per_block", "expected at most 1e6 exits")
    expect(worth > 0 && worth <= 1, "worth", "expected a share above 0 and at most 1")
    expect((0...1).contains(tipShare), "tip_share", "expected a share from 0 to 1")
    expect(patience > .zero, "patience", "expected more than 0 s")
  }
}
