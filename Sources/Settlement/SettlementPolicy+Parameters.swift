import Declarations

extension SettlementPolicy {
  /// What a scenario can say about a settlement chain.
  public static let parameters: [PartParameter<SettlementPolicy>] =
    chain
    + OthersDemand.Policy.parameters(of: "execution gas").lifted(under: "demand", to: \.demand)
    + OthersDemand.Policy.parameters(of: "blobs").lifted(under: "blob_demand", to: \.blobDemand)
    .used(when: \.hasBlobs)
    + [
      .number(
        "demand_correlation", .share, \.demandCorrelation,
        "Correlation of the innovations of others' demand for gas and for blobs."
      ).titled("Correlation of others' demand for gas and for blobs").used(when: \.hasBlobs),
      .whole(
        "starts_at", .instant, \.startsAt,
        "What the chain's clock says at the start of the run, in Unix seconds."
      ).titled("Start of the run").used(when: \.readsClock),
    ]
    + CompetitionPolicy.parameters.lifted(under: "competition", to: \.competition)
    + CompetitionPolicy.blobParameters.lifted(under: "competition", to: \.competition)
    .used(when: \.hasBlobs)
    + HistoryPolicy.parameters.lifted(under: "history", to: \.history)
    + ForkSchedule.parameters.lifted(under: "forks", to: \.forks)
    + Reorgs.Policy.parameters.lifted(under: "reorgs", to: \.reorgs)
    + Censorship.Policy.parameters.lifted(under: "censorship", to: \.censorship)
    + IncidentProcess.Policy.parameters(of: "times without blocks")
    .lifted(under: "outages", to: \.outages)
    + IncidentProcess.Policy.parameters(
      of: "times in which nothing becomes final", affects: [.finality]
    ).lifted(under: "finality_stalls", to: \.finalityStalls)

  private static let chain: [PartParameter<SettlementPolicy>] = [
    .word("blocks", \.blockProcess, "When blocks are made."),
    .duration(
      "slot", \.slot,
      "Time between slots, or the mean time between blocks where it is exponential."),
    .duration(
      "first_slot", \.firstSlot,
      "When the first slot comes: the phase of the chain against the rollup's clock."
    ).used { !$0.history.isTimed },
    .number(
      "missed_slots", .share, \.missedSlots,
      "Probability that a slot has no block."
    ).used { !$0.history.isTimed || $0.history.end == .demand },
    .word(
      "finality", \.finality, "When a block is final.",
      affects: [.finality]),
    .whole(
      "confirmations", .count, \.confirmations,
      "Blocks on top of a block after which it is final, where confirmations decide.",
      affects: [.finality]
    ).used { $0.finality == .confirmations },
    .whole(
      "slots_per_epoch", .count, \.slotsPerEpoch, "Slots in an epoch.",
      affects: [.finality]
    ).used { $0.finality == .epochs },
    .whole(
      "finality_epochs", .count, \.epochsToFinality,
      "Epoch boundaries after which a block is final, the end of its own epoch included.",
      affects: [.finality]
    ).used { $0.finality == .epochs },
    .whole(
      "gas_limit", .gas, \.gasLimit, "Execution gas that fits into a block."),
    .whole(
      "transaction_gas", .gas, \.transactionGasLimit,
      "Execution gas of one transaction at most (EIP-7825 from Osaka)."),
    .word(
      "fee_rule", \.executionFee.kind,
      "Whether the base fee moves by EIP-1559 or stays."),
    .whole(
      "fee_elasticity", .count, \.executionFee.elasticity,
      "Gas limit over gas target (EIP-1559)."),
    .whole(
      "fee_denominator", .count, \.executionFee.denominator,
      "One over the largest relative step of the base fee (EIP-1559)."
    ).used { $0.executionFee.kind == .eip1559 },
    .whole(
      "base_fee", .weiPerGas, \.initialBaseFee,
      "Base fee of the first block."),
    .whole(
      "gas_per_transaction", .gas, \.calldata.transactionGas,
      "Gas of any transaction before its data and execution."),
    .whole(
      "gas_per_zero_byte", .gas, \.calldata.zeroByteGas,
      "Gas of a zero byte of calldata (EIP-2028)."),
    .whole(
      "gas_per_byte", .gas, \.calldata.nonZeroByteGas,
      "Gas of any other byte of calldata (EIP-2028)."),
    .flag(
      "calldata_floor", \.calldata.hasFloor,
      "Whether data-heavy transactions pay a floor per byte (EIP-7623)."),
    .whole(
      "blob_target", .count, \.blobFee.target,
      "Blobs per block at which the blob fee stands still."),
    .whole(
      "blob_limit", .count, \.blobFee.limit, "Blobs that fit into a block."),
    .whole(
      "transaction_blobs", .count, \.blobFee.transactionLimit,
      "Blobs of one transaction at most (EIP-7594 from Osaka); 0 for as many as fit into a block."
    ).used(when: \.hasBlobs),
    .whole(
      "blob_update_fraction", .count, \.blobFee.updateFraction,
      "Denominator of the exponent of the blob fee (EIP-4844)."
    ).used(when: \.hasBlobs),
    .whole(
      "blob_min_base_fee", .weiPerGas, \.blobFee.minimumFee,
      "Blob base fee at no excess, below which it never falls (EIP-4844, EIP-7762)."
    ).used(when: \.hasBlobs),
    .flag(
      "blob_reserve_price", \.blobFee.hasReservePrice,
      "Whether the blob fee is held above a share of the base fee (EIP-7918)."
    ).used(when: \.hasBlobs),
    .whole(
      "blob_base_fee", .weiPerGas, \.initialBlobBaseFee,
      "Blob base fee of the first block."
    ).used(when: \.hasBlobs),
  ]
}
