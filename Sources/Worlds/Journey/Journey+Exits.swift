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
  private mutating func send(_ step: Exits.Step?) {
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
    default: exits.letOut(transaction.reference)
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

  /// Ends a block for those who leave.
  mutating func endBlockOfExits(at now: SimTime, height: Int) {
    if present.hasExits, exits.isGoingOn { send(exits.endBlock(at: now, height: height)) }
  }
}
