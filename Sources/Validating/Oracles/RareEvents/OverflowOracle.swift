import Randomness
import RareEvents

extension Oracle {
  /// How probable it is that a busy period of a queue reaches so many customers.
  static let overflow = Oracle(
    name: "queue-overflow",
    statement: "M/M/1: (r - 1)/(r^n - 1), r = 1/load; M/D/1: 1 - y(n - 1)/y(n)",
    source: "gambler's ruin; first-step analysis at the beginnings of services",
    cases: [
      .mean("M/M/1, load 0.5, 30 customers", unit: "1", overflowOfMM1(load: 0.5, customers: 30)) {
        overflow(
          service: .exponential(mean: 1), levels: .even(to: 30, each: 0.5), seed: $0,
          replication: $1)
      },
      // A customer more is 3.5 times as rare: z = 3.5 solves z = e^(load·(z - 1)).
      .mean("M/D/1, load 0.5, 18 customers", unit: "1", overflowOfMD1(load: 0.5, customers: 18)) {
        overflow(
          service: .constant(1), levels: .even(to: 18, each: 1 / 3.5), seed: $0, replication: $1)
      },
    ])

  /// Gambler's ruin: the next event is an arrival with load/(1 + load) (Feller, "An Introduction to
  /// Probability Theory and Its Applications" I, chapter XIV.2).
  package static func overflowOfMM1(load: Double, customers: Int) -> Double {
    var sum = 0.0
    for _ in 0..<customers { sum = 1 + sum / load }
    return 1 / sum
  }

  /// With j customers at the beginning of a service, the queue empties before it reaches n with f(j),
  /// f(0) = 1: f(j) = Σ a(k)·f(j + k − 1) over k < n − j, a(k) the Poisson probability of k arrivals
  /// in a service.
  ///
  /// So f(j) = y(n − j)/y(n) with y(1) = 1 and y(m) = Σ a(k)·y(m + 1 − k) over k < m, solved for
  /// y(m + 1), which f(0) = 1 scales.
  package static func overflowOfMD1(load: Double, customers: Int) -> Double {
    let distribution = CountDistribution.poisson(mean: load)
    var y = [0.0, 1.0]
    for m in 1..<customers {
      let rest = (1..<m).reduce(0) { $0 + distribution.probability(of: $1) * y[m + 1 - $1] }
      y.append((y[m] - rest) / distribution.probability(of: 0))
    }
    return 1 - y[customers - 1] / y[customers]
  }

  /// What one splitting finds at a load of 0.5.
  private static func overflow(
    service: Distribution, levels: [Double], seed: UInt64, replication: UInt64
  ) -> Double {
    Splitting(levels: levels, trials: 2000).repetition(Int(replication), seed: seed) {
      BusyPeriod.start(load: 0.5, service: service, seed: $0, replication: $1)
    }.probability
  }
}
