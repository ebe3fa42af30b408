import EventKernel
import Worlds

/// Runs the world of optimistic rollups side by side, and prints the rate of transactions and the mean soft
/// latency.
///
/// - Parameters:
///   - rate: transactions per simulated second of each rollup.
///   - transactions: that all of them have up to the horizon on average. Users go on for two hours after it, or for as
///     long as it lasted, since what they send shares batches and claims with what is measured; that counts as well.
func benchmarkJourney(
  _ workload: String, rollups: Int = 1, rate: Int, transactions: Int, _ fidelity: Fidelity
) throws {
  let seconds = transactions / (rollups * rate)
  // Start-up: lazy globals, first page faults.
  _ = try journey(rollups: rollups, rate: rate, seconds: min(seconds, 100), fidelity)
  let start = cpuSeconds()
  let softLatency = try journey(rollups: rollups, rate: rate, seconds: seconds, fidelity)
  report(
    workload: workload, pending: rollups > 1 ? rollups : rate,
    count: UInt64(rollups * rate * (seconds + min(seconds, 7200))), seconds: cpuSeconds() - start,
    check: softLatency ?? .nan)
}

/// The mean time from submission to block [s], of several rollups the first one's.
///
/// Blocks and batches have room in proportion to the rate above 50 /s, so that batches are as many.
private func journey(
  rollups: Int, rate: Int, seconds: Int, _ fidelity: Fidelity
) throws -> Double? {
  let scale = max(1, rate / 50)
  var scenario = Scenario.baseCase
  scenario.rollup.fidelity = fidelity
  scenario.rollup.workload.arrivals = .poisson(rate: Double(rate))
  scenario.rollup.sequencer.blockInterval = SimDuration(nanoseconds: 250_000_000)
  scenario.rollup.sequencer.blockGasLimit = 32_000_000 * UInt64(scale)
  scenario.rollup.sequencer.mempoolCapacity = min(100_000 * scale, 1_000_000)
  scenario.rollup.poster.maxBytes = 100_000 * UInt64(scale)
  scenario.rollup.poster.bytesPerBlob = 126_976 * UInt64(scale)
  scenario.rollup.bridge.challengeWindow = .days(7)
  scenario.phases = .aligned
  scenario.warmUp = .zero
  scenario.horizon = .seconds(Int64(seconds))
  let shape: WorldShape
  if rollups > 1 {
    let names = (0..<rollups).map { "r\($0)" }
    scenario.rollups = names.map { scenario.rollup.named($0) }
    shape = WorldShape(rollups: names, services: [])
  } else {
    shape = .single
  }
  let result = try scenario.validated(shape).run(seed: 1, replication: 0)
  for (measure, value) in zip(shape.measures, result.measures)
  where measure.name == "finality_soft_s_mean" {
    return value
  }
  return nil
}
