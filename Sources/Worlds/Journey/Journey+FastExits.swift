import EventKernel
import Ledger
import Rollup
import Settlement

// Withdrawals of coins that somebody pays out before the bridge does, and has back from it.

extension Journey {
  /// A user withdraws, or a provider pays.
  mutating func handle(_ event: FastExitEvent, _ scheduler: inout Events) {
    guard case .pays(let number) = event else {
      return fastExits.ask(event, softAt: sequencer.usualSeal(after: scheduler.now), &scheduler)
    }
    guard let source = fastExits.source(of: Int(number)) else { return }
    if fastExits.pays(Int(number), claim(of: source), at: scheduler.now) {
      outbox.append(ofUser(.payout, Int(number), gas: policy.fastExits.gas))
    }
  }

  /// How the claim is that says that a withdrawal exists.
  private mutating func claim(of source: FastExitSource) -> SeenClaim {
    let number =
      switch source {
      case .claim(let claim): claims.indices.contains(claim) ? claim : nil
      case .batch(let batch): claims.indices.first { claims[$0].batches.contains(batch) }
      }
    guard let number, claims[number].includedIn != nil else { return .missing }
    return disputes.holds(number) ? .contested : .undisputed
  }

  /// A block has a claim: providers who waited for it pay, also what an adversary says to have.
  mutating func passFastExits(of claim: Int, _ scheduler: inout Events) {
    let batches = claims[claim].batches
    if terms(ofClaim: claim).scenario.holdsData {
      fastExits.pass(.included, batches: batches, &scheduler)
    }
    fastExits.pass(.claimed, batches: batches, &scheduler)
    if disputes.isWrong(claim) { fastExits.askFake(byClaim: claim, &scheduler) }
  }

  /// The block with a payment is final.
  mutating func settlePayout(_ receipt: SettlementReceipt) {
    let taken = fastExits.settle(
      receipt.transaction.reference, in: receipt.includedAt, cost: receipt.charged)
    ledger.debit(taken.isFake ? .attackers : .users, taken.fee, for: .fastExit)
    ledger.credit(.liquidityProviders, taken.fee, for: .fastExit)
  }

  /// A claim has paid out for good.
  mutating func releaseFastExits(of claim: Int, at instant: SimTime, _ now: SimTime) {
    fastExits.release(claim: claim, batches: claims[claim].batches, at: instant, now)
  }

  /// A claim is rejected by which an adversary had withdrawn what nobody has.
  mutating func loseFastExits(of claim: Int, at now: SimTime) {
    let lost = fastExits.reject(claim: claim, at: now)
    ledger.debit(.liquidityProviders, lost, for: .fastExit)
    ledger.credit(.attackers, lost, for: .fastExit)
  }
}
