import EventKernel
import Foundation
import RareEvents
import Statistics
import Validating

/// A rare event with a known probability, and how it is asked for.
private struct RareEvent<Model: RareEventModel & ~Copyable> {
  let name: String
  let expected: Double
  let levels: [Double]
  let start: @Sendable (_ seed: UInt64, _ replication: UInt64) -> Simulation<Model>
}

private func overflow(customers: Int) -> RareEvent<BusyPeriod> {
  RareEvent(
    name: "M/M/1 at load 0.5 reaches \(customers) customers",
    expected: Oracle.overflowOfMM1(load: 0.5, customers: customers),
    levels: .even(to: customers, each: 0.5)
  ) {
    BusyPeriod.start(load: 0.5, service: .exponential(mean: 1), seed: $0, replication: $1)
  }
}

private func censorship(blocks: Int) -> RareEvent<CensoredTransaction> {
  RareEvent(
    name: "9 of 10 proposers censor \(blocks) blocks", expected: pow(0.9, Double(blocks)),
    levels: .even(to: blocks, each: 0.9)
  ) {
    CensoredTransaction.start(honest: 0.1, seed: $0, replication: $1)
  }
}

/// A wrong state of a whole world that censoring proposers let become final.
private func wrongState(_ name: String, _ question: WrongState.Question) -> RareEvent<WrongState> {
  RareEvent(
    name: name, expected: question.probability, levels: question.levels
  ) {
    WrongState.start(question, seed: $0, replication: $1)
  }
}

private func wrongState(blocks: Int) -> RareEvent<WrongState> {
  wrongState(
    "a wrong state after \(blocks) blocks that half of the proposers censor",
    .init(censored: 0.5, window: .blocks(blocks + 1)))
}

/// Splits a busy queue, a censored transaction and a whole world at probabilities from 1e-3 to 1e-12, and prints
/// estimate, errors, processor time and the plain runs that would know as much.
func benchmarkRareEvents(trials: Int) {
  for customers in [10, 20, 30, 40] { benchmark(overflow(customers: customers), trials: trials) }
  for blocks in [66, 131, 197, 262] { benchmark(censorship(blocks: blocks), trials: trials) }
  for blocks in [10, 20, 30, 40] { benchmark(wrongState(blocks: blocks), trials: trials) }
  benchmark(
    wrongState(
      "a wrong state after 35 slots, a tenth of them missed",
      .init(censored: 0.5, missed: 0.1, window: .time(.seconds(12 * 35)))), trials: trials)
}

/// Prints how many 95 % intervals hold the probability, and how far the mean of all estimates is off
/// against its standard error.
func benchmarkCoverage(trials: Int, estimates: Int) {
  for customers in [10, 20, 30] {
    benchmarkCoverage(overflow(customers: customers), trials: trials, estimates: estimates)
  }
  benchmarkCoverage(censorship(blocks: 197), trials: trials, estimates: estimates)
}

private func benchmark<Model: RareEventModel & ~Copyable>(
  _ event: RareEvent<Model>, trials: Int
) {
  let splitting = Splitting(levels: event.levels, trials: trials)
  let before = cpuSeconds()
  let estimate = splitting.estimate(seed: 1, start: event.start)
  let seconds = cpuSeconds() - before
  let interval = estimate.interval()
  let plainRuns = estimate.equivalentPlainRuns ?? .nan
  let plain = plainRun(event)
  print(
    """
    {"workload": "rare", "event": "\(event.name)", "levels": \(event.levels.count), \
    "expected": \(event.expected), "estimate": \(estimate.probability), \
    "half_width": \((interval.high - interval.low) / 2 / estimate.probability), \
    "deviation": \(estimate.probability / event.expected - 1), "events": \(estimate.events), \
    "cpu_s": \(seconds), "plain_runs": \(plainRuns), \
    "plain_cpu_s": \(plainRuns * plain.seconds), "found_by_100000_plain_runs": \(plain.found), \
    "peak_mb": \(peakMegabytes())}
    """)
}

/// The mean time of 100,000 runs that look for the top level alone, and how many reach it.
private func plainRun<Model: RareEventModel & ~Copyable>(
  _ event: RareEvent<Model>
) -> (seconds: Double, found: Int) {
  let splitting = Splitting(
    levels: event.levels.suffix(1), trials: 50_000, repetitions: 2)
  let before = cpuSeconds()
  let estimate = splitting.estimate(seed: 1, start: event.start)
  return (
    (cpuSeconds() - before) / 100_000,
    estimate.repetitions.reduce(0) { $0 + $1.reached[0] }
  )
}

private func benchmarkCoverage<Model: RareEventModel & ~Copyable>(
  _ event: RareEvent<Model>, trials: Int, estimates: Int
) {
  let splitting = Splitting(levels: event.levels, trials: trials)
  var deviations = Tally()
  var low = 0
  var high = 0
  for seed in 1...UInt64(estimates) {
    let estimate = splitting.estimate(seed: seed, jobs: 2, start: event.start)
    let interval = estimate.interval()
    deviations.record(estimate.probability / event.expected - 1)
    low += interval.high < event.expected ? 1 : 0
    high += event.expected < interval.low ? 1 : 0
  }
  let deviation = deviations.standardDeviation ?? .nan
  print(
    """
    {"workload": "rare-coverage", "event": "\(event.name)", "estimates": \(estimates), \
    "covered": \(Double(estimates - low - high) / Double(estimates)), "too_low": \(low), \
    "too_high": \(high), "mean_deviation": \(deviations.mean), \
    "standard_error": \(deviation / Double(estimates).squareRoot())}
    """)
}
