import EventKernel
import Ledger

// Claims of several rollups share a proof on the settlement chain.

/// A proof that is to be verified on the settlement chain for claims that share it.
public struct ProofToVerify: Sendable {
  /// Its number.
  public let number: Int
  /// Gas that it takes.
  public let gas: UInt64
  /// Most that the service pays per gas [wei].
  public let feeCap: UInt64
  /// Tip that it bids per gas [wei].
  public let tip: UInt64
}

extension ProverService {
  /// Takes on a claim whose own proof is there.
  public mutating func share<E: CarriesProverServiceEvents>(
    _ claim: SharedClaim, _ scheduler: inout Scheduler<E>
  ) {
    if shared.add(claim) {
      scheduler.schedule(
        .proverService(.sharedDeadline(proof: UInt32(shared.next)), of: service),
        after: shared.policy.maxWait)
    }
    if shared.isFull { closeShared(&scheduler) }
  }

  mutating func closeShared<E: CarriesProverServiceEvents>(_ scheduler: inout Scheduler<E>) {
    shared.close()
    beginShared(&scheduler)
  }

  private mutating func beginShared<E: CarriesProverServiceEvents>(
    _ scheduler: inout Scheduler<E>
  ) {
    guard let time = shared.begin() else { return }
    scheduler.schedule(.proverService(.shared, of: service), after: time)
  }

  mutating func endShared<E: CarriesProverServiceEvents>(
    _ scheduler: inout Scheduler<E>
  ) -> ProofToVerify {
    let number = shared.end()
    beginShared(&scheduler)
    return ProofToVerify(
      number: number, gas: shared.policy.gas, feeCap: shared.policy.feeCap,
      tip: shared.policy.tip)
  }

  /// The claims that share a proof which is not in a final block.
  public func claims(ofShared number: Int) -> [SharedClaim] { shared.proofs[number].claims }

  /// Takes note that the block with a proof is final.
  public mutating func settle(shared number: Int, includedAt: SimTime, cost: Wei) {
    record.settled(shared.proofs[number].claims, includedAt: includedAt, cost: cost)
    shared.settle(number)
  }
}
