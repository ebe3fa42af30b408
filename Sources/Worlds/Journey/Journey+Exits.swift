import EventKernel
import Rollup
import Settlement

// Users who leave without the operator, by transactions of their own on the settlement chain.

extension Journey {
  /// Applies an event of exits.
  mutating func leave(_ event: ExitEvent, at now: SimTime) {
    send(exits.handle(event, at: now))
  }

  /// A user, who bids like those who deposit, sends what has to be sent first.
  mutating func send(_ step: Exits.Step?) {
    switch step {
    case .request: outbox.append(ofUser(.exitRequest, 0, gas: policy.exits.requestGas))
    case .freeze: outbox.append(ofUser(.freeze, 0, gas: policy.exits.freezeGas))
    case nil: break
    }
  }

  /// What those who leave offer for the next block.
  mutating func exitOffers(atBaseFee baseFee: UInt64, gasLimit: UInt64, at now: SimTime)
    -> [BlockOffer]
  {
    exits.bidders(
      atBaseFee: baseFee, gasLimit: gasLimit, provable: 1 - dataLayer.frozenShare, at: now
    ).map {
      BlockOffer(
        SettlementTransaction(
          kind: .exit, of: rollup, reference: $0.user, gas: policy.exits.gas, blobs: 0,
          bid: Bid(feeCap: $0.feeCap, tip: $0.tip, blobFeeCap: 0)), since: $0.since)
    }
  }

  /// Takes note that a settlement block has a transaction of somebody who leaves.
  mutating func includeExit(
    _ transaction: SettlementTransaction, in block: BlockPlace, _ scheduler: inout Events
  ) {
    switch transaction.kind {
    case .exitRequest: exits.includeRequest(in: block, &scheduler)
    case .freeze: exits.includeFreeze(at: block.time)
    default: exits.letOut(transaction.reference, in: block.time)
    }
  }

  /// A re-org has dropped that block.
  mutating func dropExit(_ transaction: SettlementTransaction) {
    switch transaction.kind {
    case .exitRequest: exits.dropRequest()
    case .freeze: exits.dropFreeze()
    default: exits.takeBack(transaction.reference)
    }
  }

  /// The block that let a user out is final.
  mutating func settleExit(of user: Int, _ receipt: SettlementReceipt, at now: SimTime) {
    exits.settle(
      user, since: receipt.submittedAt, in: receipt.includedAt, fee: receipt.charged, at: now)
  }

  // MARK: Withdrawals as ever

  /// Takes note for those who withdraw that a block is sealed.
  @inline(never)
  mutating func sealWithdrawals(at now: SimTime) {
    if present.hasFastExits { fastExits.seal(at: now) }
    if present.hasCalls { calls.seal(at: now) }
    if present.asksBridge { exits.seal(at: now) }
  }

  /// Takes note for them that the last batch is closed.
  @inline(never)
  mutating func closeWithdrawals() {
    let batch = batches.indices.upperBound - 1
    if present.hasFastExits { fastExits.close(batch: batch) }
    if present.hasCalls { calls.close(batch: batch) }
    if present.asksBridge { exits.close(batch: batch) }
  }

  /// A batch has passed a stage: who waited for that pays.
  @inline(never)
  mutating func passWithdrawals(
    _ stage: FastExits.Stage, ofBatch number: Int, _ scheduler: inout Events
  ) {
    if present.hasFastExits { fastExits.pass(stage, batches: number..<number + 1, &scheduler) }
    if present.hasCalls { calls.pass(stage, batches: number..<number + 1, &scheduler) }
  }

  /// The bridge pays what a claim covers.
  mutating func releaseExits(ofClaim number: Int, at now: SimTime) {
    if present.asksBridge { exits.release(claims[number].batches, at: now) }
    if present.hasCalls { releaseCalls(of: number, at: now) }
  }

  /// A re-org has dropped what made it.
  mutating func takeBackRelease(ofClaim number: Int) {
    if present.asksBridge { exits.takeBackRelease(claims[number].batches) }
    if present.hasCalls { calls.takeBackRelease(batches: claims[number].batches) }
  }

  /// Ends a block for those who leave.
  mutating func endBlockOfExits(at now: SimTime, height: Int) {
    if present.hasExits, exits.isGoingOn { send(exits.endBlock(at: now, height: height)) }
  }
}
