import Foundation

extension Oracle {
  /// When the batch poster closes a batch: at a size, at an age, or at whichever comes first.
  static let batchTriggers = Oracle(
    name: "batch-triggers",
    statement: """
      Poisson transactions, a batch closes at N of them or T after the first, P_k = P(k, rate T): \
      size 1 + sum of P_k over k < N, mean wait sum of k P_k / (rate size), interval size/rate; \
      N alone (N - 1)/(2 rate), T alone (T + rate T^2/2)/(1 + rate T)
      """,
    source: "renewal argument, with the regularised lower gamma function P",
    detects: 0.01,
    cases: triggers.flatMap { trigger -> [Case] in
      let cycle = BatchCycle(rate: 0.5, size: trigger.size, timer: trigger.timer)
      let world = WorldProbe(
        WorldProbe.quiet,
        """
        warmup: 1 h
        horizon: 9 h
        workload.arrivals.poisson.rate: 0.5 /s
        poster: {max_bytes: \(100 * trigger.size) B, max_age: \(Int(trigger.timer)) s}
        settlement.slot: 120 s
        """)
      return [
        ("size", "1", cycle.meanSize, "batch_size_tx_mean"),
        ("wait", "s", cycle.meanWait, "batch_wait_s_mean"),
        ("interval", "s", cycle.meanInterval, "batch_interval_s_mean"),
      ].filter { trigger.isRandom || $0.0 != "size" }.map { what, unit, expected, measure in
        .mean("\(trigger.name), \(what)", unit: unit, expected, in: world) { $0[measure] }
      }
    })

  /// An age or a size that is never reached stands for none.
  private static let triggers = [
    (name: "50 transactions", size: 50, timer: 86_400.0, isRandom: false),
    (name: "60 s", size: 1000, timer: 60.0, isRandom: true),
    (name: "50 transactions or 60 s", size: 50, timer: 60.0, isRandom: true),
  ]
}

/// What a batch is in the mean that closes at a size or an age.
struct BatchCycle {
  /// Transactions.
  let meanSize: Double
  /// From a transaction to the closing of its batch [s].
  let meanWait: Double
  /// From one batch to the next [s].
  let meanInterval: Double

  /// - Parameters:
  ///   - rate: Poisson arrivals [1/s].
  ///   - size: transactions at which a batch closes.
  ///   - timer: time after its first transaction at which it does [s].
  init(rate: Double, size: Int, timer: Double) {
    let arrivals = rate * timer
    // P(k, x) = 1 − e^(−x) Σ x^j/j! over j < k: the probability of k arrivals or more in the timer.
    var (term, tail) = (exp(-arrivals), 1.0)
    var (sum, weighted) = (0.0, 0.0)
    for k in 1..<size {
      tail -= term
      term *= arrivals / Double(k)
      sum += tail
      weighted += Double(k) * tail
    }
    meanSize = 1 + sum
    meanWait = weighted / (rate * meanSize)
    meanInterval = meanSize / rate
  }
}
