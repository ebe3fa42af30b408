import Declarations
import EventKernel

extension PostingPolicy {
  /// What a scenario can say about when data is posted.
  public static let parameters: [PartParameter<PostingPolicy>] = [
    .word("policy", \.rule, "What decides when a batch is closed and handed over.").titled(
      "Posting policy"),
    .duration(
      "interval", \.interval, "Time from one instant to the next at which batches are closed."
    ).titled("Interval of batches").used { $0.rule == .interval },
    .whole(
      "fee_limit", .weiPerGas, \.feeLimit,
      "Fee of the carrier above which a batch is held back."
    ).used { $0.rule == .priceThreshold },
    .duration(
      "deadline", \.deadline,
      "Time after its first block at which a batch is handed over, whatever fees are."
    ).titled("Age at which a batch is posted at any fee").used(when: \.watchesFees),
    .number(
      "early_fill", .share, \.earlyFill,
      "Share of a full batch from which on the open one is closed when fees are favourable; above 1 never."
    ).titled("Share at which a batch is closed early").used {
      $0.rule == .priceThreshold || $0.rule == .percentile
    },
    .number(
      "percentile", .share, \.percentile,
      "Share of past fees at or below which a fee holds nothing back."
    ).used { $0.rule == .percentile },
    .duration("window", \.window, "Time whose fees are remembered.").used {
      $0.rule == .percentile
    },
    .number(
      "urgency", .number, \.urgency,
      "What the age of data adds to the percentile at the deadline, as a multiple of it."
    ).titled("Urgency").used { $0.rule == .percentile },
    .whole(
      "blob_fee_floor", .weiPerGas, \.blobFeeFloor,
      "Least that the percentile of the blob base fee counts as."
    ).used { $0.rule == .percentile },
    .number(
      "delay_cost", .usdPerHour, \.delayCost, "What an hour of delay of one transaction costs.",
      affects: .everything
    ).titled("Cost of delay"),
    .whole(
      "expected_fee", .weiPerGas, \.expectedFee,
      "Median of the fee of the carrier that the operator expects."
    ).used { $0.rule == .costOfDelay },
    .number(
      "fee_volatility", .number, \.feeVolatility,
      "Standard deviation of the logarithm of the fee that the operator expects."
    ).used { $0.rule == .costOfDelay },
    .duration(
      "fee_reversion", \.feeReversion,
      "Time in which the operator expects a deviation of the logarithm of the fee to fall to 1/e."
    ).titled("Reversion of the fee that is expected").used { $0.rule == .costOfDelay },
  ]

  /// States what holds of any rule.
  func check(_ expect: inout Expectations) {
    switch rule {
    case .immediate: break
    case .interval:
      expect(
        interval >= .seconds(1) && interval <= .days(60), "interval", "expected from 1 s to 60 d")
    case .priceThreshold, .percentile, .costOfDelay:
      expect(
        deadline >= .seconds(1) && deadline <= .days(60), "deadline", "expected from 1 s to 60 d")
    }
    if rule == .percentile { checkPercentile(&expect) }
    if rule == .costOfDelay { checkFeeLaw(&expect) }
    if rule == .priceThreshold || rule == .percentile {
      expect((0...1e6).contains(earlyFill), "early_fill", "expected from 0 to 1e6")
    }
    expect((0...1e6).contains(delayCost), "delay_cost", "expected from 0 to 1e6 USD/h")
  }

  private func checkPercentile(_ expect: inout Expectations) {
    expect((0...1).contains(percentile), "percentile", "expected a share from 0 to 1")
    expect(window >= .seconds(1) && window <= .days(60), "window", "expected from 1 s to 60 d")
    expect((0...1e6).contains(urgency), "urgency", "expected from 0 to 1e6")
  }

  private func checkFeeLaw(_ expect: inout Expectations) {
    expect(expectedFee > 0, "expected_fee", "expected at least 1 wei")
    expect((0...3).contains(feeVolatility), "fee_volatility", "expected from 0 to 3")
    expect(
      feeReversion >= .seconds(1) && feeReversion <= .days(365), "fee_reversion",
      "expected from 1 s to 365 d")
  }
}
