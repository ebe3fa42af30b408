import EventKernel
import Ledger
import Randomness
import Rollup
import Testing

@testable import Worlds

/// Gas that is paid for in a token, by hand: a pool of 100 tokens and 100 USD.
@Suite struct TokenGasTests {
  /// Nothing unlocks in time.
  private static var quiet: Token.Policy {
    var policy = TokenTests.plain
    policy.use = .gas
    policy.cliff = .days(100)
    return policy
  }

  /// Three days of a transaction each 1000 s, whose fees pay for gas in a token that falls as others sell.
  private static var scenario: Scenario {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.horizon = .days(3)
    scenario.rollup.workload.arrivals = .deterministic(rate: 0.001)
    scenario.rollup.prover.proofTime = .constant(1)
    scenario.rollup.token = TokenTests.plain
    scenario.rollup.token.sold = 1
    scenario.rollup.token.use = .gas
    return scenario
  }

  /// Users buy 100·25/125 tokens; a step later the operator sells them for what users paid.
  @Test func whatUsersBuyIsSoldAtTheNextStep() {
    var token = TokenTests.token(Self.quiet)
    let none = token.step(with: 25, isMeasuring: true)
    #expect(none == 0)
    #expect(token.holdings.operator == Wei(coins: 20))
    #expect(token.holdings.pool == Wei(coins: 80))
    #expect(abs(token.price - 125.0 / 80) < 1e-12)
    let gain = token.step(with: 0, isMeasuring: true)
    #expect(abs(gain) < 1e-12)
    #expect(token.holdings.operator == .zero)
    #expect(token.holdings.pool == Wei(coins: 100))
    #expect(abs(token.price - 1) < 1e-12)
  }

  /// Fifty tokens that unlock and are sold leave 130 tokens and 10,000/130 USD, of which twenty tokens bring 20/150.
  @Test func theOperatorBearsTheDifference() {
    var policy = Self.quiet
    policy.cliff = .zero
    policy.sold = 1
    var token = TokenTests.token(policy)
    token.step(with: 25, isMeasuring: true)
    let gain = token.step(with: 0, isMeasuring: true)
    #expect(abs(gain - (10_000.0 / 130 * 20 / 150 - 25)) < 1e-12)
  }

  /// The price stays up for as many whole steps as tokens are held, and for one at least.
  @Test(arguments: [(0, 1), (24, 1), (36, 2), (72, 3)])
  func aHoldKeepsThePriceUp(hours: Int, steps: Int) {
    var policy = Self.quiet
    policy.gasHold = .hours(Int64(hours))
    var token = TokenTests.token(policy)
    for step in 1...5 {
      token.step(with: step == 1 ? 25 : 0, isMeasuring: true)
      #expect(abs(token.price - (step <= steps ? 125.0 / 80 : 1)) < 1e-12)
    }
  }

  /// Tokens of the first day are sold while those of the second are held: 250·20/60 USD for 25; those lose as much.
  @Test func theFirstToBuyGainsFromTheNext() {
    var policy = Self.quiet
    policy.gasHold = .days(2)
    var token = TokenTests.token(policy)
    let gains = [25.0, 125, 0, 0].map { token.step(with: $0, isMeasuring: true) }
    let first = 250.0 * 20 / 60 - 25
    for (gain, expected) in zip(gains, [0, 0, first, -first]) {
      #expect(abs(gain - expected) < 1e-12)
    }
    #expect(token.holdings.pool == Wei(coins: 100))
  }

  /// A copy has what the operator holds: both sell it at the same step for the same.
  @Test func aCopyHoldsTheSame() {
    var policy = Self.quiet
    policy.gasHold = .days(2)
    var token = TokenTests.token(policy)
    for usd in [25.0, 125] { token.step(with: usd, isMeasuring: true) }
    var copy = token.copy(drawing: .same)
    let gain = token.step(with: 0, isMeasuring: true)
    #expect(gain > 50)
    let other = copy.step(with: 0, isMeasuring: true)
    #expect(other == gain)
    #expect(copy.holdings == token.holdings)
  }

  /// Fees are what they are without a token, and the profit differs by what tokens brought less than users paid.
  @Test func theProfitHasTheLoss() throws {
    var scenario = Self.scenario
    let paid = try scenario.measuredAll()
    scenario.rollup.token.use = .governance
    let plain = try scenario.measuredAll()
    let gain = try #require(paid["token_exchange_usd"])
    #expect(gain < -0.01)
    let fees = try #require(paid["profit_gas_fees_usd_per_d"])
    #expect(fees == plain["profit_gas_fees_usd_per_d"])
    let (with, without) = (
      try #require(paid["profit_usd_per_d"]), try #require(plain["profit_usd_per_d"])
    )
    #expect(abs(with - without - gain / 3) < 1e-8)
    #expect(plain["token_exchange_usd"] == nil && plain["token_gas_usd"] == nil)
  }

  /// What the operator had and lost is what users paid, but for what he still holds.
  @Test func whatIsSoldWasBought() throws {
    let values = try Self.scenario.measuredAll()
    let bought = try #require(values["token_bought_usd"])
    let sold = try #require(values["token_gas_usd"])
    let gain = try #require(values["token_exchange_usd"])
    let cost = sold - gain
    #expect(sold > 0 && cost < bought && cost > bought / 3)
    #expect(try #require(values["token_operator_share"]) > 0)
  }

  /// Of half of the fees half as much is bought.
  @Test func aShareOfFeesIsPaidInTokens() throws {
    var scenario = Self.scenario
    let all = try #require(try scenario.measuredAll()["token_bought_usd"])
    scenario.rollup.token.useShare = 0.5
    let half = try #require(try scenario.measuredAll()["token_bought_usd"])
    #expect(half > 0 && abs(half / all - 0.5) < 1e-9)
  }

  /// Tokens that he takes are his, and he can give fees away; those that buy tokens for others he cannot.
  @Test func feesInTokensCanBeGivenAway() throws {
    var scenario = Self.scenario
    scenario.rollup.operator.shared = 0.5
    #expect(throws: Never.self) { try scenario.validated() }
    scenario.rollup.token.use = .burn
    #expect(throws: InvalidScenario.self) { try scenario.validated() }
  }
}
