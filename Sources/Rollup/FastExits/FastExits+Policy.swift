import Declarations
import EventKernel
import Randomness

extension FastExits {
  /// What a scenario says about withdrawals, and who pays them out before they are due.
  public struct Policy: Hashable, Sendable {
    /// Withdrawals a second, Poisson [1/s]; 0 for none.
    public var rate = 0.0
    /// What one withdraws [coins].
    public var amount = Distribution.lognormal(mean: 1, cv: 3)
    /// What waiting costs a user, as a share of the amount a year.
    public var impatience = Distribution.constant(0.05)
    /// Users who withdraw together beside those; 0 for none.
    public var runUsers = 0
    /// When they begin to, from the start of the run [s].
    public var runAt = Distribution.constant(0)
    /// Time until one of them acts [s].
    public var runHesitation = Distribution.exponential(mean: 3600)
    /// What providers have to pay out [coins]; 0 where nobody does.
    public var capital = 0.0
    /// What they take.
    public var fee = LiquidityFee()
    /// What they wait for.
    public var paysAfter = Stage.soft
    /// Time from then until they pay [s].
    public var delay = Distribution.constant(60)
    /// What the transaction takes that pays [gas].
    public var gas: UInt64 = 100_000
    /// The probability that they compute the state themselves before they pay what somebody has claimed.
    public var checks = 1.0
    /// What an adversary withdraws by a claim that is wrong [coins].
    public var fakeAmount = 0.0

    /// Nobody withdraws.
    public init() {}

    /// What holds of a rollup whose scenario says nothing about it.
    public static let baseCase = Policy()

    /// Whether anybody withdraws, if only what nobody has.
    public var happens: Bool {
      rate > 0 || runUsers > 0 || fakeAmount > 0 && hasProviders && paysAfter == .claimed
    }
    /// Whether anybody pays out.
    public var hasProviders: Bool { capital > 0 }
  }

  /// What a provider waits for before he pays.
  public enum Stage: String, CaseIterable, Sendable {
    /// A block of the rollup has the withdrawal: he trusts its sequencer.
    case soft
    /// A block of the settlement chain has its data.
    case included
    /// That block is final.
    case settled
    /// A block has a claim that covers it.
    case claimed
  }
}

extension FastExits.Policy {
  /// What a scenario can say about fast exits.
  public static let parameters: [PartParameter<FastExits.Policy>] =
    [
      .number(
        "rate", .rate, \.rate, "Withdrawals in coins per unit of time, Poisson; 0 for none.",
        affects: [.fastExit]
      ).titled("Withdrawals"),
      .whole(
        "run_users", .count, \.runUsers,
        "Users who withdraw together beside those: a run on the bridge; 0 for none.",
        affects: [.fastExit]
      ).titled("Users of a run on the bridge"),
    ] + demand + supply

  private static let demand = [PartParameter<FastExits.Policy>]([
    .distribution("amount", .ether, \.amount, "What one withdraws.")
      .titled("Amount of a withdrawal"),
    .distribution(
      "impatience", .share, \.impatience,
      "What waiting costs a user, as a share of the amount a year; who pays less than that for the time that a "
        + "fast exit saves takes it."
    ).titled("Cost of waiting a year"),
    .distribution(
      "run_at", .duration, \.runAt,
      "When users of a run begin to, from the start of the run, warm-up included."
    ).titled("When a run on the bridge begins").used { $0.runUsers > 0 },
    .distribution(
      "run_hesitation", .duration, \.runHesitation, "Time until one of them acts."
    ).titled("Time until a user of a run acts").used { $0.runUsers > 0 },
  ]).used(when: \.happens)

  private static let supply =
    [PartParameter<FastExits.Policy>]([
      .number(
        "capital", .ether, \.capital, "What providers have to pay out; 0 where nobody does."
      ).titled("Capital of fast exits")
    ]).used(when: \.happens)
    + (LiquidityFee.parameters.lifted(under: "", to: \.fee)
    + [PartParameter<FastExits.Policy>]([
      .word("pays_after", \.paysAfter, "What providers wait for before they pay.")
        .titled("What providers wait for"),
      .distribution("delay", .duration, \.delay, "Time from then until they pay.")
        .titled("Time until providers pay"),
      .whole("gas", .gas, \.gas, "Gas of the transaction that pays.")
        .titled("Gas of a fast exit"),
      .number(
        "checks", .share, \.checks,
        "Probability that they compute the state themselves before they pay what is claimed; else they pay "
          + "whatever nobody contests."
      ).titled("Share of claims that providers check").used { $0.paysAfter == .claimed },
      .number(
        "fake_amount", .ether, \.fakeAmount,
        "What an adversary withdraws by a wrong claim, of what providers have left."
      ).titled("Amount of a fake withdrawal").used { $0.paysAfter == .claimed },
    ])).used { $0.happens && $0.hasProviders }

  /// States what holds of any fast exits.
  public func check(_ expect: inout Expectations) {
    expect((0...10_000_000).contains(runUsers), "run_users", "expected at most 1e7 users")
    expect(rate >= 0 && rate <= 1000, "rate", "expected from 0 to 1000 withdrawals a second")
    expect(capital >= 0 && capital <= 1e9, "capital", "expected from 0 to 1e9 ETH")
    expect(fakeAmount >= 0 && fakeAmount <= 1e9, "fake_amount", "expected from 0 to 1e9 ETH")
    guard happens, hasProviders else { return }
    fee.check(&expect)
    expect((0...1).contains(checks), "checks", "expected a probability from 0 to 1")
    expect(gas > 0, "gas", "expected at least 1 gas")
  }
}
