import Declarations
import EventKernel

extension Bid {
  /// What a scenario can say about the bids of a rollup.
  public static let parameters: [PartParameter<Bid>] = [
    .whole(
      "fee_cap", .weiPerGas, \.feeCap,
      "Most that the rollup pays per settlement gas, base fee and tip together."
    ).used { $0.capRule == .fixed },
    .whole("tip", .weiPerGas, \.tip, "Tip that the rollup bids per settlement gas."),
    .whole(
      "blob_fee_cap", .weiPerGas, \.blobFeeCap, "Most that the rollup pays per blob gas."
    ).used { $0.capRule == .fixed },
    .word(
      "cap_rule", \.capRule,
      "Whether caps are fixed or follow cost, backlog and age as Nitro's data poster has it."),
    .word(
      "replacement", \.replacementRule,
      "When a transaction that is not included is replaced by one that bids more."
    ).titled("When a transaction is replaced"),
    .duration(
      "replace_after", \.replaceAfter,
      "Time between replacements where they come at an interval."
    ).used { $0.replacementRule == .interval },
    .whole(
      "bump", .count, \.bumpPercent,
      "How much more each replacement bids, in percent, where they come at an interval."
    ).used { $0.replacementRule == .interval },
    .whole(
      "max_pending", .count, \.maxPending,
      "Transactions of one sender that nodes keep, and so the most that one block includes."),
  ]

  /// States what holds of a rollup's bids.
  public func check(_ expect: inout Expectations) {
    expect(maxPending > 0, "max_pending", "expected at least 1")
    expect(bumpPercent <= 1000, "bump", "expected at most 1000 percent")
    expect(
      replacementRule != .interval || replaceAfter >= .seconds(1), "replace_after",
      "expected at least 1 s")
  }
}
