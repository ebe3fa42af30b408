import EventKernel
import Rollup
import Settlement

// When a rollup needs nothing more, and what is left of it. What is asked at each block or event is marked as
// mutating: the compiler copies a whole journey, some 6 kB, for a call that only reads it.

extension Journey {
  /// Whether later transactions can still matter to a measured one.
  ///
  /// They fill its batch, the group of batches that share its proof, and the claim that covers it.
  /// Everything is first come, first served, so whatever comes after that matters to none. A window
  /// that is short against the interval of claims is not followed for long; `isWhole` tells. While
  /// measured transactions are held back, those behind them can decide when all are posted. On a
  /// rollup they also fill batches and claims of the host, of which those of measured claims are the
  /// last that matter: what is executed or withdrawn later meets a host with its own users alone.
  mutating func needsTransactions(at now: SimTime) -> Bool {
    guard record.closedMeasured == UInt64(acceptedMeasured), record.heldMeasured == 0,
      workload.hasNone(before: surroundings.measured.upperBound),
      !present.hasFastExits
        || now >= surroundings.measured.upperBound && !fastExits.awaitClaims,
      !present.hasMarket || now >= surroundings.measured.upperBound,
      !present.hasCalls || now >= surroundings.measured.upperBound && !calls.awaitClaims,
      !present.asksBridge || !exits.isGoingOn && upgrades.areDone
    else { return true }
    if !policy.hosting.isOnSettlement, record.claimedByHost < UInt64(acceptedMeasured) {
      return true
    }
    guard policy.sequence.isProved else {
      if policy.bridge.earlyProof,
        record.batchesAfterMeasured < policy.prover.aggregatedBatches
      {
        return true
      }
      if policy.proposer.coverage != .included, record.claimedMeasured < UInt64(acceptedMeasured) {
        return true
      }
      return now - record.lastMeasuredPostedAt
        < min(
          policy.proposer.interval * 2,
          surroundings.measured.upperBound - surroundings.measured.lowerBound)
    }
    return record.batchesAfterMeasured < policy.prover.aggregatedBatches
      || prover.isSaturated && record.batchesAfterMeasured < batchesOfWholeCycles
  }

  /// A saturated pool proves a batch on each prover in a cycle; of the first cycle after the measured
  /// batches any part may belong to those.
  private var batchesOfWholeCycles: Int {
    2 * policy.prover.provers + policy.prover.aggregatedBatches
  }

  /// Whether the run can end: the last measured transaction has passed its last stage.
  var isFinished: Bool {
    mutating get {
      hasPassed(.final) && hasPassed(.settled) && hasPassed(.withdrawable)
        && workload.hasNone(before: surroundings.measured.upperBound)
        && measuredClaimsArePaid() && record.unbilled == 0 && deposits.areDone
        && (!present.hasExits || exits.areDone)
        && (!present.hasFastExits || fastExits.areDone)
        && (!present.hasCalls || calls.areDone)
        && (!present.hasUpgrades || upgrades.areDone)
        && (!present.hasForced || forced.isDone)
        && !awaitsWholeCycle() && prover.isDoneWithMeasured
    }
  }

  /// Whether the data of all measured transactions is on the host for good.
  mutating func hasSettledMeasured() -> Bool {
    hasPassed(.settled) && workload.hasNone(before: surroundings.measured.upperBound)
  }

  /// Whether a stage has all measured transactions so far.
  private mutating func hasPassed(_ stage: Stage) -> Bool {
    record.stages[stage.index].latencies.count == UInt64(acceptedMeasured)
  }

  /// Whether rates wait for a cycle of provers to become whole, and something is on its way that can
  /// make it so.
  private mutating func awaitsWholeCycle() -> Bool {
    record.lacksWholeCycle && record.batchesAfterMeasured > policy.prover.provers
      && (!batches.isEmpty || !claims.isEmpty)
  }

  /// Whether no transaction with a measured claim is open: after re-orgs some only revert.
  private mutating func measuredClaimsArePaid() -> Bool {
    claims.indices.allSatisfy { claims[$0].open == 0 || claims[$0].profile.count == 0 }
  }

  /// Measured transactions that are to become final.
  var acceptedMeasured: Int {
    workload.offered - sequencer.droppedMeasured - sequencer.pricedOutMeasured
      - record.unservedMeasured
  }

  /// What is left of it.
  ///
  /// - Parameters:
  ///   - market: what the settlement chain did.
  ///   - neighbours: how light rollups were included there.
  func summary(market: MarketRecord, neighbours: InclusionRecord) -> RollupSummary {
    var deposited = record.deposits
    deposited.undone = deposits.undone
    return RollupSummary(
      record: record,
      settlement: .init(market: market, own: record.inclusions, neighbours: neighbours),
      deposits: deposited, data: dataLayer.record, exits: exits.record,
      disputes: disputes.summary, fastExits: fastExits.record, calls: calls.record,
      market: rare.market.record,
      machines: machines.record,
      origins: rare.origins.record, dataFees: rare.dataFees.record, profit: profitRecord,
      token: rare.token.record,
      forced: forced.record,
      upgrades: upgrades.record,
      execution: execution.record,
      ordering: ordering.record,
      sequencerSet: sequencerSet.record,
      clientTimes: workload.clientTimes, batchFees: batchFee.record, offered: workload.offered,
      offeredGas: workload.offeredGas,
      dropped: sequencer.droppedMeasured, droppedGas: sequencer.droppedMeasuredGas,
      oversized: sequencer.oversizedMeasured, pricedOut: sequencer.pricedOutMeasured,
      pricedOutGas: sequencer.pricedOutMeasuredGas)
  }
}
