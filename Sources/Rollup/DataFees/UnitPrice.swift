import Ledger

/// The price of a unit of data on Arbitrum's chains, in the integers of ArbOS.
///
/// What users pay goes to a pool; a report of what a batch cost is paid from it, as far as it goes, and moves the price
/// so that what is left over or owed is gone after so many units. Divisions round down, of negative numbers, too.
///
/// Left out: several posters, and the cap on the cost that is recognised, which is none unless the owner sets one. A report
/// comes when a batch is final, where Nitro's sequencer takes it when it is safe; and it has what the transaction paid
/// without its tip, where ArbOS multiplies an estimate of its gas with the base fee.
/// Source: OffchainLabs/nitro, `arbos/l1pricing/l1pricing.go`, `UpdateForBatchPosterSpending` (from ArbOS 10 on).
public struct UnitPrice: Hashable, Sendable {
  let reward: Int128
  let equilibrationUnits: Int128
  let inertia: Int128
  /// What a unit costs [wei].
  public private(set) var price: UInt64
  /// What is in the pool.
  public private(set) var available = Wei.zero
  /// What the poster is still owed.
  public private(set) var owed = Wei.zero
  /// What those are owed who have a reward.
  private var rewardsOwed = Wei.zero
  /// What the pool has beyond what it owes.
  public var surplus: Wei { available - owed - rewardsOwed }
  /// The same at the last report that moved the price.
  private var lastSurplus = Wei.zero
  private var units: UInt64 = 0
  /// When the last batch was posted that was reported [s from the start].
  private var lastBatch: Int64?

  /// A pool that is empty.
  public init(_ policy: DataFees.Policy) {
    reward = Int128(policy.reward)
    equilibrationUnits = Int128(policy.equilibrationUnits)
    inertia = Int128(policy.inertia)
    price = policy.unitPrice
  }

  /// Takes what users pay for units of data.
  package mutating func collect(_ fee: Wei, units count: UInt64) {
    available += fee
    units += count
  }

  /// Takes the report of a batch.
  ///
  /// - Parameters:
  ///   - cost: what it cost its poster.
  ///   - posted: when the host included it [s].
  ///   - now: when the rollup hears of it [s].
  /// - Returns: what is paid from the pool.
  package mutating func report(_ cost: Wei, posted: Int64, now: Int64) -> Wei {
    let before = available
    let allocated = allocate(posted: posted, now: now)
    owed += cost
    let due = Wei(reward * Int128(allocated))
    let rewarded = min(due, available)
    rewardsOwed += due - rewarded
    available -= rewarded
    let paid = min(owed, available)
    owed -= paid
    available -= paid
    if allocated > 0 { adjust(Int128(allocated)) }
    return before - available
  }

  /// The units that came before the batch, as if they had come evenly since the last one.
  private mutating func allocate(posted: Int64, now: Int64) -> UInt64 {
    let last = lastBatch ?? posted - 1
    lastBatch = max(last, posted)
    guard now > last else {
      defer { units = 0 }
      return units
    }
    let allocated = UInt64(UInt128(units) * UInt128(max(0, posted - last)) / UInt128(now - last))
    units -= allocated
    return allocated
  }

  private mutating func adjust(_ allocated: Int128) {
    let desired = Self.floor(-surplus.amount, over: equilibrationUnits)
    let actual = Self.floor((surplus - lastSurplus).amount, over: allocated)
    let change = Self.floor(
      (desired - actual) * allocated, over: equilibrationUnits / inertia + allocated)
    lastSurplus = surplus
    price = UInt64(clamping: Int128(price) + change)
  }

  /// ⌊number / divisor⌋ of a positive divisor.
  static func floor(_ number: Int128, over divisor: Int128) -> Int128 {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}
