import Randomness

/// What a prover draws from: each kind of time for itself, so that one leaves the others as they were.
struct ProverStreams: ~Copyable {
  /// Times of witnesses.
  var witness: RandomStream
  /// Times of chunks.
  var proof: RandomStream
  /// Times of joining proofs.
  var recursion: RandomStream
  /// Which attempts fail, and the times of those that follow.
  var failures: RandomStream
  /// Which attempts take longer.
  var stragglers: RandomStream
  /// Times of aggregating a group.
  var aggregation: RandomStream
  /// Times of the last step.
  var wrap: RandomStream

  init(_ streams: StreamSource) {
    witness = streams.stream("prover.witness")
    proof = streams.stream("prover.proof")
    recursion = streams.stream("prover.recursion")
    failures = streams.stream("prover.failures")
    stragglers = streams.stream("prover.stragglers")
    aggregation = streams.stream("prover.aggregation")
    wrap = streams.stream("prover.wrap")
  }
}

extension ProverStreams: Splittable {
  func copy(drawing draws: Draws) -> ProverStreams { ProverStreams(copying: self, draws) }

  private init(copying other: borrowing ProverStreams, _ draws: Draws) {
    witness = other.witness.copy(drawing: draws)
    proof = other.proof.copy(drawing: draws)
    recursion = other.recursion.copy(drawing: draws)
    failures = other.failures.copy(drawing: draws)
    stragglers = other.stragglers.copy(drawing: draws)
    aggregation = other.aggregation.copy(drawing: draws)
    wrap = other.wrap.copy(drawing: draws)
  }
}
