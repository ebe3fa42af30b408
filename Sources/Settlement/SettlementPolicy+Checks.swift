import Declarations
import EventKernel

extension SettlementPolicy {
  /// The longest time that a process on a settlement chain may take.
  static var longestTime: SimDuration { .days(3650) }

  /// States what holds of any settlement chain.
  public func check(_ expect: inout Expectations) {
    checkChain(&expect)
    expect.under("demand") { demand.check(&$0) }
    expect.under("blob_demand") { blobDemand.check(&$0) }
    expect.under("competition") { competition.check(mostBlobs: blobFee.mostPerTransaction, &$0) }
    checkIncidents(&expect)
    checkHistory(&expect)
  }

  private func checkChain(_ expect: inout Expectations) {
    expect(slot >= .shortestCycle, "slot", "expected at least 1 ms")
    expect(
      (0..<1).contains(missedSlots), "missed_slots",
      "expected a probability from 0 to below 1")
    expect(
      gasLimit >= executionFee.elasticity
        && executionFee.elasticity > 0 && executionFee.denominator > 0,
      ["gas_limit", "fee_elasticity", "fee_denominator"],
      "expected a limit with a gas target of at least 1")
    expect(
      transactionGasLimit <= gasLimit,
      ["transaction_gas", "gas_limit"],
      "expected settlement.transaction_gas at most settlement.gas_limit")
    expect(
      (1...1_000_000).contains(slotsPerEpoch), "slots_per_epoch",
      "expected from 1 to 1,000,000")
    expect(
      (1...1_000_000).contains(epochsToFinality), "finality_epochs",
      "expected from 1 to 1,000,000")
    let blobs = blobFee
    expect(
      blobs.target <= blobs.limit && blobs.limit <= 1000,
      ["blob_limit", "blob_target"],
      "expected blob_target <= blob_limit <= 1000")
    expect(
      initialBlobBaseFee <= 1_000_000_000_000_000_000, "blob_base_fee",
      "expected at most 1e18 wei")
    expect(
      BlobFeeRule.minimumFees.contains(blobs.minimumFee), "blob_min_base_fee",
      "expected from 1 wei to 1e15 wei")
    expect(
      blobs.minimumFee == 1 || initialBlobBaseFee >= blobs.minimumFee,
      ["blob_base_fee", "blob_min_base_fee"],
      "expected at least settlement.blob_min_base_fee, below which no block's fee is")
    expect(
      BlobFeeRule.updateFractions.contains(blobs.updateFraction), "blob_update_fraction",
      "expected from 1 to 1e9")
  }

  private func checkIncidents(_ expect: inout Expectations) {
    expect(slot <= Self.longestTime, "slot", "expected at most 3650 d")
    expect(
      firstSlot <= Self.longestTime, "first_slot", "expected at most 3650 d")
    expect(
      (1...100_000).contains(confirmations), "confirmations",
      "expected from 1 to 100,000 blocks")
    for (path, gas) in [
      ("transaction", calldata.transactionGas),
      ("zero_byte", calldata.zeroByteGas),
      ("byte", calldata.nonZeroByteGas),
    ] {
      expect(
        gas <= 1_000_000, "gas_per_\(path)", "expected at most 1,000,000 gas")
    }
    expect(
      startsAt <= 1_000_000_000_000, "starts_at",
      "expected Unix seconds up to 1e12")
    forks.check(after: blobFee, &expect)
    for (name, trace) in [
      ("demand", demand.trace), ("blob_demand", blobDemand.trace),
    ] {
      expect(
        trace.clock == .run || (1...9_000_000_000).contains(startsAt),
        ["starts_at", "\(name).trace"],
        "expected settlement.starts_at, a date until 2255: the trace goes by the chain's clock")
    }
    expect(
      reorgs.probability <= 0.5, "reorgs.probability",
      "expected a probability from 0 to 0.5")
    expect(
      (1...1000).contains(reorgs.meanDepth), "reorgs.depth",
      "expected from 1 to 1000 blocks")
    let (epochDepth, isBeyond) = slotsPerEpoch.multipliedReportingOverflow(
      by: max(epochsToFinality - 1, 0))
    let depths =
      finality == .epochs
      ? 1...max(min(isBeyond ? 1000 : epochDepth, 1000), 1) : 1...1000
    expect(
      reorgs.probability == 0 || depths.contains(reorgs.maxDepth),
      ["reorgs.max_depth", "slots_per_epoch", "finality_epochs"],
      "expected from 1 to \(depths.upperBound) blocks, none of them final")
    expect(
      finality != .confirmations || reorgs.blocksDropped < 1,
      [
        "reorgs.probability", "reorgs.depth", "reorgs.max_depth",
        "finality",
      ],
      "expected re-orgs that drop less than a block for each block that is made: on average they drop "
        + "\((reorgs.blocksDropped * 1000).rounded() / 1000), so that the chain does not grow and "
        + "no block gets its confirmations")
    expect(
      censorship.share < 1, "censorship.share",
      "expected a share from 0 to below 1")
    outages.check("outages.", &expect)
    finalityStalls.check("finality_stalls.", &expect)
    expect(
      demandCorrelation <= 1, "demand_correlation",
      "expected a correlation from 0 to 1")
  }
}
