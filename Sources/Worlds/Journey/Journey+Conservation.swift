import EventKernel
import Ledger
import Settlement

extension Journey {
  /// Checks at the end of a run that nothing was lost: transactions, time and money.
  ///
  /// - Parameters:
  ///   - hasGuests: whether rollups settle on this one, which then may have no users of its own.
  ///   - obstacle: what keeps transactions of some kinds out of blocks of the host.
  borrowing func checkConservation(
    at now: SimTime, hasGuests: Bool, obstacle: (Set<SettlementTransaction.Kind>) -> String
  ) throws(RunFailure) {
    guard workload.offered > 0 || hasGuests else { throw .nothingMeasured }
    let final = record[.final].latencies
    guard final.count == UInt64(acceptedMeasured) else {
      throw .unfinished(
        final: Int(final.count), of: acceptedMeasured, because: whatWaits(obstacle))
    }
    // A withdrawal can take longer than its state to be final.
    guard record[.withdrawable].latencies.count == final.count else {
      throw .unfinished(
        final: Int(record[.withdrawable].latencies.count), of: acceptedMeasured,
        because: "withdrawals are not paid for good")
    }
    guard record.unbilled == 0 else {
      throw .unfinished(
        final: Int(final.count), of: acceptedMeasured,
        because: "the host has not yet all the costs that it shares")
    }
    guard exits.areDone else {
      throw .unfinished(
        final: Int(final.count), of: acceptedMeasured, because: exits.whatWaits)
    }
    guard upgrades.areDone else {
      throw .unfinished(
        final: Int(final.count), of: acceptedMeasured, because: upgrades.whatWaits)
    }
    guard exits.isConserved else {
      throw .conservation("users who leave are not all out, bidding or without a proof")
    }
    guard fastExits.areDone else {
      throw .unfinished(
        final: Int(final.count), of: acceptedMeasured, because: whatFastExitsWaitFor(obstacle))
    }
    guard fastExits.isConserved else {
      throw .conservation("capital of fast exits is lent for nothing")
    }
    guard calls.areDone else {
      throw .unfinished(
        final: Int(final.count), of: acceptedMeasured,
        because: "calls wait for a batch, a claim, the bridge or a block of the rollup called")
    }
    guard calls.isConserved else {
      throw .conservation("capital of those who pay calls is lent for nothing")
    }
    guard forced.isDone else {
      throw .unfinished(
        final: Int(final.count), of: acceptedMeasured,
        because: forced.waitsForHost
          ? "what users force \(obstacle([.message, .forcing])) (they bid deposits.fee_cap and deposits.tip)"
          : "messages wait for forced.delay")
    }
    guard forced.isConserved else {
      throw .conservation("those whom the operator leaves out neither wait nor are executed")
    }
    guard ordering.isConserved else {
      throw .conservation("the value of opportunities is not all taken, left, expired or open")
    }
    guard sequencerSet.isConserved else {
      throw .conservation("stakes of sequencers are neither there nor lost")
    }
    guard disputes.isConserved else {
      throw .conservation("stakes of disputes are neither returned nor lost")
    }
    let lost = machines.record.lost
    for stage in Stage.allCases {
      // What is lost was confirmed before.
      let due = stage == .soft ? final.count + lost.count : final.count
      guard record[stage].latencies.count == due else {
        throw .conservation(
          "\(record[stage].latencies.count) transactions passed '\(stage.rawValue)', "
            + "\(due) are due")
      }
    }
    let accounted =
      sequencer.waiting + poster.waiting + unclaimedTransactions + claimedInFlight
      + record.finalTransactions + machines.record.lostInAll + undecidedTransactions
    guard accounted == sequencer.accepted else {
      throw .conservation("\(sequencer.accepted) accepted, \(accounted) accounted for")
    }
    guard dataLayer.isConserved(inFlight: transactionsInFlight) else {
      throw .conservation("value is not all available, frozen or in flight")
    }
    let held = batches.indices.count { $0 < firstNotKept && !batches[$0].isHandedOver }
    guard held == poster.heldCount + machines.delayedCount + sequencerSet.racing else {
      throw .conservation("\(held) batches are not handed over, \(poster.heldCount) are held back")
    }
    try checkLittlesLaw(at: now)
    do { try ledger.audit() } catch { throw .imbalance(error.description) }
  }

  /// Little's law without expectations: the time integral of the number in the system is the sum of
  /// the times spent in it, here between block and finality, to the nanosecond.
  private borrowing func checkLittlesLaw(at now: SimTime) throws(RunFailure) {
    let integral = record.inFlight.integral(through: now.nanoseconds)
    let sojourn =
      Int128(record[.final].latencies.sum) + Int128(machines.record.lost.sum)
      - Int128(record[.soft].latencies.sum)
    guard integral == sojourn else {
      throw .conservation("Little's law: ∫N dt = \(integral) ns, the sum of times is \(sojourn) ns")
    }
  }

  private var unclaimedTransactions: Int {
    batches.indices.reduce(0) {
      $0 + (batches[$1].isClaimed ? 0 : batches[$1].batch.count)
    }
  }

  private var undecidedTransactions: Int {
    rare.undecided.indices.reduce(0) { $0 + rare.undecided[$1].count }
  }

  private var claimedInFlight: Int {
    claims.indices.reduce(0) { $0 + (claims[$1].isFinal ? 0 : claims[$1].transactionCount) }
  }
}
