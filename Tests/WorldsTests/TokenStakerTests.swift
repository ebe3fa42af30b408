import Foundation
import Ledger
import Rollup
import Testing

@testable import Worlds

/// Stakers who answer to the yield: two fifths of 400 tokens in hands are staked at a price of a dollar.
@Suite struct TokenStakerTests {
  private static var policy: Token.Policy {
    var policy = TokenTests.plain
    policy.cliff = .days(1000)
    policy.use = .share
    policy.staked = 0.4
    policy.stakingResponse = 0.5
    policy.yieldWanted = 0.365
    return policy
  }

  /// On 160 USD a yield of 0.365 a year is 0.16 USD a day; of `multiple` times that, the square root counts.
  @Test(arguments: [(1.0, 160.0), (4, 320), (0.25, 80), (100, 400), (0, 160)])
  func theYieldMovesTheStake(multiple: Double, staked: Double) {
    var token = TokenTests.token(Self.policy)
    token.step(with: 0.16 * multiple, isMeasuring: true)
    #expect(abs(token.holdings.staked.asDouble / 1e18 - staked) < 1e-9)
    #expect(abs(token.holdings.unbonding.asDouble / 1e18 - max(0, 160 - staked)) < 1e-9)
  }

  /// Without a response the share is what it was, whatever the yield.
  @Test(arguments: [0.0, 0.16, 16]) func aConstantShareDoesNotAnswer(usd: Double) {
    var policy = Self.policy
    policy.stakingResponse = 0
    var token = TokenTests.token(policy)
    token.step(with: usd, isMeasuring: true)
    #expect(token.holdings.staked == Wei(coins: 160))
  }

  /// A day without rewards moves nobody, so that the one after it is answered as if there had been none.
  @Test func aDayWithoutRewardsSaysNothing() {
    var token = TokenTests.token(Self.policy)
    token.step(with: 0, isMeasuring: true)
    #expect(token.holdings.staked == Wei(coins: 160) && token.holdings.unbonding == .zero)
    token.step(with: 0.64, isMeasuring: true)
    #expect(abs(token.holdings.staked.asDouble / 1e18 - 320) < 1e-9)
  }

  /// Where a hundred new tokens a year are the yield, the stake comes to the share of the closed form.
  ///
  /// All that is new is sold after stakers have moved, so that 400 tokens and those of a day are free at each step. A
  /// share that stays at 0.4 is off by 7 % at least. Of the error of the start 0.75^120 is left, 1e-15.
  @Test(arguments: [(0.25, 0.1), (0.5, 0.5), (0.75, 0.5), (0.75, 1)])
  func theStakeSettles(response: Double, wanted: Double) {
    var policy = Self.policy
    policy.use = .governance
    policy.lockedShare = 0
    policy.emissions = 0.1
    policy.sold = 1
    policy.stakingResponse = response
    policy.yieldWanted = wanted
    var token = TokenTests.token(policy)
    for _ in 0..<120 { token.step(with: 0, isMeasuring: true) }
    let free = 400 + 100.0 / 365
    let share = pow(0.4 * pow(100 / (free * wanted), response), 1 / (1 + response))
    #expect(abs(share / 0.4 - 1) > 0.05)
    #expect(abs(token.holdings.staked.asDouble / 1e18 / free / share - 1) < 1e-9)
  }

  /// From an elasticity of one on the stake would swing ever more.
  @Test func responsesThatOvershootAreRefused() {
    var scenario = Scenario.clockwork(.sequenceVerify)
    scenario.rollup.token = Self.policy
    scenario.rollup.token.stakingResponse = 0.99
    #expect(throws: Never.self) { try scenario.validated() }
    scenario.rollup.token.stakingResponse = 1
    #expect(throws: InvalidScenario.self) { try scenario.validated() }
    scenario.rollup.token.stakingResponse = 0.5
    scenario.rollup.token.yieldWanted = 0
    #expect(throws: InvalidScenario.self) { try scenario.validated() }
  }
}
