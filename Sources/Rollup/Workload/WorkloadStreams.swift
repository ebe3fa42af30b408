import Randomness

/// What a workload draws from: classes, and each thing that transactions use, for themselves.
struct WorkloadStreams: ~Copyable {
  var kinds: RandomStream
  var gas: RandomStream
  var bytes: RandomStream
  var work: RandomStream
  var writes: RandomStream
  var client: RandomStream
  var maxFees: RandomStream

  init(_ streams: StreamSource) {
    kinds = streams.stream("workload.class")
    gas = streams.stream("workload.gas")
    bytes = streams.stream("workload.bytes")
    work = streams.stream("workload.prover_work")
    writes = streams.stream("workload.writes")
    client = streams.stream("workload.client_time")
    maxFees = streams.stream("workload.max_fee")
  }
}

extension WorkloadStreams: Splittable {
  /// A copy in the same state.
  func copy(drawing draws: Draws) -> WorkloadStreams { WorkloadStreams(copying: self, draws) }

  private init(copying other: borrowing WorkloadStreams, _ draws: Draws) {
    kinds = other.kinds.copy(drawing: draws)
    gas = other.gas.copy(drawing: draws)
    bytes = other.bytes.copy(drawing: draws)
    work = other.work.copy(drawing: draws)
    writes = other.writes.copy(drawing: draws)
    client = other.client.copy(drawing: draws)
    maxFees = other.maxFees.copy(drawing: draws)
  }
}
