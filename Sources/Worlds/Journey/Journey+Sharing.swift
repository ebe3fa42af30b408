import EventKernel
import Ledger
import Rollup
import Settlement

// A rollup whose claims share their proof with those of others: a service has it verified, and the rollup
// moves its state after that.

extension Journey {
  /// What a service needs to know of batches whose proof is there.
  func sharedClaim(of range: Range<Int>, at now: SimTime) -> SharedClaim {
    SharedClaim(
      of: rollup, batches: range,
      work: range.reduce(0) { $0 + batches[$1].batch.transactions.proverWork },
      isMeasured: range.contains { isMeasured($0) }, since: now)
  }

  /// A block of the settlement chain has the proof that a claim shares.
  mutating func includeShared(_ claim: SharedClaim, at now: SimTime) {
    firstNotShared = max(firstNotShared, claim.batches.upperBound)
    claimProvedBatches(at: now)
  }

  /// A re-org dropped that block; the chain includes the proof anew.
  mutating func dropShared(_ claim: SharedClaim) {
    firstNotShared = min(firstNotShared, claim.batches.lowerBound)
  }

  /// Pays a part of what it cost to verify a proof, by its own measure of the work.
  mutating func payShared(_ parts: FeeParts, for claim: SharedClaim) {
    ledger.debit(.rollupOperator, parts.total, for: .proof)
    ledger.credit(.burnedBaseFees, parts[.execution], for: .proof)
    ledger.credit(.slotProposers, parts[.tip], for: .proof)
    if claim.isMeasured { record.spend(parts, for: .proof) }
  }
}
