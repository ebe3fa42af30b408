import EventKernel
import Worlds

/// Runs the world of one optimistic rollup, transactions drawn one by one, and prints the rate.
func benchmarkJourney(transactions: Int64) throws {
  var scenario = Scenario.baseCase
  scenario.workload.arrivals = .poisson(rate: 50)
  scenario.sequencer.blockInterval = SimDuration(nanoseconds: 250_000_000)
  scenario.sequencer.blockGasLimit = 32_000_000
  scenario.poster.maxBytes = 100_000
  scenario.challengeWindow = .days(7)
  scenario.warmUp = .zero
  scenario.horizon = .seconds(transactions / 50)
  let valid = try scenario.validated()
  let start = cpuSeconds()
  let result = try valid.run(seed: 1, replication: 0)
  let seconds = cpuSeconds() - start
  for (measure, value) in zip(Measure.all, result.measures) {
    if let value { print(measure.name, value) }
  }
  report(
    workload: "journey", pending: 0, count: UInt64(transactions), seconds: seconds, check: 0)
}
