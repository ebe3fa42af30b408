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
  /// Credits of deposits that re-orgs undid.
  let depositsUndone: Int

  var windowSeconds: Double { (scenario.horizon.seconds - scenario.warmUp.seconds) }
  var isValidity: Bool { scenario.family == .validity }

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
    case .validity: record.batchesAfterMeasured < scenario.prover.aggregatedBatches
    }
  }

  /// Whether the run can end: the last measured transaction has passed its last stage.
  var isFinished: Bool {
    workload.nextArrival >= measured.upperBound
      && record[.final].latencies.count == UInt64(acceptedMeasured)
      && record[.settled].latencies.count == UInt64(acceptedMeasured)
      && measuredClaimsArePaid && deposits.areDone
      || settlement.feeOverflow
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
      droppedGas: sequencer.droppedMeasuredGas, depositsUndone: deposits.undone)
  }
}
