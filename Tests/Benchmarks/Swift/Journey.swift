import EventKernel
import Worlds

/// Transactions per simulated second.
let transactionRate = 50

/// Runs the world of one optimistic rollup, transactions drawn one by one, and prints the rate and
/// the mean soft latency.
func benchmarkJourney(transactions: Int) throws {
  _ = try journey(transactions: 100 * transactionRate)  // start-up: lazy globals, first page faults
  let start = cpuSeconds()
  let softLatency = try journey(transactions: transactions)
  report(
    workload: "journey", pending: 0, count: UInt64(transactions), seconds: cpuSeconds() - start,
    check: softLatency ?? .nan)
}

/// The mean time from submission to block [s] in a run with so many transactions on average.
private func journey(transactions: Int) throws -> Double? {
  var scenario = Scenario.baseCase
  scenario.rollup.workload.arrivals = .poisson(rate: Double(transactionRate))
  scenario.rollup.sequencer.blockInterval = SimDuration(nanoseconds: 250_000_000)
  scenario.rollup.sequencer.blockGasLimit = 32_000_000
  scenario.rollup.poster.maxBytes = 100_000
  scenario.rollup.bridge.challengeWindow = .days(7)
  scenario.phases = .aligned
  scenario.warmUp = .zero
  scenario.horizon = .seconds(Int64(transactions / transactionRate))
  let result = try scenario.validated().run(seed: 1, replication: 0)
  for (measure, value) in zip(Measure.all, result.measures)
  where measure.name == "finality_soft_s_mean" {
    return value
  }
  return nil
}
