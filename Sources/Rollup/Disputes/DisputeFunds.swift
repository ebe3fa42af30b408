import EventKernel
import Ledger

/// What one side of disputes can stake, and what has become of it.
public struct DisputeFunds: Sendable {
  /// What it began with.
  let capital: Wei
  /// What is staked.
  public private(set) var locked = Wei.zero
  /// The most that was.
  public private(set) var mostLocked = Wei.zero
  /// What was lost.
  public private(set) var lost = Wei.zero
  /// What was won of the other side.
  public private(set) var won = Wei.zero
  /// What its transactions cost.
  public private(set) var spent = Wei.zero
  /// What was returned and cannot be used yet, in order of time.
  private var returning: [(at: SimTime, amount: Wei)] = []

  init(coins: Double) { capital = Wei(coins: coins) }

  /// What it can stake.
  private var free: Wei {
    capital + won - lost - spent - locked - returning.reduce(Wei.zero) { $0 + $1.amount }
  }

  /// Stakes an amount if there is so much.
  mutating func stake(_ amount: Wei, at now: SimTime) -> Bool {
    returning.removeAll { $0.at <= now }
    guard amount == .zero || amount <= free else { return false }
    lock(amount)
    return true
  }

  /// Stakes what a transaction stakes that is in the mempool again.
  mutating func lock(_ amount: Wei) {
    locked += amount
    mostLocked = max(mostLocked, locked)
  }

  /// Takes back a stake that no block has taken.
  mutating func release(_ amount: Wei) { locked -= amount }

  /// Has a stake back, to be used from a time on.
  mutating func receive(_ amount: Wei, from: SimTime) {
    locked -= amount
    if amount > .zero { returning.append((from, amount)) }
  }

  mutating func lose(_ amount: Wei) {
    locked -= amount
    lost += amount
  }

  mutating func win(_ amount: Wei) { won += amount }

  mutating func spend(_ amount: Wei) { spent += amount }
}
