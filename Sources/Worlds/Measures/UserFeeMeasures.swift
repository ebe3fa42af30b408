import Declarations
import Rollup

// What users pay in all, beside what the price of gas and the rule of data fees say of it.

extension JourneyMeasures {
  /// What the mean transaction pays, in the money in which costs are counted.
  static let userFees: [JourneyMeasure] = [
    JourneyMeasure(
      .fee, "user_usd_per_tx_mean", title: "What users pay per transaction", unit: "USD",
      rests: .journey(through: "neighbours", also: ["fees", "data_fees", "prices"]),
      "What a transaction pays in all, for layer 2 gas, for data and as a premium, in US dollars at prices.eth; "
        + "mean over those in measured batches, with those of rollups that settle here and of searchers."
    ) { subject, summary in
      summary.record.batches.posted.feePerTransaction.map {
        $0 * 1e-18 * subject.scenario.usdPerEther
      }
    }
  ]
}
