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
/// A stock-flow model in steps: tokens unlock and are emitted by a schedule, some of them are sold, stakers come and leave
/// through a queue, and fees buy tokens or are shared. The market is a pool with a constant product, whose depth is
/// assumed; others move its price by a geometric Brownian motion, if at all. So a price here is what flows do to an
/// assumed one, and no forecast. Amounts are exact, in 1e-18 tokens.
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
  private var leaving = FIFOQueue<Leaving>()
  private var unlocked = Wei.zero
  private var emitted = Wei.zero
  private var steps: Int64 = 0
  private var stream: RandomStream

  private struct Leaving {
    let amount: Wei
    let step: Int64
  }

  /// A token at the start of a run.
  public init(_ policy: Policy, _ streams: StreamSource) {
    self.policy = policy
    holdings = Holdings(policy)
    poolUSD = policy.depthUSD
    stream = streams.stream("token")
    restake()
  }

  /// The price of a token [USD].
  public var price: Double { poolUSD / holdings.pool.asDouble * 1e18 }

  /// How many steps are due by an instant that were not taken.
  public func stepsDue(by now: SimTime) -> Int64 {
    (now - .start).nanoseconds / policy.step.nanoseconds - steps
  }

  /// Takes a step.
  ///
  /// - Parameter usd: what fees have brought the token's holders since the last one [USD].
  public mutating func step(with usd: Double, isMeasuring: Bool) {
    steps += 1
    let time = (policy.step * steps).seconds
    let before = emitted
    let fresh = unlock(by: time) + emit(by: time)
    leave()
    restake()
    use(usd, isMeasuring)
    sell(fresh.scaled(by: policy.sold), isMeasuring)
    move()
    if isMeasuring {
      record.note(
        state, rewards: emitted - before, sharedUSD: policy.use == .share ? usd : 0)
    }
    precondition(holdings.sum == holdings.initial + emitted, "tokens are lost or made")
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
    while let first = leaving.head, first.step <= steps {
      holdings.move(first.amount, from: \.unbonding, to: \.circulating)
      leaving.removeFirst()
    }
  }

  /// Who can stake does so for a share of what is free; who leaves waits.
  private mutating func restake() {
    let free = holdings.circulating + holdings.staked + holdings.unbonding
    let wanted = free.scaled(by: policy.staked)
    let more = wanted - holdings.staked
    if more > .zero {
      holdings.move(min(more, holdings.circulating), from: \.circulating, to: \.staked)
    } else if more < .zero {
      let amount = Wei.zero - more
      holdings.move(amount, from: \.staked, to: \.unbonding)
      let wait =
        (policy.unbonding.nanoseconds + policy.step.nanoseconds - 1) / policy.step.nanoseconds
      leaving.append(Leaving(amount: amount, step: steps + wait))
    }
  }

  // MARK: The market

  private mutating func use(_ usd: Double, _ isMeasuring: Bool) {
    guard usd > 0 else { return }
    switch policy.use {
    case .governance, .share: break
    case .burn: buy(usd, to: \.burned, isMeasuring)
    case .buyback: buy(usd, to: \.treasury, isMeasuring)
    }
  }

  private mutating func buy(
    _ usd: Double, to holder: WritableKeyPath<Holdings, Wei>, _ isMeasuring: Bool
  ) {
    let amount = holdings.pool.scaled(by: usd / (poolUSD + usd))
    holdings.move(amount, from: \.pool, to: holder)
    poolUSD += usd
    if isMeasuring { record.buy(usd) }
  }

  private mutating func sell(_ amount: Wei, _ isMeasuring: Bool) {
    let amount = min(amount, holdings.circulating)
    guard amount > .zero else { return }
    let usd = poolUSD * amount.asDouble / (holdings.pool + amount).asDouble
    holdings.move(amount, from: \.circulating, to: \.pool)
    poolUSD -= usd
    if isMeasuring { record.sell(usd) }
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
    unlocked = other.unlocked
    emitted = other.emitted
    steps = other.steps
    stream = other.stream.copy(drawing: draws)
  }
}
