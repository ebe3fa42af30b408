import Queues

extension Oracle {
  /// Batches that close when they are full or old.
  ///
  /// The mean wait of a replication is a ratio of two means over 200 batches. Its bias is 2e-4 s, a
  /// thousandth of the interval.
  ///
  /// At 0.5/s nearly all are closed by the timer, at 0.8/s half of them.
  static let sizeOrTimer: Oracle = {
    let slow = BatchQueue(arrivalRate: 0.5, size: 50, timer: 60)
    let fast = BatchQueue(arrivalRate: 0.8, size: 50, timer: 60)
    func row(
      _ name: String, unit: String, _ expected: Double, _ queue: BatchQueue,
      _ measure: @escaping @Sendable (BatchQueue.Record) -> Double
    ) -> Case {
      let rate = queue.arrivalRate.shortest
      return .mean("\(name), N = 50, T = 60 s, lambda = \(rate)/s", unit: unit, expected) {
        measure(queue.record(batches: 200, .oracle(seed: $0, replication: $1)))
      }
    }
    return Oracle(
      name: "size-or-timer",
      statement: """
        N or T from the first, P_k = P(k, lambda T): size = 1 + sum over k = 1 … N - 1 of P_k, \
        wait = (sum of k P_k)/(lambda size), interval = size/lambda
        """,
      source: "Erlang times: the k-th after the first comes within T with P_k",
      cases: [
        row("mean size", unit: "1", slow.expectedSize, slow, \.sizes.mean),
        row("mean wait", unit: "s", slow.expectedWait, slow) { $0.waits.meanSeconds ?? .nan },
        row("mean interval", unit: "s", slow.expectedInterval, slow, \.intervals.mean),
        row("mean wait", unit: "s", fast.expectedWait, fast) { $0.waits.meanSeconds ?? .nan },
      ])
  }()
}
