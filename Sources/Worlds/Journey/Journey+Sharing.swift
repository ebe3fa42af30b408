import EventKernel
import Ledger
import Rollup
import Settlement

// A rollup whose claims share their proof with those of others: a service has it verified, and the rollup
// moves its state after that; or whose data shares blobs with that of others, which a service posts.

extension Journey {
  /// What a service needs to know of batches whose proof is there.
  func sharedClaim(of range: Range<Int>, at now: SimTime) -> SharedClaim {
    SharedClaim(
      of: rollup, batches: range,
      work: range.reduce(0) { $0 + batches[$1].batch.transactions.proverWork },
      isMeasured: range.contains { isMeasured($0) }, since: now)
  }

  /// A block of the settlement chain has the proof that a claim shares.
  mutating func includeShared(_ claim: SharedClaim, in block: BlockPlace) {
    firstNotShared = max(firstNotShared, claim.batches.upperBound)
    if present.hasCalls { calls.prove(batches: claim.batches, in: block) }
    claimProvedBatches(at: block.time)
  }

  /// A re-org dropped that block; the chain includes the proof anew.
  mutating func dropShared(_ claim: SharedClaim) {
    firstNotShared = min(firstNotShared, claim.batches.lowerBound)
    if present.hasCalls { calls.dropProof(batches: claim.batches) }
  }

  /// That block is final.
  mutating func settleShared(_ claim: SharedClaim, at now: SimTime) {
    if present.hasCalls { calls.settleProof(batches: claim.batches, at: now) }
  }

  /// Pays a part of what it cost to verify a proof, by its own measure of the work.
  mutating func payShared(_ parts: FeeParts, for claim: SharedClaim) {
    ledger.debit(proofPayer, parts.total, for: .proof)
    ledger.credit(.burnedBaseFees, parts[.execution], for: .proof)
    ledger.credit(.slotProposers, parts[.tip], for: .proof)
    if claim.isMeasured { record.spend(parts, for: .proof) }
  }

  // MARK: Blobs

  /// Gives the data of a batch to the service that posts it with that of others.
  mutating func share(
    _ publication: DataPolicy.Publication, of progress: BatchProgress, _ number: Int,
    at now: SimTime
  ) {
    guard !isFrozen else { return }
    let terms = terms[progress.terms]
    record.carry(progress.batch, bytes: publication.hostBytes, blobs: 0)
    record.pass(.posted, progress.batch, at: now)
    dataToShare.append(
      SharedData(
        of: rollup, batch: number, bytes: publication.hostBytes,
        gasAlone: terms.scenario.dataGas(calldataBytes: 0, surroundings.calldata),
        bytesPerBlobAlone: terms.scenario.poster.bytesPerBlob, since: now))
  }

  /// Pays a part of a transaction with shared blobs that has a piece of a batch.
  ///
  /// - Parameter alone: what the piece would have cost in blobs of its own, at the same fees.
  mutating func payShared(_ parts: FeeParts, forBatch number: Int, alone: Wei) {
    ledger.debit(.rollupOperator, parts.total, for: .data)
    ledger.credit(.burnedBaseFees, parts[.execution], for: .data)
    ledger.credit(.burnedBlobFees, parts[.blob], for: .data)
    ledger.credit(.slotProposers, parts[.tip], for: .data)
    let own = parts.scaled(to: shareCost(parts.total, for: .data, ofBatch: number))
    guard isMeasured(number) else { return }
    record.spend(own, for: .data)
    record.posting.payShared(parts.total, alone: alone)
  }
}
