import EventKernel

/// The most that a sender pays (EIP-1559 and EIP-4844), and how it raises a bid that is not taken.
///
/// What stands at a given age is derived, so a bid takes no event and no state; Nitro's alone depends on the
/// prices that it met (`NitroQuote`).
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
  /// How much more each replacement at an interval bids [percent].
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
    /// By cost, backlog and age, as Nitro's data poster does (`NitroFeeCaps`).
    case nitro
  }

  /// A price that stands in the mempool.
  struct Standing {
    let feeCap: UInt64
    let tip: UInt64
    let blobFeeCap: UInt64
    let replacements: Int
  }

  /// The price that stands when a transaction with a fixed cap has waited `age`.
  ///
  /// - Parameters:
  ///   - lead: how much older the data is than the transaction.
  ///   - blobs: that it carries.
  func standing(age: SimDuration, lead: SimDuration = .zero, blobs: UInt64 = 0) -> Standing {
    let count = replacements(by: age, lead: lead, blobs: blobs)
    let percent = bump(blobs: blobs)
    return Standing(
      feeCap: raised(feeCap, count, percent), tip: raised(tip, count, percent),
      blobFeeCap: raised(blobFeeCap, count, percent), replacements: count)
  }

  /// A price after `count` rises, rounded up, at most 2^62 wei.
  private func raised(_ price: UInt64, _ count: Int, _ percent: UInt64) -> UInt64 {
    var price = UInt128(price)
    for _ in 0..<count {
      price = min((price * UInt128(100 + percent) + 99) / 100, 1 << 62)
    }
    return UInt64(price)
  }
}
