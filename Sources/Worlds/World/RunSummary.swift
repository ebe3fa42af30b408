import EventKernel
import Ledger
import Rollup

/// What is left of a run when it has ended: enough for every measure.
struct RunSummary {
  let scenario: Scenario
  let record: RunRecord
  let offered: Int
  let offeredGas: UInt64
  let dropped: Int
  let droppedGas: UInt64
  let oversized: Int
  /// Credits of deposits that re-orgs undid.
  let depositsUndone: Int

  var windowSeconds: Double { (scenario.horizon.seconds - scenario.warmUp.seconds) }
  var isValidity: Bool { scenario.family == .validity }

  /// The time in which the blocks of the measured window collect transactions [s]; nil if there is no
  /// block.
  ///
  /// Blocks that come at an interval collect what was submitted since the one before, so whole
  /// intervals count, as many as blocks are sealed from the warm-up's end to the horizon.
  private var executionSeconds: Double? {
    guard scenario.sequencer.sealing == .interval else { return windowSeconds }
    let interval = scenario.sequencer.blockInterval.nanoseconds
    func blocks(before time: SimDuration) -> Int64 {
      max(0, (time.nanoseconds + interval - 1) / interval - 1)
    }
    let count = blocks(before: scenario.horizon) - blocks(before: scenario.warmUp)
    return count > 0 ? Double(count) * scenario.sequencer.blockInterval.seconds : nil
  }

  /// An amount executed in the measured window per second.
  func perSecondExecuted(_ amount: Double) -> Double? {
    executionSeconds.map { amount / $0 }
  }

  /// What was spent on `purpose` per transaction [wei]; nil if nothing was measured.
  func spentPerTransaction(_ purpose: Purpose) -> Double? {
    let transactions =
      switch purpose {
      case .state, .proof: record.claimedTransactions
      default: record.posted.transactions
      }
    guard transactions > 0 else { return nil }
    return record.spent[purpose.rawValue].asDouble / Double(transactions)
  }

  /// An amount per transaction of the measured batches.
  func perPosted(_ amount: Double) -> Double? {
    record.posted.transactions > 0 ? amount / Double(record.posted.transactions) : nil
  }
}

extension RollupWorld {
  /// Whether later transactions can still matter to a measured one.
  ///
  /// They fill its batch, the group of batches that share its proof, and the claim that covers it.
  /// Everything is first come, first served, so whatever comes after that matters to none. A window
  /// that is short against the interval of claims is not followed for long; `isWhole` tells.
  func needsTransactions(at now: SimTime) -> Bool {
    guard workload.nextArrival >= measured.upperBound,
      record[.posted].latencies.count == UInt64(acceptedMeasured)
    else { return true }
    return switch scenario.family {
    case .optimistic:
      now - record.lastMeasuredPostedAt
        < min(scenario.proposer.interval * 2, measured.upperBound - measured.lowerBound)
    case .validity:
      record.batchesAfterMeasured < scenario.prover.aggregatedBatches
        || prover.isSaturated && record.batchesAfterMeasured < batchesOfWholeCycles
    }
  }

  /// A saturated pool proves a batch on each prover in a cycle; of the first cycle after the measured
  /// batches any part may belong to those.
  private var batchesOfWholeCycles: Int {
    2 * scenario.prover.provers + scenario.prover.aggregatedBatches
  }

  /// Whether the run can end: the last measured transaction has passed its last stage.
  var isFinished: Bool {
    workload.nextArrival >= measured.upperBound
      && record[.final].latencies.count == UInt64(acceptedMeasured)
      && record[.settled].latencies.count == UInt64(acceptedMeasured)
      && measuredClaimsArePaid && deposits.areDone && !awaitsWholeCycle
  }

  /// Whether the run has to end without a result.
  var cannotGoOn: Bool { settlement.feeOverflow || isOverfull }

  /// Whether rates wait for a cycle of provers to become whole, and something is on its way that can
  /// make it so.
  private var awaitsWholeCycle: Bool {
    record.lacksWholeCycle && record.batchesAfterMeasured > scenario.prover.provers
      && (!batches.isEmpty || !claims.isEmpty)
  }

  /// Whether no transaction with a measured claim is open: after re-orgs some only revert.
  private var measuredClaimsArePaid: Bool {
    claims.indices.allSatisfy { claims[$0].open == 0 || claims[$0].profile.count == 0 }
  }

  var acceptedMeasured: Int { workload.offered.count - sequencer.droppedMeasured }

  var summary: RunSummary {
    RunSummary(
      scenario: scenario, record: record, offered: workload.offered.count,
      offeredGas: workload.offeredGas, dropped: sequencer.droppedMeasured,
      droppedGas: sequencer.droppedMeasuredGas, oversized: sequencer.oversizedMeasured,
      depositsUndone: deposits.undone)
  }
}
