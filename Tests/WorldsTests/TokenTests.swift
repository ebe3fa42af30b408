import Ledger
import Randomness
import Rollup
import Testing

@testable import Worlds

/// A token's stocks and flows, by hand and under random policies.
@Suite struct TokenTests {
  /// A thousand tokens at a dollar, of which a hundred are in the pool.
  static var plain: Token.Policy {
    var policy = Token.Policy.baseCase
    policy.supply = 1000
    policy.circulatingShare = 0.5
    policy.lockedShare = 0.5
    policy.unlockTime = .days(10)
    policy.sold = 0
    policy.depthUSD = 100
    return policy
  }

  static func token(_ policy: Token.Policy, replication: UInt64 = 0) -> Token {
    Token(policy, StreamSource(seed: 1, replication: replication))
  }

  /// Nothing unlocks before the cliff, then a tenth a day.
  @Test func unlocksAreLinearFromTheCliff() {
    var policy = Self.plain
    policy.cliff = .days(3)
    var token = Self.token(policy)
    let locked = (1...14).map { _ in
      token.step(with: 0, isMeasuring: true)
      return token.holdings.locked.asDouble / 1e18
    }
    #expect(locked == [500, 500, 500, 450, 400, 350, 300, 250, 200, 150, 100, 50, 0, 0])
  }

  /// Fifty tokens into a pool of 100 and 100 USD: 100·100/150 USD are left for 150 tokens.
  @Test func whatIsSoldMovesThePrice() {
    var policy = Self.plain
    policy.sold = 1
    var token = Self.token(policy)
    token.step(with: 0, isMeasuring: true)
    #expect(abs(token.price - (10_000.0 / 150) / 150) < 1e-12)
    #expect(token.holdings.pool == Wei(coins: 150))
  }

  /// Of a token that is emitted a day one is sold, and no more.
  @Test func whatIsEmittedIsSoldOnce() {
    var policy = Self.plain
    policy.lockedShare = 0
    policy.emissions = 0.365
    policy.sold = 1
    var token = Self.token(policy)
    token.step(with: 0, isMeasuring: true)
    #expect(abs((token.holdings.pool - Wei(coins: 101)).asDouble) < 1e6)
  }

  /// Twenty-five dollars buy 100·25/125 tokens, and destroy them.
  @Test func feesBuyAndDestroy() {
    var policy = Self.plain
    policy.use = .burn
    policy.cliff = .days(100)
    var token = Self.token(policy)
    token.step(with: 25, isMeasuring: true)
    #expect(token.holdings.burned == Wei(coins: 20))
    #expect(abs(token.price - 125.0 / 80) < 1e-12)
  }

  /// Two fifths of 400 in hands are staked; a third of the stake with one's own costs 80 tokens of the pool's 100.
  @Test func theStakeHasAPrice() throws {
    var policy = Self.plain
    policy.staked = 0.4
    policy.cliff = .days(100)
    var token = Self.token(policy)
    token.step(with: 0, isMeasuring: true)
    #expect(token.holdings.staked == Wei(coins: 160))
    let cost = try #require(token.state.attackUSD)
    #expect(abs(cost - 100.0 * 80 / 20) < 1e-9)
  }

  /// Whatever happens, tokens are those of the start and new ones, and nobody owes any.
  ///
  /// 200 random policies of 60 steps; a move that is entered on one side only is found in the first step.
  @Test func supplyIsConserved() {
    for number in 0..<200 as Range<UInt64> {
      var stream = RandomStream(seed: 7, replication: number, name: "policies")
      var policy = Self.plain
      policy.emissions = stream.uniform()
      policy.sold = stream.uniform()
      policy.staked = stream.uniform()
      policy.unbonding = .days(Int64(stream.uniform() * 20))
      policy.volatility = 3 * stream.uniform()
      policy.cliff = .days(Int64(stream.uniform() * 20))
      policy.use = Token.Policy.Use.allCases[Int(number % 5)]
      policy.gasHold = .days(Int64(stream.uniform() * 10))
      policy.stakingResponse = number.isMultiple(of: 2) ? 0 : stream.uniform()
      policy.yieldWanted = 0.01 + stream.uniform()
      var token = Self.token(policy, replication: number)
      for _ in 0..<60 {
        token.step(with: 50 * stream.uniform(), isMeasuring: true)
        let holdings = token.holdings
        let emitted = holdings.sum - holdings.initial
        #expect(emitted == token.state.emitted)
        for amount in [
          holdings.locked, holdings.circulating, holdings.staked, holdings.unbonding, holdings.pool,
          holdings.treasury, holdings.operator, holdings.burned,
        ] { #expect(amount >= .zero) }
        #expect(token.price > 0)
      }
    }
  }

  /// Fees that buy tokens are the operator's cost, to the wei, and the run balances.
  @Test func theOperatorPaysForWhatFeesBuy() throws {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.horizon = .days(3)
    scenario.rollup.workload.arrivals = .deterministic(rate: 0.001)
    scenario.rollup.prover.proofTime = .constant(1)
    scenario.rollup.token = Self.plain
    scenario.rollup.token.use = .burn
    let values = try scenario.measuredAll()
    let bought = try #require(values["token_bought_usd"])
    #expect(bought > 0)
    #expect(try #require(values["profit_shares_usd_per_d"]) > 0)
  }
}
