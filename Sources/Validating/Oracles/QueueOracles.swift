import Queues

extension Oracle {
  /// Queues with closed forms, simulated as events: the kernel and its statistics without any chain.
  static let queues: [Oracle] = [
    mm1, md1, pollaczekKhinchine, erlangC, lossQueue, cobham, tandem, sizeOrTimer, fanOut,
  ]
}

extension RunPlan {
  /// What one replication of a row simulates.
  ///
  /// All start empty. The relaxation time (1 + cv²)/(2µ(1 − √ρ)²) is at most 180 customers, that of
  /// pollaczek-khinchine at cv² = 4, so what is left of the start after the warm-up has a weight of
  /// under e^−5 · 180/6000 of the mean: a hundredth of the interval.
  static func oracle(seed: UInt64, replication: UInt64) -> RunPlan {
    RunPlan(customers: 6000, warmUp: 1000, seed: seed, replication: replication)
  }
}

extension Oracle.Case {
  /// A mean time in line.
  static func meanWait(_ name: String, _ expected: Double, in queue: ServiceQueue) -> Oracle.Case {
    .mean(name, unit: "s", expected) {
      queue.waits(.oracle(seed: $0, replication: $1)).meanSeconds ?? .nan
    }
  }
}
