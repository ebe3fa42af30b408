import EventKernel
import Rollup
import Settlement

// What goes wrong on the settlement chain, what changes there, and who else uses it.

extension Parameter {
  static let incidents: [Parameter] =
    [
      .number(
        "settlement.demand_correlation", .share, \.settlement.demandCorrelation,
        "Correlation of the innovations of others' demand for gas and for blobs."),
      .whole(
        "settlement.starts_at", .instant, \.settlement.startsAt,
        "What the chain's clock says at the start of the run, in Unix seconds."),
    ]
    + fork(1) + fork(2) + fork(3)
    + [
      .number(
        "settlement.reorgs.probability", .share, \.settlement.reorgs.probability,
        "Probability that a block is built on an earlier block than the last."),
      .number(
        "settlement.reorgs.depth", .number, \.settlement.reorgs.meanDepth,
        "Mean number of blocks that such a block drops; geometrically distributed."),
      .whole(
        "settlement.reorgs.max_depth", .count, \.settlement.reorgs.maxDepth,
        "Most blocks that a re-org drops; final blocks never are."),
      .number(
        "settlement.censorship.share", .share, \.settlement.censorship.share,
        "Share of the blocks whose proposer leaves transactions out."),
      .word(
        "settlement.censorship.target", \.settlement.censorship.target,
        "What such a proposer leaves out."),
    ]
    + [
      .duration(
        "settlement.outages.interval", \.settlement.outages.interval,
        "Mean time between times without blocks; 0 s for none."),
      .duration(
        "settlement.outages.duration", \.settlement.outages.duration,
        "Mean length of times without blocks; 0 s for none."),
      .duration(
        "settlement.finality_stalls.interval", \.settlement.finalityStalls.interval,
        "Mean time between times in which nothing becomes final; 0 s for none.",
        affects: [.finality]),
      .duration(
        "settlement.finality_stalls.duration", \.settlement.finalityStalls.duration,
        "Mean length of times in which nothing becomes final; 0 s for none.",
        affects: [.finality]),
    ]

  private static func fork(_ number: Int) -> [Parameter] {
    let path = "settlement.forks.\(number)"
    return [
      .whole(
        "\(path).time", .instant, \.settlement.forks[number].time,
        "When fork \(number) changes the blob parameters, in Unix seconds; 0 for no fork."),
      .whole(
        "\(path).blob_target", .count, \.settlement.forks[number].rule.target,
        "Blobs per block at which the blob fee stands still from then on."),
      .whole(
        "\(path).blob_limit", .count, \.settlement.forks[number].rule.limit,
        "Blobs that fit into a block from then on."),
      .whole(
        "\(path).blob_update_fraction", .count, \.settlement.forks[number].rule.updateFraction,
        "Denominator of the exponent of the blob fee from then on."),
      .flag(
        "\(path).blob_reserve_price", \.settlement.forks[number].rule.hasReservePrice,
        "Whether the blob fee is held above a share of the base fee from then on."),
    ]
  }

  static let bids: [Parameter] = [
    .whole(
      "bid.fee_cap", .weiPerGas, \.bid.feeCap,
      "Most that the rollup pays per settlement gas, base fee and tip together."),
    .whole("bid.tip", .weiPerGas, \.bid.tip, "Tip that the rollup bids per settlement gas."),
    .whole(
      "bid.blob_fee_cap", .weiPerGas, \.bid.blobFeeCap, "Most that the rollup pays per blob gas."),
    .word(
      "bid.cap_rule", \.bid.capRule,
      "Whether the fee cap is fixed or follows backlog and age as Nitro's batch poster has it."),
    .word(
      "bid.replacement", \.bid.replacementRule,
      "When a transaction that is not included is replaced by one that bids more."),
    .duration(
      "bid.replace_after", \.bid.replaceAfter,
      "Time between replacements where they come at an interval."),
    .whole(
      "bid.bump", .count, \.bid.bumpPercent, "How much more each replacement bids, in percent."),
    .whole(
      "bid.max_pending", .count, \.settlement.pendingLimit,
      "Transactions of one sender that nodes keep, and so the most that one block includes."),
  ]

  static let deposits: [Parameter] = [
    .number(
      "deposits.rate", .rate, \.deposits.rate,
      "Deposits of users from the settlement chain, as a Poisson process; 0 for none."),
    .whole("deposits.gas", .gas, \.deposits.gas, "Settlement gas of a deposit."),
    .whole(
      "deposits.fee_cap", .weiPerGas, \.deposits.feeCap, "Most that a depositor pays per gas."),
    .whole("deposits.tip", .weiPerGas, \.deposits.tip, "Tip that a depositor bids."),
    .whole(
      "deposits.confirmations", .count, \.deposits.confirmations,
      "Settlement blocks on top of a deposit's own after which the rollup credits it.",
      affects: [.deposit]),
  ]

  static let neighbours: [Parameter] = NeighbourGroups.Size.allCases.flatMap {
    size -> [Parameter] in
    let path = "neighbours.\(size.rawValue)"
    return [
      .whole(
        "\(path).count", .count, \.neighbours[size].count,
        "Other rollups of this group that post blobs to the settlement chain."),
      .number(
        "\(path).data_rate", .bytesPerSecond, \.neighbours[size].dataRate,
        "Mean data of each after compression."),
      .number(
        "\(path).rate_cv", .number, \.neighbours[size].rateVariation,
        "Coefficient of variation of that rate from batch to batch."),
      .whole(
        "\(path).blobs_per_transaction", .count, \.neighbours[size].blobsPerTransaction,
        "Blobs at which each posts a batch."),
      .duration(
        "\(path).max_age", \.neighbours[size].maxAge,
        "Age at which each posts a batch whatever it costs."),
      .whole(
        "\(path).price_limit", .weiPerGas, \.neighbours[size].priceLimit,
        "Blob base fee above which a batch that is not that old waits."),
      .number(
        "\(path).variety", .number, \.neighbours[size].variety,
        "Coefficient of variation of data rate, max_age and price_limit from rollup to rollup."),
      .whole(
        "\(path).fee_cap", .weiPerGas, \.neighbours[size].feeCap, "Most that each pays per gas."),
      .whole("\(path).tip", .weiPerGas, \.neighbours[size].tip, "Tip that each bids."),
      .whole(
        "\(path).blob_fee_cap", .weiPerGas, \.neighbours[size].blobFeeCap,
        "Most that each pays per blob gas."),
    ]
  }
}
