import Queues

extension Oracle {
  /// Two classes of urgency that do not interrupt each other.
  static let cobham: Oracle = {
    let queue = PriorityQueue(classes: [
      .init(arrivalRate: 0.2, service: .exponential(mean: 1)),
      .init(arrivalRate: 0.5, service: .exponential(mean: 1)),
    ])
    return Oracle(
      name: "cobham",
      statement: "Wq_k = W0/((1 - sigma_(k-1))(1 - sigma_k)), W0 = sum of lambda_i E[S_i^2]/2",
      source: "Cobham 1954: priority without interruption",
      cases: queue.expectedWaits.enumerated().map { index, expected in
        .mean("mean wait of class \(index + 1), lambda = 0.2 and 0.5", unit: "s", expected) {
          queue.waits(.oracle(seed: $0, replication: $1))[index].meanSeconds ?? .nan
        }
      })
  }()
}
