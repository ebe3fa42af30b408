import EventKernel
import Rollup
import Settlement

// Checks of what goes wrong on the settlement chain, what changes there, and who else uses it.

extension Scenario {
  /// The longest time that a process on the settlement chain may take.
  private static var longestTime: SimDuration { .days(3650) }

  func checkSettlementIncidents(_ expect: Expect) {
    expect(settlement.slot <= Self.longestTime, "settlement.slot", "expected at most 3650 d")
    expect(
      settlement.firstSlot <= Self.longestTime, "settlement.first_slot", "expected at most 3650 d")
    expect(
      (1...100_000).contains(settlement.confirmations), "settlement.confirmations",
      "expected from 1 to 100,000 blocks")
    for (path, gas) in [
      ("transaction", settlement.calldata.transactionGas),
      ("zero_byte", settlement.calldata.zeroByteGas),
      ("byte", settlement.calldata.nonZeroByteGas),
    ] {
      expect(
        gas <= 1_000_000, "settlement.gas_per_\(path)", "expected at most 1,000,000 gas")
    }
    expect(
      settlement.startsAt <= 1_000_000_000_000, "settlement.starts_at",
      "expected Unix seconds up to 1e12")
    checkForks(expect)
    for (name, trace) in [
      ("demand", settlement.demand.trace), ("blob_demand", settlement.blobDemand.trace),
    ] {
      expect(
        trace.clock == .run || (1...9_000_000_000).contains(settlement.startsAt),
        ["settlement.starts_at", "settlement.\(name).trace"],
        "expected settlement.starts_at, a date until 2255: the trace goes by the chain's clock")
    }
    expect(
      settlement.reorgs.probability <= 0.5, "settlement.reorgs.probability",
      "expected a probability from 0 to 0.5")
    expect(
      (1...1000).contains(settlement.reorgs.meanDepth), "settlement.reorgs.depth",
      "expected from 1 to 1000 blocks")
    let (epochDepth, isBeyond) = settlement.slotsPerEpoch.multipliedReportingOverflow(
      by: max(settlement.epochsToFinality - 1, 0))
    let depths =
      settlement.finality == .epochs
      ? 1...max(min(isBeyond ? 1000 : epochDepth, 1000), 1) : 1...1000
    expect(
      settlement.reorgs.probability == 0 || depths.contains(settlement.reorgs.maxDepth),
      ["settlement.reorgs.max_depth", "settlement.slots_per_epoch", "settlement.finality_epochs"],
      "expected from 1 to \(depths.upperBound) blocks, none of them final")
    expect(
      settlement.finality != .confirmations || settlement.reorgs.blocksDropped < 1,
      [
        "settlement.reorgs.probability", "settlement.reorgs.depth", "settlement.reorgs.max_depth",
        "settlement.finality",
      ],
      "expected re-orgs that drop less than a block for each block that is made: on average they drop "
        + "\((settlement.reorgs.blocksDropped * 1000).rounded() / 1000), so that the chain does not grow and "
        + "no block gets its confirmations")
    expect(
      settlement.censorship.share < 1, "settlement.censorship.share",
      "expected a share from 0 to below 1")
    for (name, incident) in [
      ("outages", settlement.outages), ("finality_stalls", settlement.finalityStalls),
      ("demand.congestion", settlement.demand.congestion),
      ("blob_demand.congestion", settlement.blobDemand.congestion),
    ] {
      let separator = name.hasSuffix("congestion") ? "_" : "."
      for (key, time) in [("interval", incident.interval), ("duration", incident.duration)] {
        expect(
          time == .zero || (.seconds(1)...Self.longestTime).contains(time),
          "settlement.\(name)\(separator)\(key)", "expected 0 s, or from 1 s to 3650 d")
      }
    }
    for (name, demand) in [
      ("demand", settlement.demand), ("blob_demand", settlement.blobDemand),
    ] {
      expect(
        demand.congestionFactor <= 1000, "settlement.\(name).congestion_factor",
        "expected from 0 to 1000")
      expect(
        demand.shock.factor <= 1000, "settlement.\(name).shock_factor", "expected from 0 to 1000")
      expect(
        demand.shock.start <= Self.longestTime, "settlement.\(name).shock_start",
        "expected at most 3650 d")
      expect(
        demand.shock.duration <= Self.longestTime, "settlement.\(name).shock_duration",
        "expected at most 3650 d")
    }
    expect(
      settlement.demandCorrelation <= 1, "settlement.demand_correlation",
      "expected a correlation from 0 to 1")
    expect(settlement.pendingLimit > 0, "bid.max_pending", "expected at least 1")
    expect(bid.bumpPercent <= 1000, "bid.bump", "expected at most 1000 percent")
    expect(
      bid.replacementRule != .interval || bid.replaceAfter >= .seconds(1), "bid.replace_after",
      "expected at least 1 s")
  }

  private func checkForks(_ expect: Expect) {
    var earlier: Int64 = 0
    for number in 1...ForkSchedule.capacity {
      let fork = settlement.forks[number]
      guard fork.time > 0 else { continue }
      let path = "settlement.forks.\(number)"
      expect(
        fork.rule.limit > 0, ["\(path).blob_limit", "\(path).time"],
        "expected blob_limit of at least 1: a fork has a blob_target, blob_limit and blob_update_fraction of its own"
      )
      expect(
        settlement.blobFee.target > 0, ["settlement.blob_target", "\(path).time"],
        "expected settlement.blob_target of at least 1 before a fork: others' demand is stated against it"
      )
      expect(
        fork.time > earlier, ["\(path).time", "settlement.forks"],
        "expected a time after that of the fork before it")
      expect(
        fork.rule.target <= fork.rule.limit && fork.rule.limit <= 1000,
        ["\(path).blob_limit", "\(path).blob_target"],
        "expected blob_target <= blob_limit <= 1000")
      expect(
        poster.carrier != .blobs
          || fork.rule.target > 0 && fork.rule.limit >= poster.blobsPerTransaction,
        ["\(path).blob_limit", "\(path).blob_target", "poster.blobs_per_transaction"],
        "expected room for poster.blobs_per_transaction")
      expect(
        Self.updateFractions.contains(fork.rule.updateFraction), "\(path).blob_update_fraction",
        "expected from 1 to 1e9")
      earlier = fork.time
    }
  }

  func checkDeposits(_ expect: Expect) {
    guard deposits.rate > 0 else { return }
    expect(deposits.rate <= 100, "deposits.rate", "expected at most 100 /s")
    expect(
      deposits.gas > 0
        && deposits.gas <= min(settlement.transactionGasLimit, settlement.gasLimit),
      ["deposits.gas", "settlement.transaction_gas", "settlement.gas_limit"],
      "expected deposits.gas from 1 gas to what fits into a transaction and a block")
    expect(
      deposits.tip <= 1_000_000_000_000_000, "deposits.tip", "expected at most 1e15 wei")
    expect(
      (0...1000).contains(deposits.confirmations), "deposits.confirmations",
      "expected from 0 to 1000 blocks")
  }

  func checkNeighbours(_ expect: Expect) {
    let limits = [settlement.blobFee.limit] + settlement.forks.scheduled.map(\.rule.limit)
    let blobLimit = limits.min() ?? 0
    guard !neighbours.isEmpty else { return }
    expect(
      Self.dataSizes.contains(poster.bytesPerBlob), "poster.blob_bytes",
      "expected from 100 B to 1e9 B")
    // More than blocks carry would wait for ever, and what waits takes memory.
    let demand = neighbours.all.reduce(0) { $0 + $1.dataRate * Double($1.count) }
    let slot = max(settlement.slot, .shortestCycle)
    let capacity = Double(blobLimit) * Double(poster.bytesPerBlob) / slot.seconds
    expect(
      demand <= capacity,
      ["neighbours", "poster.blob_bytes", "settlement.blob_limit", "settlement.slot"],
      "expected at most the \(Int(min(capacity, 1e15))) B/s that blocks carry; found "
        + "\(Int(min(demand, 1e15))) B/s")
    for size in NeighbourGroups.Size.allCases {
      let group = neighbours[size]
      guard group.count > 0 else { continue }
      let path = "neighbours.\(size.rawValue)"
      expect(group.count <= 1000, "\(path).count", "expected at most 1000 rollups")
      expect(
        (1...1e6).contains(group.dataRate), "\(path).data_rate", "expected from 1 B/s to 1 MB/s")
      expect(
        group.rateVariation == 0 || (0.001...2).contains(group.rateVariation), "\(path).rate_cv",
        "expected 0, or from 0.001 to 2")
      expect(
        group.variety == 0 || (0.001...2).contains(group.variety), "\(path).variety",
        "expected 0, or from 0.001 to 2")
      expect(
        group.blobsPerTransaction > 0 && group.blobsPerTransaction <= blobLimit,
        ["\(path).blobs_per_transaction", "settlement.blob_limit", "settlement.forks"],
        "expected from 1 to the \(blobLimit) blobs that fit into a block")
      expect(
        (.seconds(1)...SimDuration.days(30)).contains(group.maxAge), "\(path).max_age",
        "expected from 1 s to 30 d")
      expect(
        group.tip <= 1_000_000_000_000_000, "\(path).tip", "expected at most 1e15 wei")
    }
  }
}
