import Ledger

/// Who holds the tokens of a rollup, in 1e-18 tokens; their sum is what there was and what was emitted.
public struct Holdings: Hashable, Sendable {
  /// What there was at the start.
  public let initial: Wei
  /// What of it was locked.
  public let lockedAtStart: Wei
  /// What cannot move yet.
  public internal(set) var locked: Wei
  /// What can be sold at any time.
  public internal(set) var circulating: Wei
  /// What stakers have staked.
  public internal(set) var staked = Wei.zero
  /// What stakers wait for.
  public internal(set) var unbonding = Wei.zero
  /// What the market's pool has.
  public internal(set) var pool: Wei
  /// What was bought back.
  public internal(set) var treasury: Wei
  /// What the operator took for gas and has not sold.
  public internal(set) var `operator` = Wei.zero
  /// What nobody can have any more.
  public internal(set) var burned = Wei.zero

  init(_ policy: Token.Policy) {
    initial = Wei(coins: policy.supply)
    pool = policy.exists ? Wei(coins: policy.depthUSD / policy.priceUSD) : .zero
    lockedAtStart = initial.scaled(by: policy.lockedShare)
    locked = lockedAtStart
    circulating = max(.zero, initial.scaled(by: policy.circulatingShare) - pool)
    treasury = .zero
    // The rest is the treasury's: it neither sells nor stakes.
    treasury = initial - locked - circulating - pool
  }

  /// All tokens, burned ones included.
  public var sum: Wei {
    locked + circulating + staked + unbonding + pool + treasury + `operator` + burned
  }

  /// What can be sold, now or later.
  public var float: Wei { circulating + staked + unbonding + pool + `operator` }

  mutating func move(
    _ amount: Wei, from giver: WritableKeyPath<Holdings, Wei>,
    to taker: WritableKeyPath<Holdings, Wei>
  ) {
    precondition(amount >= .zero && amount <= self[keyPath: giver], "tokens that nobody has")
    self[keyPath: giver] -= amount
    self[keyPath: taker] += amount
  }

  mutating func add(_ amount: Wei, to taker: WritableKeyPath<Holdings, Wei>) {
    precondition(amount >= .zero, "a negative emission")
    self[keyPath: taker] += amount
  }
}
