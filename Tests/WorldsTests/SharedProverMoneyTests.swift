import Ledger
import Randomness
import Testing

@testable import EventKernel
@testable import Rollup
@testable import Worlds

/// What a prover service earns and how it shares its machines, seen beside the world.
@Suite struct SharedProverMoneyTests {
  /// What rollups pay for provers is what the service earns, to the wei, and each pays the machine time
  /// of its own batches and of no other's.
  @Test(arguments: ProverPool.Order.allCases) func rentAddsUp(_ order: ProverPool.Order) throws {
    var scenario = SharedProverTests.scenario(
      rates: (1, 0.5), times: (.exponential(mean: 1), .lognormal(mean: 2, cv: 1)), provers: 3,
      order: order, horizon: .seconds(900))
    scenario["b"].proving.priority = 2
    scenario["b"].sequence = .dataWithProof
    scenario.services[0].policy.usdPerHour = 1.37
    var paid = [Wei.zero, Wei.zero]
    var batches = [0, 0]
    var simulation = Simulation(
      World(try scenario.validated(SharedProverTests.shape), seed: 9, replication: 0))
    let summary = try simulation.runToEnd { world, event, _ in
      guard case .proverService = event else { return }
      for place in 0..<2 {
        let total = world.journeys[place].ledger.total(.prover)
        if total != paid[place] { batches[place] += 1 }
        paid[place] = total
      }
    }
    #expect(summary.services[0].prover.rent == paid[0] + paid[1])
    #expect(paid[0] > .zero && paid[1] > .zero && batches[0] > 500 && batches[1] > 250)
  }

  /// Each batch costs its own rollup the rent of its machine time.
  @Test func eachPaysItsOwnBatches() throws {
    let scenario = SharedProverTests.scenario(
      rates: (1, 0.5), times: (.constant(1), .constant(3)), provers: 2, horizon: .seconds(600))
    var done = [0, 0]
    var simulation = Simulation(
      World(try scenario.validated(SharedProverTests.shape), seed: 9, replication: 0))
    _ = try simulation.runToEnd { _, _, _ in }
    for place in 0..<2 {
      let terms = simulation.model.journeys[place].policy
      let rent = simulation.model.journeys[place].rent(
        for: .seconds(place == 0 ? 1 : 3), under: terms)
      let paid = simulation.model.journeys[place].ledger.total(.prover)
      #expect(paid.amount % rent.amount == 0)
      done[place] = Int(paid.amount / rent.amount)
    }
    #expect(done[0] > 500 && done[1] > 250)
  }

  /// The machine times of two rollups whose batches always wait never differ by more than one batch,
  /// although one sends twice as many and of another size.
  @Test func fairOrderGivesEqualMachineTime() throws {
    var scenario = SharedProverTests.scenario(
      rates: (2, 1), times: (.constant(7), .uniform(low: 1, high: 9)), provers: 3, order: .fair)
    for place in 0..<2 { scenario.rollups[place].proving.priority = place }
    var served = [Int64(0), Int64(0)]
    var starts = 0
    var simulation = Simulation(
      World(try scenario.validated(SharedProverTests.shape), seed: 5, replication: 0))
    simulation.model.start(&simulation.scheduler)
    while let event = simulation.scheduler.next(through: .start + .seconds(3000)) {
      simulation.model.handle(event, &simulation.scheduler)
      switch event {
      case .proverService, .prover(.witnessed, _): break
      default: continue
      }
      for job in simulation.model.services[0].started {
        served[Int(job.rollup.number)] += job.machineTime.nanoseconds
        starts += 1
      }
      // Both have batches waiting from here on.
      guard simulation.scheduler.now > .start + .seconds(100) else { continue }
      #expect(abs(served[0] - served[1]) <= SimDuration.seconds(9).nanoseconds)
    }
    #expect(starts > 1000)
    // They have worked all the time but for the first seconds.
    #expect(served[0] + served[1] > SimDuration.seconds(3 * 2980).nanoseconds)
  }
}
