import EventKernel
import Ledger
import Rollup
import Settlement

// Claims that somebody contests: moves go to the host, and what is decided changes what becomes of claims.

extension Journey {
  /// Sends what parties of disputes send who have seen a block, and applies what is decided.
  mutating func endBlockOfDisputes(_ block: BlockPlace, _ scheduler: inout Events) {
    for move in disputes.endBlock(block) {
      handOver(
        SettlementTransaction(
          kind: move.side == .defender ? .defence : .attack, of: rollup, reference: move.number,
          gas: move.gas, blobs: 0, bid: policy.bid))
    }
    for verdict in disputes.takeVerdicts() {
      if verdict.isRejected {
        reject(verdict.claim)
      } else {
        goOn(from: verdict.claim, block, &scheduler)
      }
    }
    payForfeits()
  }

  /// A block has a move of a dispute.
  mutating func includeMove(_ number: Int, in block: BlockPlace) {
    let claims = claims
    disputes.include(move: number, in: block) { claim in
      claims.indices.contains(claim) && claims[claim].maturedAt == nil
        && claims[claim].countsFrom != nil
    }
  }

  /// The block with a move is final.
  mutating func settleMove(_ receipt: SettlementReceipt, at now: SimTime) {
    disputes.settle(
      move: receipt.transaction.reference, at: now, paid: receipt.charged)
    payForfeits()
  }

  /// A claim is wrong: it falls, with all behind it where they build on it, and who is right makes it anew.
  private mutating func reject(_ number: Int) {
    let last = policy.disputes.chains ? claims.indices.upperBound : number + 1
    for claim in number..<last where claims[claim].maturedAt == nil {
      let isAlone = claims[claim].includedIn != nil && claims[claim].waiting == 0
      if claim > number { disputes.fall(claim) }
      claims[claim].reject()
      if isAlone {
        submit(transaction(.stateClaim, of: claim, gas: terms(ofClaim: claim).proposer.claimGas))
      }
    }
  }

  /// A dispute holds claims up no more.
  private mutating func goOn(from number: Int, _ block: BlockPlace, _ scheduler: inout Events) {
    let last = policy.disputes.chains ? claims.indices.upperBound : number + 1
    for claim in max(number, claims.indices.lowerBound)..<max(last, claims.indices.lowerBound) {
      mature(claim, at: block.time, height: block.height, &scheduler)
    }
  }

  private mutating func payForfeits() {
    for forfeit in disputes.takeForfeits() {
      let (loser, winner): (Account, Account) =
        forfeit.loser == .attacker ? (.attackers, .challengers) : (.challengers, .attackers)
      ledger.debit(loser, forfeit.won + forfeit.burned, for: .stake)
      ledger.credit(winner, forfeit.won, for: .stake)
      ledger.credit(.burnedStakes, forfeit.burned, for: .stake)
    }
  }
}
