import Declarations
import EventKernel

extension Token {
  /// What a scenario says about the token of a rollup.
  public struct Policy: Hashable, Sendable {
    /// What fees do for those who hold it.
    public enum Use: String, CaseIterable, Sendable {
      /// Nothing: it votes.
      case governance
      /// They buy tokens, which are destroyed.
      case burn
      /// They buy tokens for the treasury.
      case buyback
      /// Stakers have them.
      case share
      /// Users pay them in it, with tokens that they buy, and the operator sells those.
      case gas
    }

    /// Tokens at the start; zero for no token.
    public var supply = 0.0
    /// Price of a token at the start [USD].
    public var priceUSD = 1.0
    /// Share of the supply that can be sold at the start, what the pool has included.
    public var circulatingShare = 0.2
    /// Share that unlocks.
    public var lockedShare = 0.4
    /// When the first of it unlocks.
    public var cliff = SimDuration.zero
    /// How long after that until all has.
    public var unlockTime = SimDuration.days(3 * 365)
    /// New tokens a year, as a share of the supply at the start.
    public var emissions = 0.0
    /// Share of tokens that are unlocked or new which is sold at once.
    public var sold = 0.5
    /// Share of tokens in hands that is staked.
    public var staked = 0.0
    /// Elasticity of that share to the yield of the last step; zero for a share that is constant.
    public var stakingResponse = 0.0
    /// Yield a year at which it is what `staked` says.
    public var yieldWanted = 0.05
    /// How long who leaves waits.
    public var unbonding = SimDuration.days(7)
    /// What fees do for those who hold it.
    public var use = Use.governance
    /// Share of what fees for gas bring that does so.
    public var useShare = 1.0
    /// How long the operator keeps tokens that he took for gas, until the next step at least.
    public var gasHold = SimDuration.zero
    /// What the market's pool has of each side at the start [USD].
    public var depthUSD = 10e6
    /// Standard deviation of the logarithm of the price in a year, by others.
    public var volatility = 0.0
    /// Share of all that is staked which decides.
    public var attackShare = 1.0 / 3
    /// What the stake secures [USD].
    public var securedUSD = 0.0
    /// Time between steps.
    public var step = SimDuration.days(1)

    /// No token.
    public static let baseCase = Policy()

    /// Whether there is a token.
    public var exists: Bool { supply > 0 }
    /// Whether fees do anything for it.
    public var usesFees: Bool { exists && use != .governance && useShare > 0 }
    /// Whether gas is paid for in it.
    public var paysForGas: Bool { usesFees && use == .gas }
  }
}

extension Token.Policy {
  private typealias One = PartParameter<Self>

  /// What a scenario can say about a token.
  public static let parameters: [PartParameter<Self>] =
    [
      .number("supply", .number, \.supply, "Tokens at the start; 0 for no token.", affects: scope)
    ] + (stocks + schedule + stakers + market).used(when: \.exists)

  /// What fees buy is paid by the operator.
  private static let scope: Set<MeasureGroup> = [.token, .profit]

  private static let stocks: [One] = [
    .number("price", .usd, \.priceUSD, "Price of a token at the start.", affects: scope)
      .titled("Price of a token"),
    .number(
      "circulating", .share, \.circulatingShare,
      "Share of the supply that can be sold at the start, what the pool has included.",
      affects: scope),
    .number("locked", .share, \.lockedShare, "Share of the supply that unlocks.", affects: scope)
      .titled("Share of tokens locked"),
  ]

  private static let schedule: [One] = [
    .duration("cliff", \.cliff, "When the first of it unlocks.", affects: scope)
      .titled("Time until the first unlock"),
    .duration("unlock", \.unlockTime, "How long after that until all has.", affects: scope)
      .titled("Time of unlocking"),
    .number(
      "emissions", .number, \.emissions,
      "New tokens a year for stakers, as a share of the supply at the start.", affects: scope),
    .number(
      "sold", .share, \.sold, "Share of unlocked and new tokens that is sold at once.",
      affects: scope
    ).titled("Share of fresh tokens sold"),
  ]

  private static let stakers: [One] = [
    .number(
      "staked", .share, \.staked, "Share of tokens in hands that is staked.", affects: scope
    ).titled("Share of tokens staked"),
    .number(
      "staking_response", .number, \.stakingResponse,
      "Elasticity of that share to the yield of the last step; 0 for a share that is constant.",
      affects: scope
    ).titled("Response of stakers to the yield").used { $0.staked > 0 },
    .number(
      "yield_wanted", .number, \.yieldWanted, "Yield a year at which that share is staked.",
      affects: scope
    ).titled("Yield that stakers want").used { $0.staked > 0 && $0.stakingResponse > 0 },
    .duration("unbonding", \.unbonding, "How long who leaves waits.", affects: scope)
      .titled("Time of unbonding").used { $0.staked > 0 },
    .number(
      "attack", .share, \.attackShare, "Share of all that is staked which decides.",
      affects: scope
    ).titled("Share of the stake that decides").used { $0.staked > 0 },
    .number("secured", .usd, \.securedUSD, "What the stake secures.", affects: scope)
      .titled("Value secured by the stake").used { $0.staked > 0 },
  ]

  private static let market: [One] = [
    .word("use", \.use, "What fees do for those who hold the token.", affects: scope),
    .number(
      "use_share", .share, \.useShare, "Share of what fees for layer 2 gas bring that does so.",
      affects: scope
    ).titled("Share of fees for the token").used { $0.use != .governance },
    .duration(
      "gas_hold", \.gasHold,
      "How long the operator keeps tokens that he took for gas, until the next step at least.",
      affects: scope
    ).titled("Time until tokens for gas are sold").used(when: \.paysForGas),
    .number(
      "depth", .usd, \.depthUSD, "What the market's pool has of each side at the start.",
      affects: scope
    ).titled("Depth of the token's market"),
    .number(
      "volatility", .number, \.volatility,
      "Standard deviation of the logarithm of the price in a year, by others.", affects: scope
    ).titled("Volatility of the token"),
    .duration("step", \.step, "Time between steps of the model.", affects: scope)
      .titled("Time between steps of the token"),
  ]

  /// States what holds of any token.
  public func check(_ expect: inout Expectations) {
    expect(supply == 0 || (1...1e15).contains(supply), "supply", "expected 0, or from 1 to 1e15")
    guard exists else { return }
    expect((1e-9...1e9).contains(priceUSD), "price", "expected from 1e-9 to 1e9 USD")
    for (share, key) in [
      (circulatingShare, "circulating"), (lockedShare, "locked"), (sold, "sold"),
      (staked, "staked"), (useShare, "use_share"),
    ] {
      expect((0...1).contains(share), .init(stringLiteral: key), "expected a share from 0 to 1")
    }
    expect(
      circulatingShare + lockedShare <= 1 + 1e-12, ["circulating", "locked"],
      "expected no more than all tokens")
    expect(
      (1...1e13).contains(depthUSD) && depthUSD <= circulatingShare * supply * priceUSD,
      ["depth", "circulating", "supply", "price"],
      "expected at least 1 USD, and no more than what circulates")
    expect((0...10).contains(emissions), "emissions", "expected from 0 to 10 a year")
    expect(
      (0..<1).contains(stakingResponse), "staking_response",
      "expected from 0 to below 1: from there on stakers overshoot by more with each step")
    for (time, key) in [(unbonding, "unbonding"), (gasHold, "gas_hold")] {
      expect(time <= .days(3650), .init(stringLiteral: key), "expected at most 3650 d")
    }
    expect(
      (1e-6...10).contains(yieldWanted), "yield_wanted", "expected from 1e-6 to 10 a year")
    expect((0...10).contains(volatility), "volatility", "expected from 0 to 10")
    expect(
      volatility * (step.seconds / Token.year).squareRoot() <= 2, ["volatility", "step"],
      "expected a deviation of at most 2 in a step")
    expect(
      attackShare > 0 && attackShare < 1, "attack", "expected a share between 0 and 1")
    expect((0...1e15).contains(securedUSD), "secured", "expected at most 1e15 USD")
    expect(
      step >= .hours(1) && step <= .days(365), "step", "expected from 1 h to 365 d")
  }
}
