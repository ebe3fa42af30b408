import Foundation

extension Oracle {
  /// State differences: how many slots a batch publishes, and when it is full of them.
  static let distinctSlots = Oracle(
    name: "distinct-slots",
    statement: """
      writes choose of 1000 slots with p_k ~ k^-s: n writes have sum of 1 - (1 - p_k)^n different slots, 5 of each \
      of 1 + Poisson(m) transactions sum of 1 - q_k exp(-m (1 - q_k)), q_k = (1 - p_k)^5; \
      d of 1000 slots that are alike take 1000 (H_1000 - H_(1000 - d)) writes
      """,
    source: "independent draws; coupon collector",
    detects: 0.01,
    cases: [0, 0.8, 1.2].flatMap { exponent in
      let law = SlotLaw(count: 1000, exponent: exponent)
      let fixed = slots(
        exponent, "workload: {arrivals.deterministic.rate: 1 /s, classes.transfer.writes: 5}")
      let random = slots(
        exponent, "workload: {arrivals.poisson.rate: 1 /s, classes.transfer.writes: 5}")
      return [
        Case.mean(
          "500 writes, exponent \(exponent)", unit: "1", law.distinct(writes: 500), in: fixed
        ) { $0["state_slots_mean"] },
        .mean(
          "bytes per write, exponent \(exponent)", unit: "B", 40 * law.distinct(writes: 500) / 500,
          in: fixed
        ) { $0["state_bytes_per_write"] },
        .mean(
          "Poisson transactions, exponent \(exponent)", unit: "1",
          law.distinct(transactions: 99.5, writes: 5), in: random
        ) { $0["state_slots_mean"] },
      ]
    }
      + [100, 500, 900].map { full in
        .mean(
          "writes until \(full) slots", unit: "1", collected(full, of: 1000),
          in: slots(
            0,
            """
            workload: {arrivals.poisson.rate: 10 /s, classes.transfer.writes: 1}
            poster: {max_age: 1 d, max_bytes: \(40 * full) B}
            """)
        ) { $0["state_writes_mean"] }
      })

  /// A rollup whose batches are closed 99.5 s after their first transaction.
  private static func slots(_ exponent: Double, _ others: String) -> WorldProbe {
    WorldProbe(
      WorldProbe.quiet,
      """
      warmup: 1 h
      horizon: 4 h
      workload.state: {slots: 1000, zipf_exponent: \(exponent)}
      poster: {format: state_differences, slot_bytes: 40 B, max_age: 99.5 s, max_bytes: 1 MB}
      settlement.slot: 120 s
      """, others)
  }

  /// Writes until so many of equal slots are written: the i-th new one takes count / (count − i + 1) of them.
  private static func collected(_ slots: Int, of count: Int) -> Double {
    (0..<slots).reduce(0) { $0 + Double(count) / Double(count - $1) }
  }
}

/// Probabilities of slots by a Zipf law, summed up one by one.
private struct SlotLaw {
  let probabilities: [Double]

  init(count: Int, exponent: Double) {
    let weights = (1...count).map { pow(Double($0), -exponent) }
    let sum = weights.reduce(0, +)
    probabilities = weights.map { $0 / sum }
  }

  /// Different slots of so many writes.
  func distinct(writes: Int) -> Double {
    probabilities.reduce(0) { $0 + 1 - pow(1 - $1, Double(writes)) }
  }

  /// Different slots of one transaction and of Poisson ones behind it, of so many writes each.
  func distinct(transactions: Double, writes: Int) -> Double {
    probabilities.reduce(0) { sum, probability in
      let missed = pow(1 - probability, Double(writes))
      return sum + 1 - missed * exp(-transactions * (1 - missed))
    }
  }
}
