import Declarations
import Statistics

/// What a run remembers of the fee of a batch.
public struct BatchFeeRecord: Sendable {
  private var paid = Tally()
  private var verified = 0
  private var late = 0

  /// Notes a verification of so many batches.
  mutating func move(late: Int, of count: Int) {
    self.late += late
    verified += count
  }

  /// Notes what was paid for a measured batch [coins].
  mutating func pay(_ coins: Double) { paid.record(coins) }

  /// The measures of the fee.
  public static let measures: [PartMeasure<BatchFee.Policy, BatchFeeRecord>] = [
    .init(
      .aggregator, "fee_usd_mean", title: "Batch fee", unit: "USD",
      rests: .journey(through: "prover"),
      "What the sequencer pays for the proof of a batch, mean over batches with measured transactions."
    ) { policy, record in record.paid.meanIfAny.map { $0 * policy.usdPerCoin } },
    .init(
      .aggregator, "fee_coins_max", title: "Batch fee, largest", unit: "1",
      rests: .journey(through: "prover"),
      "Largest fee of a batch with measured transactions, in its coin."
    ) { $1.paid.count > 0 ? $1.paid.maximum : nil },
    .init(
      .aggregator, "late_share", title: "Share of batches verified late", unit: "1",
      rests: .journey(through: "prover"),
      "Share of batches that are verified later than the target of the fee, over the whole run."
    ) { share(Double($1.late), of: Double($1.verified)) },
  ].applies(when: \.isPaid)
}
