import EventKernel
import Ledger
import Randomness

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The token of a rollup: who holds how many, and what the market pays.
///
/// A stock-flow model in steps: tokens unlock and are emitted by a schedule, some of them are sold, stakers come and
/// leave through a queue, and fees buy tokens, are shared, or are paid in tokens that users buy and the operator sells.
/// The market is a pool with a constant product, whose depth is assumed; others move its price by a geometric Brownian
/// motion, if at all. So a price here is what flows do to an assumed one, and no forecast. Amounts are exact, in 1e-18
/// tokens.
///
/// Source of the pool: Adams, Zinsmeister, Robinson, Uniswap v2 Core (constant product, without its fee).
public struct Token: ~Copyable {
  /// What the scenario says about the token.
  public let policy: Policy
  /// Who holds tokens.
  public private(set) var holdings: Holdings
  /// What the pool pays with [USD].
  public private(set) var poolUSD: Double
  /// What a run remembers.
  public private(set) var record = TokenRecord()
  private var leaving = HeldTokens()
  private var takings = HeldTokens()
  private var unlocked = Wei.zero
  private var emitted = Wei.zero
  private var steps: Int64 = 0
  private var stream: RandomStream

  /// A token at the start of a run.
  public init(_ policy: Policy, _ streams: StreamSource) {
    self.policy = policy
    holdings = Holdings(policy)
    poolUSD = policy.depthUSD
    stream = streams.stream("token")
    restake(policy.staked)
  }

  /// The price of a token [USD].
  public var price: Double { poolUSD / holdings.pool.asDouble * 1e18 }

  /// How many steps are due by an instant that were not taken.
  public func stepsDue(by now: SimTime) -> Int64 {
    (now - .start).nanoseconds / policy.step.nanoseconds - steps
  }

  /// Takes a step.
  ///
  /// - Parameter usd: what fees have brought the token's holders, or users have paid in it, since the last one [USD].
  /// - Returns: what the operator had beyond what users paid, for tokens for gas that he sold; less than nothing for a
  ///   loss [USD].
  @discardableResult
  public mutating func step(with usd: Double, isMeasuring: Bool) -> Double {
    steps += 1
    let time = (policy.step * steps).seconds
    let before = emitted
    let fresh = unlock(by: time) + emit(by: time)
    let (rewards, sharedUSD) = (emitted - before, policy.use == .share ? usd : 0)
    leave()
    restake(shareWanted(after: rewards, sharedUSD: sharedUSD))
    let gain = sellTakings(isMeasuring)
    use(usd, isMeasuring)
    sellFresh(fresh.scaled(by: policy.sold), isMeasuring)
    move()
    if isMeasuring { record.note(state, rewards: rewards, sharedUSD: sharedUSD) }
    precondition(holdings.sum == holdings.initial + emitted, "tokens are lost or made")
    return gain
  }

  /// What holds now.
  package var state: TokenState {
    TokenState(
      holdings: holdings, price: price, attackUSD: attackUSD, emitted: emitted)
  }

  // MARK: Schedules

  /// The part of locked tokens that has been unlocked so far, none before the cliff.
  ///
  /// - Returns: what is new of it.
  private mutating func unlock(by time: Double) -> Wei {
    let since = time - policy.cliff.seconds
    guard since >= 0 else { return .zero }
    let span = policy.unlockTime.seconds
    let due = holdings.lockedAtStart.scaled(by: span > 0 ? min(1, since / span) : 1)
    defer { unlocked = due }
    holdings.move(due - unlocked, from: \.locked, to: \.circulating)
    return due - unlocked
  }

  /// New tokens go to stakers, at once.
  ///
  /// - Returns: how many.
  private mutating func emit(by time: Double) -> Wei {
    let due = holdings.initial.scaled(by: policy.emissions * time / Self.year)
    defer { emitted = due }
    holdings.add(due - emitted, to: \.circulating)
    return due - emitted
  }

  static let year = 365 * 86_400.0

  // MARK: Stakers

  private mutating func leave() {
    holdings.move(leaving.give(at: steps).amount, from: \.unbonding, to: \.circulating)
  }

  /// What can be staked, or is.
  private var free: Wei { holdings.circulating + holdings.staked + holdings.unbonding }

  /// The share of what is free that is to be staked, after what the last step brought for what was.
  ///
  /// Assumed: it answers to the yield with a constant elasticity e, is s0 at the yield w that is wanted, and one at
  /// most. Where rewards R a year are all that stakers of F free tokens have, the yield of a share s is R / (s F), and
  /// s = s0 (R / (s F w))^e has the solution s = (s0 (R / (F w))^e)^(1 / (1 + e)). A small error of the share comes
  /// back -e times as large a step later, so that it dies out for e below one. A step that brings nothing says nothing:
  /// the share stays.
  private func shareWanted(after rewards: Wei, sharedUSD: Double) -> Double {
    guard policy.stakingResponse > 0, policy.staked > 0 else { return policy.staked }
    let income = rewards.asDouble / 1e18 * price + sharedUSD
    let free = free.asDouble
    guard income > 0, free > 0 else { return min(1, holdings.staked.asDouble / max(free, 1)) }
    let wanted = policy.yieldWanted * policy.step.seconds / Self.year
    let ofFree = income / (free / 1e18 * price) / wanted
    let share = holdings.staked.asDouble / free
    let exponent = policy.stakingResponse
    guard share > 0 else {
      return min(1, pow(policy.staked * pow(ofFree, exponent), 1 / (1 + exponent)))
    }
    return min(1, policy.staked * pow(ofFree / share, exponent))
  }

  /// Who can stake does so for a share of what is free; who leaves waits.
  private mutating func restake(_ share: Double) {
    let wanted = free.scaled(by: share)
    let more = wanted - holdings.staked
    if more > .zero {
      holdings.move(min(more, holdings.circulating), from: \.circulating, to: \.staked)
    } else if more < .zero {
      let amount = Wei.zero - more
      holdings.move(amount, from: \.staked, to: \.unbonding)
      leaving.take(amount, until: steps + wholeSteps(of: policy.unbonding))
    }
  }

  /// How many steps are no shorter than a time.
  private func wholeSteps(of time: SimDuration) -> Int64 {
    (time.nanoseconds + policy.step.nanoseconds - 1) / policy.step.nanoseconds
  }

  // MARK: The market

  private mutating func use(_ usd: Double, _ isMeasuring: Bool) {
    guard usd > 0 else { return }
    switch policy.use {
    case .governance, .share: break
    case .burn: buy(usd, to: \.burned, isMeasuring)
    case .buyback: buy(usd, to: \.treasury, isMeasuring)
    case .gas:
      // What is bought in this step is sold in the next one at the earliest.
      let hold = max(1, wholeSteps(of: policy.gasHold))
      let amount = buy(usd, to: \.operator, isMeasuring)
      takings.take(amount, for: usd, until: steps + hold)
    }
  }

  /// Sells what the operator took for gas and has kept as long as he wants to.
  ///
  /// - Returns: what that brings beyond what users paid for it [USD].
  private mutating func sellTakings(_ isMeasuring: Bool) -> Double {
    let due = takings.give(at: steps)
    guard due.usd > 0 else { return 0 }
    let usd = sell(due.amount, of: \.operator)
    if isMeasuring { record.exchange(usd, paid: due.usd) }
    return usd - due.usd
  }

  private mutating func sellFresh(_ amount: Wei, _ isMeasuring: Bool) {
    let amount = min(amount, holdings.circulating)
    guard amount > .zero else { return }
    let usd = sell(amount, of: \.circulating)
    if isMeasuring { record.sell(usd) }
  }

  /// - Returns: how many tokens that buys.
  @discardableResult
  private mutating func buy(
    _ usd: Double, to holder: WritableKeyPath<Holdings, Wei>, _ isMeasuring: Bool
  ) -> Wei {
    let amount = holdings.pool.scaled(by: usd / (poolUSD + usd))
    holdings.move(amount, from: \.pool, to: holder)
    poolUSD += usd
    if isMeasuring { record.buy(usd) }
    return amount
  }

  /// - Returns: what that brings [USD].
  private mutating func sell(_ amount: Wei, of holder: WritableKeyPath<Holdings, Wei>) -> Double {
    let usd = poolUSD * amount.asDouble / (holdings.pool + amount).asDouble
    holdings.move(amount, from: holder, to: \.pool)
    poolUSD -= usd
    return usd
  }

  /// Others trade until the pool has their price; they have no more tokens than are free.
  private mutating func move() {
    guard policy.volatility > 0 else { return }
    let deviation = policy.volatility * (policy.step.seconds / Self.year).squareRoot()
    let factor = exp(deviation * stream.standardNormal() - deviation * deviation / 2)
    let most = (holdings.pool + holdings.circulating).asDouble
    let wanted = Wei(Int128(min(most, holdings.pool.asDouble / factor.squareRoot()).rounded()))
    let before = holdings.pool
    if wanted > before {
      holdings.move(min(wanted - before, holdings.circulating), from: \.circulating, to: \.pool)
    } else {
      holdings.move(before - wanted, from: \.pool, to: \.circulating)
    }
    poolUSD *= before.asDouble / holdings.pool.asDouble
  }

  /// What it takes to buy a share of all that is staked from the pool; nil if the pool has not so many [USD].
  private var attackUSD: Double? {
    let needed = holdings.staked.scaled(by: policy.attackShare / (1 - policy.attackShare))
    guard needed < holdings.pool else { return nil }
    return poolUSD * needed.asDouble / (holdings.pool - needed).asDouble
  }
}

extension Token: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> Token { Token(copying: self, draws) }

  private init(copying other: borrowing Token, _ draws: Draws) {
    policy = other.policy
    holdings = other.holdings
    poolUSD = other.poolUSD
    record = other.record
    leaving = other.leaving
    takings = other.takings
    unlocked = other.unlocked
    emitted = other.emitted
    steps = other.steps
    stream = other.stream.copy(drawing: draws)
  }
}
