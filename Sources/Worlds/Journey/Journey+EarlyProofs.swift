import EventKernel
import Rollup
import Settlement

// An optimistic rollup that is proved later: a proof of what a claim says ends its window.

extension Journey {
  /// Sends proofs of claims that are in blocks of the host and wait for their window, where all of their batches are proved.
  mutating func sendEarlyProofs() {
    for number in claims.indices where canEndEarly(number) {
      claims[number].earlyProofsWaiting += 1
      claims[number].open += 1
      let gas = terms(ofClaim: number).scenario.prover.verificationGas
      handOver(transaction(.proof, of: number, gas: gas))
    }
  }

  private func canEndEarly(_ number: Int) -> Bool {
    let claim = claims[number]
    return claim.batches.upperBound <= rare.provedThrough && claim.includedIn != nil
      && claim.maturedAt == nil && claim.earlyProofsWaiting == 0
  }

  /// Whether a transaction proves what an assertion has said.
  func isEarlyProof(_ transaction: SettlementTransaction) -> Bool {
    transaction.kind == .proof && !policy.sequence.isProved
  }

  /// A block has such a proof; without the claim, or after its window, it changes nothing.
  mutating func includeEarlyProof(
    _ number: Int, in block: BlockPlace, _ scheduler: inout Events
  ) {
    claims[number].earlyProofsWaiting -= 1
    guard claims[number].includedIn != nil, claims[number].maturedAt == nil else { return }
    claims[number].earlyIn = block.time
    if terms(ofClaim: number).scenario.prover.racers > 1 {
      endRaces(claims[number].batches, &scheduler)
    }
    takeEffect(number, at: block.time, &scheduler)
  }

  /// A re-org has dropped that block; the chain includes the proof anew.
  mutating func dropEarlyProof(_ receipt: SettlementReceipt) {
    let number = receipt.transaction.reference
    claims[number].earlyProofsWaiting += 1
    guard claims[number].earlyIn == receipt.includedAt else { return }
    claims[number].earlyIn = nil
    claims[number].undoEffect()
    takeBackRelease(ofClaim: number)
  }

  /// The windows of claims that have passed while a proof had ended them which a re-org dropped.
  mutating func matureLate(height: Int, _ scheduler: inout Events) {
    for number in claims.indices where claims[number].maturedAt == nil {
      mature(number, at: scheduler.now, height: height, &scheduler)
    }
  }

  /// That block is final.
  mutating func settleEarlyProof(_ receipt: SettlementReceipt, at instant: SimTime) {
    let number = receipt.transaction.reference
    claims[number].open -= 1
    guard claims[number].earlyIn == receipt.includedAt, !claims[number].isEarlySettled else {
      return forgetFinishedClaims()
    }
    claims[number].isEarlySettled = true
    record.prover.verified(
      claims[number].batches.count, isMeasured: claims[number].profile.count > 0,
      at: receipt.includedAt)
    finaliseIfDone(number, at: instant)
  }
}
