import EventKernel
import Rollup
import Settlement

// A rollup whose terms change at a date. What was begun goes on under the terms under which it was begun:
// a batch is posted, a claim matures and is paid under its own. Who works, and how fast, changes at once.

extension Journey {
  /// Schedules the changes that are to come.
  func scheduleChanges(_ scheduler: inout Events) {
    for place in terms.indices.dropFirst(current + 1) {
      let time = policy.changes[place - 1].time - surroundings.startsAt
      scheduler.schedule(.change(UInt32(place), of: rollup), at: .start + .seconds(time))
    }
  }

  /// When measuring begins or ends, or other terms begin to hold.
  var nextTurn: SimTime {
    mutating get { min(nextChange(), nextMeasurement()) }
  }

  private mutating func nextMeasurement() -> SimTime {
    if record.isMeasuring { return surroundings.measured.upperBound }
    return sequencer.lastSeal < surroundings.measured.lowerBound
      ? surroundings.measured.lowerBound : .distantFuture
  }

  private mutating func nextChange() -> SimTime {
    guard current < policy.changes.count else { return .distantFuture }
    return .start + .seconds(policy.changes[current].time - surroundings.startsAt)
  }

  /// From now on other terms hold; if they are about how batches are posted, the one that is open is closed, and
  /// all that are held back are handed over.
  mutating func change(to place: Int, _ scheduler: inout Events) {
    let (before, after) = (policy, terms[place].scenario)
    let postsAnew =
      after.poster != before.poster || after.sequence != before.sequence || after.bid != before.bid
    if postsAnew {
      closeOpenBatch(&scheduler)
      releaseAllHeld(at: scheduler.now)
    }
    current = place
    present = terms[place]
    if postsAnew {
      poster.adopt(policy.poster, postingBasis)
      if present.hasDataFees { chargeData(in: policy.poster.carrier, at: scheduler.now) }
    }
    pricing.adopt(policy.fees)
    proposer.adopt(policy.proposer)
    guard after.prover != before.prover || after.sequence != before.sequence else { return }
    prover.adopt(policy.prover, fromBatch: batches.indices.upperBound, &scheduler)
    noteProvers(at: scheduler.now)
  }

  /// What holds now.
  var policy: RollupScenario {
    @inline(__always) _read { yield present.scenario }
  }

  /// The terms under which a batch was begun.
  @inline(__always)
  func terms(ofBatch number: Int) -> Terms { terms[batches[number].terms] }

  /// The terms under which a claim was made.
  @inline(__always)
  func terms(ofClaim number: Int) -> Terms { terms[claims[number].terms] }

  /// The terms under which a transaction that carries data, or one about a claim, was sent.
  mutating func terms(of transaction: SettlementTransaction) -> Terms {
    transaction.kind.isClaim
      ? terms(ofClaim: transaction.reference) : terms(ofBatch: transaction.reference)
  }
}
