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
      if verdict.isRejected, policy.disputes.rivalStands {
        replace(verdict.claim, by: verdict.begunIn, block, &scheduler)
      } else if verdict.isRejected {
        reject(verdict.claim, at: block.time)
      } else {
        goOn(from: verdict.claim, block, &scheduler)
      }
    }
    for claim in disputes.takeOverdue() { goOn(from: claim, block, &scheduler) }
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
  mutating func settleMove(_ receipt: SettlementReceipt) {
    disputes.settle(move: receipt.transaction.reference, paid: receipt.charged)
  }

  /// A claim is wrong, and that of who is right stands since he has contested it: it takes its place, and its window counts
  /// from there, as those do of claims that were made on the wrong one by then.
  private mutating func replace(
    _ number: Int, by rival: BlockPlace, _ block: BlockPlace, _ scheduler: inout Events
  ) {
    if present.hasFastExits { loseFastExits(of: number, at: block.time) }
    if present.hasCalls { loseCalls(of: number, at: block.time) }
    claims[number].replace(by: rival)
    proveWithdrawal(number)
    let last = policy.disputes.chains ? claims.indices.upperBound : number + 1
    for claim in number..<last where claims[claim].maturedAt == nil {
      guard let counted = claims[claim].countsFrom, counted.height <= rival.height else { continue }
      claims[claim].countsFrom = rival
      _ = bridge.start(
        terms(ofClaim: claim).scenario.claimDelay, of: claim, from: rival, height: block.height,
        &scheduler)
    }
    goOn(from: number, block, &scheduler)
  }

  /// A claim is wrong: it falls, with all behind it where they build on it, and who is right makes it anew.
  private mutating func reject(_ number: Int, at now: SimTime) {
    let last = policy.disputes.chains ? claims.indices.upperBound : number + 1
    for claim in number..<last where claims[claim].maturedAt == nil {
      let isAlone = claims[claim].includedIn != nil && claims[claim].waiting == 0
      if claim > number { disputes.fall(claim) }
      if present.hasFastExits { loseFastExits(of: claim, at: now) }
      if present.hasCalls { loseCalls(of: claim, at: now) }
      claims[claim].reject()
      if isAlone {
        submit(
          transaction(.stateClaim, of: claim, gas: terms(ofClaim: claim).scenario.proposer.claimGas)
        )
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
      let (defender, attacker): (Account, Account) =
        (forfeit.isOfProposer ? .rollupOperator : .challengers, .attackers)
      let (loser, winner) =
        forfeit.loser == .attacker ? (attacker, defender) : (defender, attacker)
      ledger.debit(loser, forfeit.won + forfeit.burned, for: .stake)
      ledger.credit(winner, forfeit.won, for: .stake)
      ledger.credit(.burnedStakes, forfeit.burned, for: .stake)
    }
  }
}
