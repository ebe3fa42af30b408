import EventKernel
import Rollup
import Settlement

// From the effect of a claim to the money: one withdrawal stands for all that a claim covers.

extension Journey {
  /// Whether a user takes a withdrawal by a transaction on the settlement chain.
  private func hasExits(_ claim: Int) -> Bool {
    policy.hosting.isOnSettlement && bridgePolicy(of: claim).exitGas > 0
  }

  private func bridgePolicy(of claim: Int) -> Bridge.Policy {
    terms(ofClaim: claim).scenario.bridge
  }

  /// A user proves that a claim has the withdrawal, as soon as a block has the claim.
  mutating func proveWithdrawal(_ number: Int) {
    guard bridgePolicy(of: number).proveGas > 0, claims[number].userProofsWaiting == 0,
      claims[number].userProvedAt == nil
    else { return }
    claims[number].userProofsWaiting += 1
    outbox.append(ofUser(.withdrawalProof, number, gas: bridgePolicy(of: number).proveGas))
  }

  /// A transaction of a user, who bids like those who deposit.
  mutating func ofUser(
    _ kind: SettlementTransaction.Kind, _ reference: Int, gas: UInt64
  ) -> SettlementTransaction {
    let bid = Bid(feeCap: policy.deposits.feeCap, tip: policy.deposits.tip, blobFeeCap: 0)
    return SettlementTransaction(
      kind: kind, of: rollup, reference: reference, gas: gas, blobs: 0, bid: bid)
  }

  /// From when on a withdrawal that a claim covers may be paid; nil while it is not known.
  private func releaseTime(of claim: ClaimProgress) -> SimTime? {
    guard let maturedAt = claim.maturedAt else { return nil }
    let policy = terms[claim.terms].scenario.bridge
    let time = maturedAt + policy.airGap
    guard policy.proveGas > 0 else { return time }
    return claim.userProvedAt.map { max(time, $0 + policy.proveDelay) }
  }

  /// Pays withdrawals, or looks again when they may be paid.
  mutating func releaseIfDue(_ number: Int, _ scheduler: inout Events) {
    guard claims.indices.contains(number), claims[number].withdrawableAt == nil,
      let time = releaseTime(of: claims[number])
    else { return }
    guard time <= scheduler.now else {
      return bridge.release(number, at: time, &scheduler)
    }
    releaseExits(ofClaim: number, at: scheduler.now)
    if hasExits(number) {
      guard claims[number].exitsWaiting == 0 else { return }
      claims[number].exitsWaiting += 1
      outbox.append(ofUser(.withdrawal, number, gas: bridgePolicy(of: number).exitGas))
    } else if policy.hosting.isOnSettlement {
      claims[number].withdrawableAt = time
      passWithdrawable(number, at: scheduler.now)
    } else if bridgePolicy(of: number).delaysPayment
      || !terms(ofClaim: number).scenario.sequence.executes
        && claims[number].includedIn?.time != time
    {
      outbox.append(transaction(.withdrawal, of: number, gas: policy.hosting.withdrawalGas))
    }
  }

  // MARK: Blocks of the host

  mutating func includeOfUser(
    _ transaction: SettlementTransaction, in block: BlockPlace, _ scheduler: inout Events
  ) {
    let number = transaction.reference
    guard claims.indices.contains(number) else { return }
    if transaction.kind == .withdrawalProof {
      claims[number].userProofsWaiting -= 1
      // Without the claim it reverts, and is sent anew once that is back.
      guard claims[number].includedIn != nil, claims[number].userProvedAt == nil else { return }
      claims[number].userProvedAt = block.time
      releaseIfDue(number, &scheduler)
    } else if hasExits(number) {
      claims[number].exitsWaiting -= 1
      // Before its time it reverts, and is sent anew.
      guard claims[number].withdrawableAt == nil else { return }
      if let time = releaseTime(of: claims[number]), time <= block.time {
        claims[number].withdrawableAt = block.time
      }
    }
  }

  mutating func dropOfUser(_ receipt: SettlementReceipt) {
    let number = receipt.transaction.reference
    guard claims.indices.contains(number) else { return }
    if receipt.transaction.kind == .withdrawalProof {
      claims[number].userProofsWaiting += 1
      if claims[number].userProvedAt == receipt.includedAt { claims[number].userProvedAt = nil }
    } else if hasExits(number) {
      claims[number].exitsWaiting += 1
      if claims[number].withdrawableAt == receipt.includedAt {
        claims[number].withdrawableAt = nil
      }
    }
  }

  /// The block with a user's last transaction is final.
  mutating func settleExit(_ receipt: SettlementReceipt, at now: SimTime) {
    let number = receipt.transaction.reference
    guard claims.indices.contains(number), hasExits(number),
      claims[number].withdrawableAt == receipt.includedAt
    else { return }
    claims[number].isExitSettled = true
    passWithdrawable(number, at: now)
    forgetFinishedClaims()
  }

  /// Takes note of withdrawals that are paid for good.
  mutating func passWithdrawable(_ number: Int, at now: SimTime) {
    guard claims[number].isFinal, !claims[number].isWithdrawn,
      let instant = claims[number].withdrawableAt, claims[number].isExitSettled || !hasExits(number)
    else { return }
    claims[number].isWithdrawn = true
    record.pass(.withdrawable, claims[number], at: instant)
    payGuests(of: claims[number], at: instant)
    if present.hasFastExits { releaseFastExits(of: number, at: instant, now) }
    if present.hasCalls { calls.release(claim: number, at: now) }
  }
}
