import Randomness

extension Journey: Splittable {
  /// A copy in the same state: each part is copied, and what no part has is a value.
  package func copy(drawing draws: Draws) -> Journey {
    // By the initialiser of all properties, which makes none of their first values.
    Journey(
      present: present, terms: terms, current: current, rollup: rollup, surroundings: surroundings,
      firstClaim: firstClaim,
      workload: workload.copy(drawing: draws), sequencer: sequencer.copy(drawing: draws),
      poster: poster.copy(drawing: draws),
      prover: prover.copy(drawing: draws),
      batchFee: batchFee, proposer: proposer.copy(drawing: draws),
      bridge: bridge.copy(drawing: draws),
      deposits: deposits.copy(drawing: draws), rare: rare.copy(drawing: draws),
      pricing: pricing.copy(drawing: draws),
      batches: batches, claims: claims, provedRanges: provedRanges,
      onHost: onHost, firstNotSecure: firstNotSecure, firstNotProving: firstNotProving,
      firstNotKept: firstNotKept, hostHeight: hostHeight,
      workloadHasEnded: workloadHasEnded, guests: guests, firstNotShared: firstNotShared,
      claimsToShare: claimsToShare, dataToShare: dataToShare, outbox: outbox,
      proofRequests: proofRequests, record: record, ledger: ledger)
  }
}
