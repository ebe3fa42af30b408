import EventKernel
import Ledger
import Rollup

// Machines that fail: blocks that do not come, batches that wait, confirmations that are lost.

extension Journey {
  /// Applies an event of machines.
  ///
  /// - Returns: whether a block is made now that was due while nobody sequenced.
  mutating func handle(
    _ event: MachineEvent, height: Int, _ scheduler: inout Events
  ) -> Bool {
    let change = machines.handle(event, &scheduler)
    if change.sequences, present.hasForced {
      forced.serveOverdue(in: sequencer.usualSeal(after: scheduler.now), height: height)
    }
    if machines.hasStopped { holdWaitingGuests(&scheduler) }
    noteUnposted(after: change, at: scheduler.now)
    if change.loses { loseOpenBatch(at: scheduler.now) }
    if change.posts {
      while let number = machines.takeDelayed() { handOver(number, at: scheduler.now) }
    }
    if machines.hasStopped, scheduler.now >= surroundings.measured.upperBound { strand() }
    return present.hasSequencerSet ? sequencerSet.isBlocked : change.sequences && machines.owesBlock
  }

  /// Counts what is confirmed and not handed over where a machine has failed.
  mutating func noteUnposted(after change: Machines.Change, at now: SimTime) {
    guard change.hasFailed || change.hasPosterFailed else { return }
    machines.noteUnposted(unpostedTransactions, at: now)
  }

  /// Transactions that are confirmed and not handed over.
  private var unpostedTransactions: Int {
    batches.indices.reduce(poster.waiting) {
      $0 + (batches[$1].isHandedOver ? 0 : batches[$1].batch.count)
    }
  }

  /// Forgets what was confirmed since the last batch was closed; its users have their fees back.
  private mutating func loseOpenBatch(at now: SimTime) {
    guard poster.waiting > 0 else { return }
    let batch = poster.discard()
    machines.noteLost(batch.count, measured: batch.profile, at: now)
    record.lose(batch.profile, at: now)
    ledger.debit(.rollupOperator, batch.feesPaid, for: .layer2Fees)
    ledger.credit(.users, batch.feesPaid, for: .layer2Fees)
  }

  /// Counts measured transactions that wait for ever, now that all have been submitted.
  private mutating func strand() {
    sequencer.admit(&workload, through: surroundings.measured.upperBound)
    let confirmed = Int(record[.soft].latencies.count)
    let stranded =
      workload.offered - sequencer.droppedMeasured - sequencer.pricedOutMeasured
      - forced.record.count - confirmed
    record.strand(stranded - machines.record.stranded)
    machines.strand(stranded)
  }
}
