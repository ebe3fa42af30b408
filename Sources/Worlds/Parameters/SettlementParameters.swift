import Settlement

extension Parameter {
  static let settlement: [Parameter] = [
    .word("settlement.blocks", \.settlement.blockProcess, "When blocks are made."),
    .duration(
      "settlement.slot", \.settlement.slot,
      "Time between slots, or the mean time between blocks where it is exponential."),
    .duration(
      "settlement.first_slot", \.settlement.firstSlot,
      "When the first slot comes: the phase of the chain against the rollup's clock."),
    .number(
      "settlement.missed_slots", .share, \.settlement.missedSlots,
      "Probability that a slot has no block."),
    .word(
      "settlement.finality", \.settlement.finality, "When a block is final.",
      affects: [.finality]),
    .whole(
      "settlement.confirmations", .count, \.settlement.confirmations,
      "Blocks on top of a block after which it is final, where confirmations decide.",
      affects: [.finality]),
    .whole(
      "settlement.slots_per_epoch", .count, \.settlement.slotsPerEpoch, "Slots in an epoch.",
      affects: [.finality]),
    .whole(
      "settlement.finality_epochs", .count, \.settlement.epochsToFinality,
      "Epoch boundaries after which a block is final, the end of its own epoch included.",
      affects: [.finality]),
    .whole(
      "settlement.gas_limit", .gas, \.settlement.gasLimit, "Execution gas that fits into a block."),
    .whole(
      "settlement.transaction_gas", .gas, \.settlement.transactionGasLimit,
      "Execution gas of one transaction at most (EIP-7825 from Osaka)."),
    .word(
      "settlement.fee_rule", \.settlement.executionFee.kind,
      "Whether the base fee moves by EIP-1559 or stays."),
    .whole(
      "settlement.fee_elasticity", .count, \.settlement.executionFee.elasticity,
      "Gas limit over gas target (EIP-1559)."),
    .whole(
      "settlement.fee_denominator", .count, \.settlement.executionFee.denominator,
      "One over the largest relative step of the base fee (EIP-1559)."),
    .whole(
      "settlement.base_fee", .weiPerGas, \.settlement.initialBaseFee,
      "Base fee of the first block."),
    .whole(
      "settlement.gas_per_transaction", .gas, \.settlement.calldata.transactionGas,
      "Gas of any transaction before its data and execution."),
    .whole(
      "settlement.gas_per_zero_byte", .gas, \.settlement.calldata.zeroByteGas,
      "Gas of a zero byte of calldata (EIP-2028)."),
    .whole(
      "settlement.gas_per_byte", .gas, \.settlement.calldata.nonZeroByteGas,
      "Gas of any other byte of calldata (EIP-2028)."),
    .flag(
      "settlement.calldata_floor", \.settlement.calldata.hasFloor,
      "Whether data-heavy transactions pay a floor per byte (EIP-7623)."),
    .whole(
      "settlement.blob_target", .count, \.settlement.blobFee.target,
      "Blobs per block at which the blob fee stands still."),
    .whole(
      "settlement.blob_limit", .count, \.settlement.blobFee.limit, "Blobs that fit into a block."),
    .whole(
      "settlement.blob_update_fraction", .count, \.settlement.blobFee.updateFraction,
      "Denominator of the exponent of the blob fee (EIP-4844)."),
    .flag(
      "settlement.blob_reserve_price", \.settlement.blobFee.hasReservePrice,
      "Whether the blob fee is held above a share of the base fee (EIP-7918)."),
    .whole(
      "settlement.blob_base_fee", .weiPerGas, \.settlement.initialBlobBaseFee,
      "Blob base fee of the first block."),
  ]

  static func demand(
    _ name: String, _ what: String, _ market: SettlementPolicy.Market
  ) -> [Parameter] {
    [
      .number(
        "settlement.\(name).level", .number, \.settlement[market].level,
        "Others' demand for \(what) at the reference fee, in multiples of the target."),
      .number(
        "settlement.\(name).volatility", .number, \.settlement[market].volatility,
        "Stationary standard deviation of the logarithm of others' demand for \(what)."),
      .duration(
        "settlement.\(name).reversion", \.settlement[market].reversion,
        "Time in which a deviation of others' demand for \(what) decays to 1/e."),
      .number(
        "settlement.\(name).elasticity", .number, \.settlement[market].elasticity,
        "Relative fall of others' demand for \(what) per relative rise of its fee."),
      .whole(
        "settlement.\(name).reference_fee", .weiPerGas, \.settlement[market].referenceFee,
        "Fee at which others' demand for \(what) stands at its level."),
      .number(
        "settlement.\(name).saturation", .number, \.settlement[market].saturation,
        "Others' demand for \(what) however low its fee, in multiples of its level."),
      .whole(
        "settlement.\(name).tip", .weiPerGas, \.settlement[market].meanTip,
        "Mean tip that others who want \(what) bid; exponentially distributed."),
      .duration(
        "settlement.\(name).congestion_interval", \.settlement[market].congestion.interval,
        "Mean time between two congestions of the market for \(what); 0 s for none."),
      .duration(
        "settlement.\(name).congestion_duration", \.settlement[market].congestion.duration,
        "Mean length of a congestion of the market for \(what); 0 s for none."),
      .number(
        "settlement.\(name).congestion_factor", .number, \.settlement[market].congestionFactor,
        "Others' demand for \(what) while the market is congested, as a multiple."),
      .duration(
        "settlement.\(name).shock_start", \.settlement[market].shock.start,
        "When a shock of others' demand for \(what) begins, from the start of the run."),
      .duration(
        "settlement.\(name).shock_duration", \.settlement[market].shock.duration,
        "How long it lasts; 0 s for no shock."),
      .number(
        "settlement.\(name).shock_factor", .number, \.settlement[market].shock.factor,
        "Others' demand for \(what) during the shock, as a multiple."),
      .trace(
        "settlement.\(name).trace", \.settlement[market].trace,
        "CSV file (time_s,factor) of what multiplies others' demand for \(what) over time."),
    ]
  }
}
