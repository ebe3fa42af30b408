import EventKernel
import Randomness
import Rollup

// The one table of parameters. What a scenario may say, `rollsim systems`, factor columns and error
// messages follow from it. Adding a parameter is one entry here.

extension Parameter {
  /// Every parameter, in the order of the journey of a transaction.
  public static let all: [Parameter] =
    run + workload + sequencer + poster + proposer + prover + bridge + settlement
    + demand("demand", "execution gas", .executionGas)
    + demand("blob_demand", "blobs", .blobs) + incidents + bids + deposits + neighbours + money

  private static let run: [Parameter] = [
    .word("family", \.family, "How claims about the state become final."),
    .word("phases", \.phases, "At which phase ages of batches, claims and epochs begin."),
    .duration("warmup", \.warmUp, "Transactions submitted before this instant are not measured."),
    .duration(
      "horizon", \.horizon, "Transactions submitted from this instant on are not measured."),
    .duration(
      "cooldown", \.coolDown,
      "How long a run goes on after the horizon, at most, until all measured transactions are final."
    ),
  ]

  private static let workload: [Parameter] =
    [
      .arrivals("poisson", "Independent arrivals at this rate.") {
        if case .poisson(let rate) = $0 { rate } else { nil }
      } make: {
        .poisson(rate: $0)
      },
      .arrivals("deterministic", "One arrival every 1/rate.") {
        if case .deterministic(let rate) = $0 { rate } else { nil }
      } make: {
        .deterministic(rate: $0)
      },
    ]
    + TransactionClass.allCases.map { kind in
      .number(
        "workload.mix.\(kind.name)", .number, \.workload.mix[kind.rawValue],
        "Relative frequency of this class; weights need not add up to one.")
    }
    + TransactionClass.allCases.flatMap { kind -> [Parameter] in
      let path = "workload.classes.\(kind.name)"
      return [
        .distribution(
          "\(path).gas", .gas, \.workload.profiles[kind.rawValue].gas,
          "Layer 2 gas of a transaction of this class."),
        .distribution(
          "\(path).bytes", .bytes, \.workload.profiles[kind.rawValue].bytes,
          "Bytes of a transaction of this class before compression."),
        .distribution(
          "\(path).prover_work", .number, \.workload.profiles[kind.rawValue].proverWork,
          "Prover work of a transaction of this class, in units of a plain transfer."),
      ]
    }

  private static let sequencer: [Parameter] = [
    .word("sequencer.sealing", \.sequencer.sealing, "When blocks are sealed."),
    .duration(
      "sequencer.block_interval", \.sequencer.blockInterval,
      "Time between blocks that are sealed at an interval."),
    .whole(
      "sequencer.block_gas", .gas, \.sequencer.blockGasLimit,
      "Layer 2 gas that fits into a block."),
    .whole(
      "sequencer.block_transactions", .count, \.sequencer.blockTransactionLimit,
      "Transactions that fit into a block."),
    .whole(
      "sequencer.mempool", .count, \.sequencer.mempoolCapacity,
      "Transactions that wait for a block at most; more are dropped."),
  ]

  private static let poster: [Parameter] = [
    .whole(
      "poster.max_bytes", .bytes, \.poster.maxBytes,
      "Bytes after compression at which a batch is full."),
    .duration(
      "poster.max_age", \.poster.maxAge,
      "Time after its first block at which a batch is closed."),
    .number(
      "poster.compression", .share, \.poster.compressionRatio,
      "Bytes after compression per byte before."),
    .whole(
      "poster.overhead_bytes", .bytes, \.poster.overheadBytes,
      "Bytes of a batch beside its transactions."),
    .word("poster.carrier", \.poster.carrier, "What carries the data to the settlement chain."),
    .whole(
      "poster.calldata_bytes", .bytes, \.poster.calldataPerTransaction,
      "Calldata of one settlement transaction."),
    .whole("poster.blob_bytes", .bytes, \.poster.bytesPerBlob, "Data that one blob holds."),
    .whole(
      "poster.blobs_per_transaction", .count, \.poster.blobsPerTransaction,
      "Blobs of one settlement transaction."),
    .whole(
      "poster.gas", .gas, \.batchGas,
      "Gas that a data transaction executes beside its calldata."),
    .number(
      "poster.zero_bytes", .share, \.zeroByteShare, "Share of zero bytes in published calldata."),
  ]

  private static let proposer: [Parameter] = [
    .duration("proposer.interval", \.proposer.interval, "Time between claims about the state."),
    .whole(
      "proposer.gas", .gas, \.proposer.claimGas, "Settlement gas of a claim.", affects: .money),
  ]

  private static let prover: [Parameter] = [
    .word("prover.starts_at", \.prover.startsAt, "When the prover is given a batch."),
    .distribution(
      "prover.witness_time", .duration, \.prover.witnessTime, "Time to make a batch's witness."),
    .whole(
      "prover.provers", .count, \.prover.provers, "Provers that work side by side, a batch each."),
    .distribution(
      "prover.proof_time", .duration, \.prover.proofTime,
      "The part of a proof's time that does not depend on the batch."),
    .duration(
      "prover.proof_time_per_work", \.prover.proofTimePerWork,
      "The part of a proof's time that grows with the batch, per unit of prover work."),
    .whole(
      "prover.aggregated_batches", .count, \.prover.aggregatedBatches,
      "Batches that share one proof on the settlement chain."),
    .distribution(
      "prover.aggregation_time", .duration, \.prover.aggregationTime,
      "Time to aggregate the proofs of a group."),
    .duration(
      "prover.aggregation_max_wait", \.prover.aggregationMaxWait,
      "Time after which a group is aggregated although it is not full."),
    .whole(
      "prover.gas", .gas, \.prover.verificationGas,
      "Settlement gas to verify one proof and move the state.", affects: .money),
    .number(
      "prover.rent", .usdPerHour, \.prover.usdPerHour, "Rent of one prover while it works.",
      affects: .money),
  ]

  private static let bridge: [Parameter] = [
    .duration(
      "bridge.challenge_window", \.challengeWindow,
      "Time in which a claim of an optimistic rollup can be disputed.", affects: [.finality]),
    .duration(
      "bridge.execution_delay", \.executionDelay,
      "Time that a validity rollup waits between a verified proof and its effects.",
      affects: [.finality]),
  ]

  private static let money: [Parameter] = [
    .whole(
      "fees.l2_gas_price", .weiPerGas, \.layer2GasPrice, "Price of layer 2 gas.", affects: [.fee]),
    .number("prices.eth", .usd, \.usdPerEther, "Price of one ether.", affects: .money),
  ]
}

extension TransactionClass {
  /// The name of the class in scenarios.
  public var name: String {
    switch self {
    case .transfer: "transfer"
    case .tokenTransfer: "token_transfer"
    case .swap: "swap"
    case .mint: "mint"
    case .deposit: "deposit"
    case .withdrawal: "withdrawal"
    case .privateTransfer: "private_transfer"
    case .crossRollupCall: "cross_rollup_call"
    case .deployment: "deployment"
    }
  }
}
