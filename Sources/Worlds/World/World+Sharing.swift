import EventKernel
import Ledger
import Rollup
import Settlement

// What several rollups share on the settlement chain: who brings it to the service, the transaction of that to the
// chain, and the bill to the rollups.

extension World {
  // MARK: From rollups to services

  /// Brings claims of a rollup to the service that proves them together with others.
  mutating func shareClaims(of place: Int, _ scheduler: inout Scheduler<WorldEvent>) {
    guard let service = topology.services[place] else {
      preconditionFailure("a rollup without a prover service shares a proof")
    }
    let claims = journeys[place].claimsToShare
    journeys[place].claimsToShare.removeAll(keepingCapacity: true)
    for claim in claims { services[service].share(claim, &scheduler) }
  }

  /// Brings data of a rollup to the service that posts it together with that of others.
  mutating func shareData(of place: Int, _ scheduler: inout Scheduler<WorldEvent>) {
    guard let service = topology.blobServices[place] else {
      preconditionFailure("a rollup that posts its data itself shares blobs")
    }
    let shared = journeys[place].dataToShare
    journeys[place].dataToShare.removeAll(keepingCapacity: true)
    for data in shared {
      for post in sharedBlobs[service].accept(data, &scheduler) {
        submit(post, of: service, at: scheduler.now)
      }
    }
  }

  // MARK: From services to the settlement chain

  mutating func verify(_ proof: ProofToVerify, of service: Int, at now: SimTime) {
    settlement.submit(
      SettlementTransaction(
        kind: .sharedProof, of: id(ofService: service), reference: proof.number, gas: proof.gas,
        blobs: 0, bid: Bid(feeCap: proof.feeCap, tip: proof.tip, blobFeeCap: 0)), at: now)
  }

  mutating func submit(_ post: BlobsToPost, of service: Int, at now: SimTime) {
    let policy = sharedBlobs[service].policy
    settlement.submit(
      SettlementTransaction(
        kind: .sharedData, of: id(ofService: service), reference: post.number,
        gas: scenario.settlement.calldata.gas(
          zeroBytes: 0, nonZeroBytes: 0, execution: post.gas), blobs: post.blobs,
        bid: Bid(feeCap: policy.feeCap, tip: policy.tip, blobFeeCap: policy.blobFeeCap)), at: now)
  }

  /// By what number the settlement chain knows a service: behind those of all rollups.
  private func id(ofService place: Int) -> RollupID {
    RollupID(journeys.count + neighbours.count + place)
  }

  /// The place of the service that sent a transaction.
  private func service(thatSent receipt: SettlementReceipt) -> Int {
    Int(receipt.transaction.rollup.number) - journeys.count - neighbours.count
  }

  // MARK: From blocks to rollups

  /// Tells rollups that a block has what they share.
  mutating func includeShared(
    _ receipt: SettlementReceipt, in block: BlockPlace, _ scheduler: inout Scheduler<WorldEvent>
  ) {
    if receipt.transaction.kind == .sharedProof {
      for claim in claims(sharing: receipt) {
        journeys[Int(claim.rollup.number)].includeShared(claim, in: block)
      }
    } else {
      for piece in pieces(in: receipt) where piece.isLast {
        journeys[Int(piece.data.rollup.number)].includeData(piece.data.batch, in: block, &scheduler)
      }
    }
  }

  /// Tells rollups that a re-org dropped it; the chain includes it anew.
  mutating func dropShared(_ receipt: SettlementReceipt) {
    if receipt.transaction.kind == .sharedProof {
      for claim in claims(sharing: receipt) {
        journeys[Int(claim.rollup.number)].dropShared(claim)
      }
    } else {
      for piece in pieces(in: receipt) where piece.isLast {
        let batch = piece.data.batch
        journeys[Int(piece.data.rollup.number)].dropData(batch..<batch + 1)
      }
    }
  }

  /// Tells rollups that the block with their data is safe.
  mutating func secureShared(_ receipt: SettlementReceipt, at now: SimTime) {
    for piece in pieces(in: receipt) where piece.isLast {
      journeys[Int(piece.data.rollup.number)].secureSafeData(piece.data.batch, at: now)
    }
  }

  /// The block with what they share is final.
  mutating func settleShared(_ receipt: SettlementReceipt, _ times: SettledTimes) {
    receipt.transaction.kind == .sharedProof
      ? settleSharedProof(receipt, at: times.settled) : settleSharedData(receipt, times)
  }

  /// Each claim pays its part of a proof, by prover work.
  ///
  /// Sums from the first claim on are rounded down, so that the parts add up to the wei.
  private mutating func settleSharedProof(_ receipt: SettlementReceipt, at now: SimTime) {
    let claims = claims(sharing: receipt)
    let total = claims.reduce(into: UInt64(0)) { $0 += $1.weight }
    let cost = FeeParts(of: receipt, calldataGas: 0)
    var (weight, paid) = (UInt64(0), FeeParts.zero)
    for claim in claims {
      weight += claim.weight
      let through = cost.scaled(by: weight, over: total)
      journeys[Int(claim.rollup.number)].payShared(through - paid, for: claim)
      journeys[Int(claim.rollup.number)].settleShared(claim, at: now)
      paid = through
    }
    services[service(thatSent: receipt)].settle(
      shared: receipt.transaction.reference, includedAt: receipt.includedAt, cost: cost.total)
  }

  /// Each piece pays its part of the blobs, as the service splits it; batches that end here are settled.
  private mutating func settleSharedData(_ receipt: SettlementReceipt, _ times: SettledTimes) {
    let pieces = pieces(in: receipt)
    let bill = SharedBill(
      total: receipt.charged, gasPrice: receipt.effectiveGasPrice,
      blobPrice: Wei(gas: BlobFeeRule.gasPerBlob, price: receipt.blobGasPrice))
    let parts = sharedBlobs[service(thatSent: receipt)].settle(
      receipt.transaction.reference, bill)
    let cost = FeeParts(of: receipt, calldataGas: 0)
    var (sum, paid) = (Wei.zero, FeeParts.zero)
    for (piece, part) in zip(pieces, parts) {
      sum += part.amount
      let through = cost.scaled(to: sum)
      journeys[Int(piece.data.rollup.number)].payShared(
        through - paid, forBatch: piece.data.batch, alone: part.alone)
      paid = through
      if piece.isLast {
        journeys[Int(piece.data.rollup.number)].settleData(
          piece.data.batch, times.posted(at: piece.data.since))
      }
    }
  }

  private func claims(sharing receipt: SettlementReceipt) -> [SharedClaim] {
    services[service(thatSent: receipt)].claims(ofShared: receipt.transaction.reference)
  }

  private func pieces(in receipt: SettlementReceipt) -> [SharedPiece] {
    sharedBlobs[service(thatSent: receipt)].pieces(of: receipt.transaction.reference)
  }
}
