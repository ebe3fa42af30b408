import EventKernel
import Ledger
import Rollup
import Settlement

// Users who call another rollup: what this one's blocks, batches, claims and host do for that.

extension Journey {
  /// A user calls, and pays for the first leg where there is one by itself.
  mutating func call(_ scheduler: inout Events) {
    let cost = legCost(policy.calls.legGas)
    let softAt = sequencer.usualSeal(after: scheduler.now)
    guard calls.ask(softAt: softAt, cost: cost, &scheduler), policy.calls.path != .sequencer else {
      return
    }
    payLeg(cost)
  }

  /// What a leg costs here, at the price of gas as it is.
  func legCost(_ gas: UInt64) -> Wei { Wei(gas: gas, price: pricing.price) }

  /// Enters what a user pays for a leg.
  mutating func payLeg(_ cost: Wei) {
    ledger.debit(.users, cost, for: .layer2Fees)
    ledger.credit(.rollupOperator, cost, for: .layer2Fees)
  }

  /// A provider pays a call on the other rollup.
  mutating func payCall(_ number: Int, at now: SimTime) {
    guard let taken = calls.pays(number, at: now) else { return }
    ledger.debit(taken.isFake ? .attackers : .users, taken.fee, for: .fastExit)
    ledger.credit(.liquidityProviders, taken.fee, for: .fastExit)
  }

  /// A block has a claim: who waited for that goes on, also an adversary with what a wrong one says.
  mutating func passCalls(
    of number: Int, in block: BlockPlace, _ scheduler: inout Events
  ) {
    let batches = claims[number].batches
    if terms(ofClaim: number).scenario.holdsData {
      calls.pass(.included, batches: batches, &scheduler)
    }
    calls.pass(.claimed, batches: batches, &scheduler)
    if disputes.isWrong(number) { calls.askFake(byClaim: number, &scheduler) }
    // A shared proof has told the other rollup before.
    if !surroundings.sharesProofs { calls.prove(batches: batches, in: block) }
  }

  /// The bridge lets out what a claim covers.
  mutating func releaseCalls(of number: Int, at now: SimTime) {
    for call in calls.release(batches: claims[number].batches) {
      outbox.append(ofUser(.call, call, gas: policy.calls.messageGas))
    }
  }

  /// A claim is rejected by which an adversary had called with what nobody has.
  mutating func loseCalls(of claim: Int, at now: SimTime) {
    let lost = calls.reject(claim: claim, at: now)
    ledger.debit(.liquidityProviders, lost, for: .fastExit)
    ledger.credit(.attackers, lost, for: .fastExit)
  }

  /// The host has made a block: the other rollup takes what has enough of them on top.
  mutating func endBlockOfCalls(height: Int, _ scheduler: inout Events) {
    calls.paySettled(&scheduler)
    calls.credit(at: height, scheduler.now)
  }

  /// Whether a block that is due is made.
  var makesBlocks: Bool {
    mutating get { !isFrozen && (!present.hasMachines || machines.isSequencing) }
  }
}
