import EventKernel
import Ledger
import Randomness
import Rollup
import Settlement
import Statistics
import Testing

@testable import Worlds

/// Two rollups on one prover service are two classes of customers of one queue, for which there are
/// closed forms.
///
/// Each transaction is a batch of its own that is closed when it is submitted, so batches are Poisson;
/// witnesses and aggregation take no time. The closed forms are H0. Each mean of `replications` runs is
/// compared by its own standard error, seed 71; with 19 degrees of freedom |t| > 7 has a probability of
/// 1.1e-6 under H0. A standard error is below 1 % of a utilisation and below 7 % of a wait, so the tests see
/// a utilisation that is off by 10 %, and a wait by 70 %; the two orders differ by a factor of 2 to 5.
@Suite struct SharedProverTests {
  static let shape = WorldShape(rollups: ["a", "b"], services: ["s"])
  private static let replications = 20 as UInt64

  /// Two rollups that each send so many batches a second to a service, which take these times.
  static func scenario(
    rates: (a: Double, b: Double), times: (a: Distribution, b: Distribution), provers: Int,
    order: ProverPool.Order = .firstCome, horizon: SimDuration = .seconds(2100)
  ) -> Scenario {
    var scenario = shape.baseCase
    scenario.makeChainRoomy()
    scenario.settlement.missedSlots = 0
    scenario.settlement.finality = .instant
    scenario.settlement.gasLimit = 1_000_000_000
    scenario.warmUp = .seconds(300)
    scenario.horizon = horizon
    scenario.services[0].policy.provers = provers
    scenario.services[0].policy.order = order
    for (name, rate, time) in [("a", rates.a, times.a), ("b", rates.b, times.b)] {
      scenario[name].sequence = .sequenceVerify
      scenario[name].workload.arrivals = .poisson(rate: rate)
      scenario[name].sequencer.sealing = .perTransaction
      scenario[name].poster.carrier = .calldata
      scenario[name].poster.overheadBytes = 0
      scenario[name].poster.maxBytes = 1
      scenario[name].prover.witnessTime = .constant(0)
      scenario[name].prover.proofTime = time
      scenario[name].proving = Proving(service: "s", priority: 0)
    }
    return scenario
  }

  /// Expects that the mean over replications of a figure is `expected`.
  private func expect(
    _ subject: String, _ name: String, _ expected: Double, in results: [NamedMeasures],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    var tally = Tally()
    for result in results { tally.record(try #require(result[subject, name])) }
    let error = tally.standardDeviation.map { $0 / Double(results.count).squareRoot() }
    let deviation = try abs(tally.mean - expected) / #require(error)
    #expect(
      deviation < 7, "\(subject) \(name): \(tally.mean), not \(expected)",
      sourceLocation: location)
  }

  private func results(_ scenario: Scenario) throws -> [NamedMeasures] {
    try (0..<Self.replications).map {
      try scenario.measured(Self.shape, seed: 71, replication: $0)
    }
  }

  /// Erlang's C/(cµ − λ), the mean wait in M/M/c: with a = λ/µ, C is aᶜ/c! · c/(c − a) over itself and
  /// the sum of aᵏ/k! for k below c.
  private static func erlangWait(rate: Double, mean: Double, servers: Int) -> Double {
    let load = rate * mean
    var term = 1.0
    var sum = 0.0
    for k in 0..<servers {
      sum += term
      term *= load / Double(k + 1)
    }
    let all = term * Double(servers) / (Double(servers) - load)
    return all / (sum + all) / (Double(servers) / mean - rate)
  }

  /// M/M/4 first come, first served: both classes wait like one (Erlang 1917).
  @Test func firstComeFirstServedIsErlangs() throws {
    let wait = Self.erlangWait(rate: 2.6, mean: 1.2, servers: 4)
    let results = try results(
      Self.scenario(
        rates: (1.8, 0.8), times: (.exponential(mean: 1.2), .exponential(mean: 1.2)), provers: 4))
    try expect("s", "prover_utilisation", 2.6 * 1.2 / 4, in: results)
    try expect("s", "prover_queue_s_mean", wait, in: results)
    try expect("a", "prover_queue_s_mean", wait, in: results)
    try expect("b", "prover_queue_s_mean", wait, in: results)
  }

  /// M/M/c with priorities: W₀/((1 − σₖ₋₁)(1 − σₖ)), W₀ the mean wait times 1 − ρ (Cobham 1954).
  @Test(arguments: [1, 3]) func prioritiesAreCobhams(_ provers: Int) throws {
    let rates = (a: 0.3 * Double(provers), b: 0.5 * Double(provers))
    let wait = Self.erlangWait(rate: rates.a + rates.b, mean: 1, servers: provers)
    let residual = wait * (1 - 0.8)
    var scenario = Self.scenario(
      rates: rates, times: (.exponential(mean: 1), .exponential(mean: 1)), provers: provers,
      order: .priority)
    scenario["a"].proving.priority = 5
    let results = try results(scenario)
    try expect("s", "prover_utilisation", 0.8, in: results)
    try expect("a", "prover_queue_s_mean", residual / (1 - 0.3), in: results)
    try expect("b", "prover_queue_s_mean", residual / ((1 - 0.3) * (1 - 0.8)), in: results)
  }

  /// M/G/1 with two kinds of batches: λE[S²]/(2(1 − ρ)) for both (Pollaczek 1930, Khinchine 1932), and
  /// with priorities Cobham's.
  @Test(arguments: [ProverPool.Order.firstCome, .priority])
  func oneProverIsPollaczekAndKhinchines(_ order: ProverPool.Order) throws {
    let times = (a: Distribution.constant(0.5), b: Distribution.gamma(mean: 2, cv: 0.7))
    var scenario = Self.scenario(
      rates: (0.6, 0.2), times: times, provers: 1, order: order, horizon: .seconds(3900))
    scenario["a"].proving.priority = 1
    let residual = (0.6 * 0.5 * 0.5 + 0.2 * (2.0 * 2.0 + 1.4 * 1.4)) / 2
    let loads = (a: 0.6 * 0.5, both: 0.6 * 0.5 + 0.2 * 2)
    let results = try results(scenario)
    try expect("s", "prover_utilisation", loads.both, in: results)
    let first = order == .firstCome ? 1 - loads.both : 1 - loads.a
    let second = order == .firstCome ? first : (1 - loads.a) * (1 - loads.both)
    try expect("a", "prover_queue_s_mean", residual / first, in: results)
    try expect("b", "prover_queue_s_mean", residual / second, in: results)
  }
}
