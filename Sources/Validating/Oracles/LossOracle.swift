import Queues

extension Oracle {
  /// A queue that turns customers away when it is full.
  static let lossQueue: Oracle = {
    let known = LossQueue(arrivalRate: 0.8, meanService: 1, capacity: 5)
    return Oracle(
      name: "mm1k", statement: "M/M/1/K: P(lost) = (1 - rho) rho^K/(1 - rho^(K+1))",
      source: "Kleinrock 1975, Queueing Systems I, section 3.6",
      cases: [
        .mean("share lost, rho = 0.8, K = 5", unit: "1", known.lossShare) {
          known.queue.lossShare(.oracle(seed: $0, replication: $1))
        }
      ])
  }()
}
