import EventKernel
import Rollup
import Settlement

// What users move to the rollup, and what happens at each block of the host.

extension Journey {
  mutating func sendDeposit(_ event: DepositEvent, _ scheduler: inout Events) {
    let number = deposits.handle(event, &scheduler)
    outbox.append(ofUser(.deposit, number, gas: policy.deposits.gas))
  }

  /// Takes note that the host has made a block, or let a slot pass.
  mutating func endBlock(at now: SimTime, height: Int, _ scheduler: inout Events) {
    matureClaims(height: height, &scheduler)
    if present.scenario.bridge.earlyProof { matureLate(height: height, &scheduler) }
    // A block of the rollup credits it.
    if !present.hasMachines || machines.isSequencing { deposits.credit(at: height, now) }
    endBlockOfExits(at: now, height: height)
    if present.canFail { failIfBroke(&scheduler) }
    if present.hasToken { advanceToken(through: now) }
    if present.hasUpgrades { endBlockOfUpgrades(at: now, height: height) }
    if present.hasForced { endBlockOfForced(height: height, &scheduler) }
    if present.hasFastExits { fastExits.paySettled(&scheduler) }
    if present.hasMarket { rare.market.endBlock(height: height, at: now) }
    if present.hasCalls { endBlockOfCalls(height: height, &scheduler) }
    if present.hasSequencerSet { advanceSequencers(toHostBlock: height, &scheduler) }
    if present.hasDisputes, disputes.isGoingOn {
      endBlockOfDisputes(BlockPlace(time: now, height: height), &scheduler)
    }
    let measured = surroundings.measured
    deposits.forgetDone { submittedAt, creditedAt in
      guard measured.contains(submittedAt) else { return }
      record.deposits.credits.record((creditedAt - submittedAt).nanoseconds)
    }
  }

  /// Notes that a service has begun to prove a batch.
  mutating func noteProofBegan(_ batch: Int, after queueTime: SimDuration) {
    // Provers of a service are saturated by others as well: their cycles are not this rollup's.
    record.prover.began(
      after: queueTime, isMeasured: false, isMeasuring: record.isMeasuring)
  }
}
