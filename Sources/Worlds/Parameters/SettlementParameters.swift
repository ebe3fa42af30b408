import Settlement

extension Parameter {
  static let settlement: [Parameter] = [
    .duration("settlement.slot", \.settlement.slot, "Time between slots."),
    .duration(
      "settlement.first_slot", \.settlement.firstSlot,
      "When the first slot comes: the phase of the chain against the rollup's clock."),
    .number(
      "settlement.missed_slots", .share, \.settlement.missedSlots,
      "Probability that a slot has no block."),
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
    .whole(
      "settlement.fee_elasticity", .count, \.settlement.executionFee.elasticity,
      "Gas limit over gas target (EIP-1559)."),
    .whole(
      "settlement.fee_denominator", .count, \.settlement.executionFee.denominator,
      "One over the largest relative step of the base fee (EIP-1559)."),
    .whole(
      "settlement.base_fee", .weiPerGas, \.settlement.initialBaseFee,
      "Base fee of the first block."),
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
      .whole(
        "settlement.\(name).tip", .weiPerGas, \.settlement[market].meanTip,
        "Mean tip that others who want \(what) bid; exponentially distributed."),
    ]
  }
}
