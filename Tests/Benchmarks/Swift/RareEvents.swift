import EventKernel
import Experiments
import Foundation
import RareEvents

/// Splits a busy queue and a censored transaction at probabilities from 1e-3 to 1e-12, and prints
/// estimate, errors, processor time and the plain runs that would know as much.
func benchmarkRareEvents(trials: Int) {
  for customers in [10, 20, 30, 40] {
    benchmarkRareEvent(
      "M/M/1 at load 0.5 reaches \(customers) customers", trials: trials,
      expected: Oracle.overflowOfMM1(load: 0.5, customers: customers),
      levels: .even(to: customers, each: 0.5)
    ) {
      BusyPeriod.start(load: 0.5, service: .exponential(mean: 1), seed: $0, replication: $1)
    }
  }
  for blocks in [66, 131, 197, 262] {
    benchmarkRareEvent(
      "9 of 10 proposers censor \(blocks) blocks", trials: trials,
      expected: pow(0.9, Double(blocks)), levels: .even(to: blocks, each: 0.9)
    ) {
      CensoredTransaction.start(honest: 0.1, seed: $0, replication: $1)
    }
  }
}

private func benchmarkRareEvent<Model: RareEventModel & ~Copyable>(
  _ name: String, trials: Int, expected: Double, levels: [Double],
  start: @Sendable (_ seed: UInt64, _ replication: UInt64) -> Simulation<Model>
) {
  let splitting = Splitting(levels: levels, trials: trials)
  let before = cpuSeconds()
  let estimate = splitting.estimate(seed: 1, start: start)
  let seconds = cpuSeconds() - before
  let interval = estimate.interval()
  let halfWidth = (interval.high - interval.low) / 2 / estimate.probability
  // One of 100,000 plain runs takes as long as any other.
  let plain = Splitting(levels: [levels[levels.count - 1]], trials: 50_000, repetitions: 2)
  let beforePlain = cpuSeconds()
  _ = plain.estimate(seed: 1, start: start)
  let plainRun = (cpuSeconds() - beforePlain) / 100_000
  let plainRuns = estimate.equivalentPlainRuns ?? .nan
  print(
    """
    {"workload": "rare", "event": "\(name)", "levels": \(levels.count), "expected": \(expected), \
    "estimate": \(estimate.probability), "half_width": \(halfWidth), \
    "deviation": \(estimate.probability / expected - 1), "events": \(estimate.events), \
    "cpu_s": \(seconds), "plain_runs": \(plainRuns), "plain_cpu_s": \(plainRuns * plainRun), \
    "peak_mb": \(peakMegabytes())}
    """)
}
