import Randomness

extension Journey: Splittable {
  /// A copy in the same state: each part is copied, and what no part has is a value.
  func copy(drawing draws: Draws) -> Journey { Journey(copying: self, draws) }

  private init(copying other: borrowing Journey, _ draws: Draws) {
    policy = other.policy
    rollup = other.rollup
    surroundings = other.surroundings
    firstClaim = other.firstClaim
    workload = other.workload.copy(drawing: draws)
    sequencer = other.sequencer.copy(drawing: draws)
    poster = other.poster.copy(drawing: draws)
    prover = other.prover.copy(drawing: draws)
    proposer = other.proposer.copy(drawing: draws)
    bridge = other.bridge.copy(drawing: draws)
    deposits = other.deposits.copy(drawing: draws)
    batches = other.batches
    claims = other.claims
    provedRanges = other.provedRanges
    firstNotIncluded = other.firstNotIncluded
    firstNotProving = other.firstNotProving
    workloadHasEnded = other.workloadHasEnded
    guests = other.guests
    outbox = other.outbox
    proofRequests = other.proofRequests
    record = other.record
    ledger = other.ledger
  }
}
