import Declarations
import Ledger

/// A token at an instant.
package struct TokenState: Sendable {
  package let holdings: Holdings
  /// [USD].
  let price: Double
  /// What it takes to buy what decides; nil if the market has not so many [USD].
  package let attackUSD: Double?
  package let emitted: Wei
}

/// What a run remembers of a token: of the steps in the measured window.
public struct TokenRecord: Sendable {
  private var last: TokenState?
  private var lowestPrice = Double.infinity
  private var steps = 0
  private var rewardsUSD = 0.0
  private var stakedUSD = 0.0
  private var (boughtUSD, soldUSD) = (0.0, 0.0)
  /// What the operator had for tokens that he took for gas, and how much of it is a gain [USD].
  private var (gasUSD, gainUSD) = (0.0, 0.0)

  mutating func note(_ state: TokenState, rewards: Wei, sharedUSD: Double) {
    last = state
    lowestPrice = min(lowestPrice, state.price)
    steps += 1
    rewardsUSD += rewards.asDouble / 1e18 * state.price + sharedUSD
    stakedUSD += state.holdings.staked.asDouble / 1e18 * state.price
  }

  mutating func buy(_ usd: Double) { boughtUSD += usd }
  mutating func sell(_ usd: Double) { soldUSD += usd }
  mutating func exchange(_ usd: Double, paid: Double) {
    gasUSD += usd
    gainUSD += usd - paid
  }

  private static let rests = PartMeasure<Token.Policy, TokenRecord>.Rests.journey(
    through: "sequencer", also: ["token", "fees", "data_fees"])

  private static func of(
    _ name: String, _ title: String, unit: String, _ meaning: String,
    _ value: @escaping @Sendable (Token.Policy, TokenState) -> Double?
  ) -> PartMeasure<Token.Policy, TokenRecord> {
    .init(.token, name, title: title, unit: unit, rests: rests, meaning) { policy, record in
      record.last.flatMap { value(policy, $0) }
    }
  }

  private static func share(_ part: Wei, _ state: TokenState) -> Double {
    part.asDouble / (state.holdings.initial + state.emitted).asDouble
  }

  /// The measures of a token.
  public static let measures: [PartMeasure<Token.Policy, TokenRecord>] =
    (prices + stocks + gas.applies(when: \.paysForGas) + stakers.applies { $0.staked > 0 })
    .applies(when: \.exists)

  private static let prices: [PartMeasure<Token.Policy, TokenRecord>] = [
    of(
      "price_usd", "Price of a token at the end", unit: "USD",
      "Price of a token at the end of the measured window, in a market of assumed depth."
    ) { $1.price },
    .init(
      .token, "price_usd_min", title: "Price of a token, lowest", unit: "USD", rests: rests,
      "The same, lowest of all steps of the measured window."
    ) { $1.steps > 0 ? $1.lowestPrice : nil },
    .init(
      .token, "sold_usd", title: "Tokens sold", unit: "USD", rests: rests,
      "What the market pays for unlocked and new tokens, in the measured window."
    ) { $1.soldUSD },
    .init(
      .token, "bought_usd", title: "Tokens bought", unit: "USD", rests: rests,
      "What fees pay for tokens, in the measured window."
    ) { $0.usesFees ? $1.boughtUSD : nil },
  ]

  private static let stocks: [PartMeasure<Token.Policy, TokenRecord>] = [
    of(
      "supply_growth", "Growth of the supply", unit: "1",
      "Tokens that were emitted less those that were destroyed, over the supply at the start."
    ) { ($1.emitted - $1.holdings.burned).asDouble / $1.holdings.initial.asDouble },
    of(
      "float_share", "Share of tokens that can be sold", unit: "1",
      "Share of all tokens in hands, stakes or the pool at the end of the measured window."
    ) { share($1.holdings.float, $1) },
    of(
      "burned_share", "Share of tokens destroyed", unit: "1",
      "Share of all tokens that were destroyed."
    ) { $0.use == .burn ? share($1.holdings.burned, $1) : nil },
    of(
      "treasury_share", "Share of tokens in the treasury", unit: "1",
      "Share of all tokens that the treasury has at the end of the measured window."
    ) { share($1.holdings.treasury, $1) },
  ]

  private static let gas: [PartMeasure<Token.Policy, TokenRecord>] = [
    .init(
      .token, "gas_usd", title: "Tokens for gas sold", unit: "USD", rests: rests,
      "What the market pays the operator for tokens that he took for gas, in the measured window."
    ) { $1.gasUSD },
    .init(
      .token, "exchange_usd", title: "Gain on tokens for gas", unit: "USD", rests: rests,
      "The same less what users paid for those tokens: a part of the profit, and less than nothing for a loss."
    ) { $1.gainUSD },
    of(
      "operator_share", "Share of tokens with the operator", unit: "1",
      "Share of all tokens that the operator took for gas and has not sold at the end of the measured window."
    ) { share($1.holdings.operator, $1) },
  ]

  private static let stakers: [PartMeasure<Token.Policy, TokenRecord>] = [
    of(
      "staked_share", "Share of tokens staked at the end", unit: "1",
      "Share of all tokens that is staked at the end of the measured window."
    ) { share($1.holdings.staked, $1) },
    of(
      "staked_usd", "Value staked", unit: "USD", "What is staked at the end, at the price of then."
    ) { $1.holdings.staked.asDouble / 1e18 * $1.price },
    .init(
      .token, "yield", title: "Yield of stakers a year", unit: "1", rests: rests,
      "New tokens and shared fees a year over what is staked, mean over the measured window."
    ) { policy, record in
      guard record.stakedUSD > 0 else { return nil }
      return record.rewardsUSD / record.stakedUSD * Token.year / policy.step.seconds
    },
    of(
      "attack_usd", "Cost of a share that decides", unit: "USD",
      "What it takes to buy, from the pool at the end, as much as decides of all that is then staked; none if the pool has "
        + "not so many."
    ) { $1.attackUSD },
    of(
      "attack_possible_share", "Whether the market has a share that decides", unit: "1",
      "Whether the pool has as many tokens as that at the end: 1 or 0 in a run."
    ) { $1.attackUSD == nil ? 0 : 1 },
    of(
      "security_ratio", "Cost of a share that decides over what is secured", unit: "1",
      "The same over what the stake secures."
    ) { policy, state in
      guard policy.securedUSD > 0 else { return nil }
      return state.attackUSD.map { $0 / policy.securedUSD }
    },
  ]
}
