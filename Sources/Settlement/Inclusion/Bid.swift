import EventKernel

/// The most that a sender pays (EIP-1559 and EIP-4844), and how it raises a bid that is not taken.
///
/// What stands at a given age is derived, so a bid takes no event and no state.
public struct Bid: Hashable, Sendable {
  /// Most per gas, base fee and tip together [wei].
  public var feeCap: UInt64
  /// Most that goes to the proposer per gas [wei].
  public var tip: UInt64
  /// Most per unit of blob gas [wei].
  public var blobFeeCap: UInt64
  /// How the fee cap is found.
  public var capRule = CapRule.fixed
  /// When the transaction is replaced by one that bids more.
  public var replacementRule = ReplacementRule.never
  /// Time between replacements that come at an interval.
  public var replaceAfter = SimDuration.seconds(300)
  /// How much more each replacement bids [percent].
  ///
  /// Nodes take a replacement only for 10 percent more, or 100 for a blob transaction (geth,
  /// `txpool`).
  public var bumpPercent: UInt64 = 10
  /// Transactions of the sender that nodes keep, and so the most that one block includes.
  public var maxPending = 1_000_000

  /// Creates a bid that is never raised.
  public init(feeCap: UInt64, tip: UInt64, blobFeeCap: UInt64) {
    self.feeCap = feeCap
    self.tip = tip
    self.blobFeeCap = blobFeeCap
  }

  /// How the fee cap of a bid is found.
  public enum CapRule: String, CaseIterable, Sendable {
    /// It is the bid's own.
    case fixed
    /// By the backlog and age, as Nitro's batch poster does.
    case nitro
  }

  /// A price that stands in the mempool.
  struct Standing {
    let feeCap: UInt64
    let tip: UInt64
    let blobFeeCap: UInt64
    let replacements: Int
  }

  /// The price that stands when the transaction has waited `age` with `queued` of its sender.
  func standing(age: SimDuration, queued: Int) -> Standing {
    let (count, lastChange) = replacements(by: age)
    let cap =
      switch capRule {
      case .fixed: raised(feeCap, count)
      case .nitro: Self.nitroFeeCap(queued: queued, age: lastChange)
      }
    return Standing(
      feeCap: cap, tip: raised(tip, count), blobFeeCap: raised(blobFeeCap, count),
      replacements: count)
  }

  /// A price after `count` rises, rounded up, at most 2^62 wei.
  private func raised(_ price: UInt64, _ count: Int) -> UInt64 {
    var price = UInt128(price)
    for _ in 0..<count {
      price = min((price * UInt128(100 + bumpPercent) + 99) / 100, 1 << 62)
    }
    return UInt64(price)
  }

  /// The fee cap of Nitro's batch poster: (2q)² + 10·(t / 10 min)² + 60 gwei, at most 10^9 gwei.
  ///
  /// Source: Nitro, `arbnode/batch_poster.go`, default of `max-fee-cap-formula`, with q queued batches
  /// and t the age of the oldest. Rounded down to the wei.
  ///
  /// - Returns: the cap [wei per gas].
  public static func nitroFeeCap(queued: Int, age: SimDuration) -> UInt64 {
    let gwei: UInt128 = 1_000_000_000
    let backlog = UInt128(min(queued, 1_000_000)) * 2
    let age = UInt128(min(age.nanoseconds, SimDuration.days(3650).nanoseconds))
    let tenMinutes = UInt128(SimDuration.seconds(600).nanoseconds)
    let ageTerm = 10 * age * age / tenMinutes * gwei / tenMinutes
    return UInt64(min(backlog * backlog * gwei + ageTerm + 60 * gwei, 1_000_000_000 * gwei))
  }
}

/// When a sender replaces a transaction that is not included.
public enum ReplacementRule: String, CaseIterable, Sendable {
  /// Never.
  case never
  /// Each time that it has waited for an interval.
  case interval
  /// At the ages of Nitro's data poster: 5, 10, 30 min, 1, 4, 8, 16, 22 h.
  case nitro
}

extension Bid {
  /// Ages at which Nitro replaces a blob transaction [min].
  ///
  /// Source: Nitro, `arbnode/dataposter/data_poster.go`, default of `blob-tx-replacement-times`.
  static let nitroReplacementMinutes: [Int64] = [5, 10, 30, 60, 240, 480, 960, 1320]

  /// How often a transaction was replaced by `age`, and its age at the last time, zero without.
  func replacements(by age: SimDuration) -> (count: Int, lastChange: SimDuration) {
    switch replacementRule {
    case .never: return (0, .zero)
    case .interval:
      guard replaceAfter > .zero else { return (0, .zero) }
      // A hundred rises of 10 percent are a factor of 13,000.
      let count = min(age.nanoseconds / replaceAfter.nanoseconds, 100)
      return (Int(count), replaceAfter * count)
    case .nitro:
      let count = Self.nitroReplacementMinutes.count { .seconds($0 * 60) <= age }
      let last = count == 0 ? 0 : Self.nitroReplacementMinutes[count - 1]
      return (count, .seconds(last * 60))
    }
  }
}
