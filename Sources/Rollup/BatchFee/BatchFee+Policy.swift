import Declarations
import EventKernel

extension BatchFee {
  /// What a scenario says about the fee of a batch.
  public struct Policy: Hashable, Sendable {
    /// Who pays for proofs.
    public enum Rule: String, CaseIterable, Sendable {
      /// The operator, who proves himself or pays for it.
      case none
      /// The sequencer pays a fee for each batch, and whoever verifies it has that, and its costs.
      case polygon
    }

    /// Who pays for proofs.
    public var rule = Rule.none
    /// The fee at the start of a run [coins].
    public var start = 0.1
    /// Age of a batch, since it was sequenced, from which on it is verified late.
    public var target = SimDuration.seconds(1800)
    /// Factor of the fee for each batch that is late beside those that are not [thousandths].
    public var multiplier: UInt64 = 1002
    /// Price of the coin in which it is paid [USD].
    public var usdPerCoin = 1.0

    /// The figures with which the contract began.
    public init() {}

    /// Whether there is a fee.
    public var isPaid: Bool { rule != .none }
  }
}

extension BatchFee.Policy {
  /// What a scenario can say about the fee of a batch.
  public static let parameters: [PartParameter<BatchFee.Policy>] =
    [
      .word(
        "rule", \.rule, "Who pays for proofs: the operator, or a fee by the rule of Polygon zkEVM."
      ).titled("Rule of the batch fee")
    ]
    + [
      .number(
        "start", .number, \.start, "Fee of a batch at the start of a run, in its coin."
      ).titled("Batch fee at the start"),
      .duration(
        "target", \.target,
        "Age of a batch, since it was sequenced, from which on it is verified late."
      ).titled("Target of the time to verify"),
      .whole(
        "multiplier", .count, \.multiplier,
        "Factor of the fee for each batch more that is late than in time, in thousandths."
      ).titled("Multiplier of the batch fee"),
      .number("coin", .usd, \.usdPerCoin, "Price of the coin in which the fee is paid.").titled(
        "Price of the coin of the batch fee"),
    ].used(when: \.isPaid)

  /// States what holds of any fee.
  public func check(_ expect: inout Expectations) {
    guard isPaid else { return }
    expect((1e-9...1000).contains(start), "start", "expected from 1e-9 to 1000 coins")
    expect(
      (1000...1023).contains(multiplier), "multiplier",
      "expected from 1000 to 1023, as the contract does")
    expect(target <= .days(1), "target", "expected at most 1 d, as the contract does")
    expect((1e-9...1e9).contains(usdPerCoin), "coin", "expected from 1e-9 to 1e9 USD")
  }
}
