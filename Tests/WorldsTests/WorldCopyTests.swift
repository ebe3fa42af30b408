import EventKernel
import Ledger
import Randomness
import RareEvents
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Whole worlds that are copied in the middle of a run.
@Suite struct WorldCopyTests {
  /// What a run leaves: every measure, every account, the fees on a grid, and the trajectory.
  private struct Outcome: Equatable {
    let measures: [Double?]
    let balances: [Wei]
    let fees: [FeePath.Sample]
    let events: UInt64
    let fingerprint: UInt64
  }

  /// A world at an instant; after the horizon it cools down.
  private static func world(
    _ valid: ValidScenario, at instant: SimDuration
  ) -> Simulation<World> {
    var simulation = Simulation(
      World(valid, seed: 5, replication: 2, feeGrid: .seconds(100)))
    simulation.model.start(&simulation.scheduler)
    advance(&simulation, valid, to: .start + instant)
    return simulation
  }

  private static func advance(
    _ simulation: inout Simulation<World>, _ valid: ValidScenario, to instant: SimTime
  ) {
    let horizon = SimTime.start + valid.scenario.horizon
    simulation.run(through: min(instant, horizon)) { $0.isCoolingDown }
    guard instant > horizon else { return }
    if !simulation.model.isCoolingDown {
      simulation.model.beginCoolDown(at: simulation.scheduler.now)
    }
    simulation.run(through: instant) { $0.isFinished || $0.cannotGoOn }
  }

  private static func outcome(
    _ simulation: consuming Simulation<World>, _ valid: ValidScenario
  ) throws -> Outcome {
    advance(&simulation, valid, to: .start + valid.scenario.horizon + valid.scenario.coolDown)
    let summary = try simulation.model.summary(at: simulation.scheduler.now)
    var ledgers = [simulation.model.ledger]
    for place in simulation.model.journeys.indices {
      ledgers.append(simulation.model.journeys[place].ledger)
    }
    return Outcome(
      measures: summary.values(of: valid.shape),
      balances: ledgers.flatMap { ledger in Account.allCases.map { ledger.balance(of: $0) } },
      fees: simulation.model.feePath?.samples ?? [], events: simulation.scheduler.executed,
      fingerprint: simulation.scheduler.fingerprint.value)
  }

  /// The instants of a copy: before the first event, in the warm-up, in the measured window, while it
  /// cools down.
  static let instants: [SimDuration] = [
    .zero, .seconds(250), .seconds(1100), .seconds(2400),
  ]

  /// A copy that draws the same, a copy of that, and the original end alike, whichever goes first, and
  /// as a run that nobody copied.
  static func expectSamePaths(_ valid: ValidScenario, at instant: SimDuration) throws {
    let alone = try outcome(world(valid, at: .zero), valid)
    let original = world(valid, at: instant)
    var copy = original.copy(drawing: .same)
    let first = try outcome(original.copy(drawing: .same), valid)
    advance(&copy, valid, to: .start + instant + .seconds(200))
    let second = try outcome(copy.copy(drawing: .same), valid)
    let last = try outcome(copy, valid)
    let own = try outcome(original, valid)
    #expect(alone.measures.contains { $0 != nil && $0 != 0 } && alone.fees.count > 10)
    #expect(first == alone)
    #expect(second == alone)
    #expect(last == alone)
    #expect(own == alone)
  }

  @Test(arguments: SettlementSequence.allCases, instants)
  func aCopyThatDrawsTheSameTakesTheSamePath(
    _ sequence: SettlementSequence, _ instant: SimDuration
  ) throws {
    try Self.expectSamePaths(Scenario.eventful(sequence).validated(), at: instant)
  }

  @Test(arguments: instants)
  func soDoesAWorldOfManyRollups(_ instant: SimDuration) throws {
    try Self.expectSamePaths(Scenario.manyRollups().validated(.many), at: instant)
  }

  /// Each replication draws anew, each time the same.
  @Test func aCopyThatDrawsAfreshTakesAPathOfItsOwn() throws {
    let valid = try Scenario.manyRollups().validated(.many)
    let original = Self.world(valid, at: .seconds(1100))
    let outcomes = try ([1, 2, 1] as [UInt64]).map {
      try Self.outcome(original.copy(drawing: .fresh(seed: 5, replication: $0)), valid)
    }
    let own = try Self.outcome(original, valid)
    #expect(outcomes[0] == outcomes[2])
    #expect(outcomes[0] != outcomes[1])
    #expect(outcomes[0] != own && outcomes[1] != own)
    // What operators have is noted with the slot that comes then or next.
    let common = own.fees.prefix { $0.time < .start + .seconds(1100) }
    for outcome in outcomes {
      #expect(outcome.fees.prefix(common.count) == common)
      #expect(outcome.fees != own.fees)
    }
  }

  /// Of every rollup, and of what they share, a copy draws something else.
  @Test func everyPartDrawsAfresh() throws {
    let valid = try Scenario.manyRollups().validated(.many)
    let original = Self.world(valid, at: .seconds(1100))
    var copy = original.copy(drawing: .fresh(seed: 5, replication: 7))
    var same = original.copy(drawing: .same)
    Self.advance(&copy, valid, to: .start + .seconds(1400))
    Self.advance(&same, valid, to: .start + .seconds(1400))
    for place in copy.model.journeys.indices {
      let own = same.model.journeys[place].workload.offeredGas
      let drawn = copy.model.journeys[place].workload.offeredGas
      #expect(drawn != own)
    }
    let demand = [
      copy.model.settlement.gasDemandDeviation, copy.model.settlement.blobDemandDeviation,
    ]
    #expect(demand[0] != same.model.settlement.gasDemandDeviation)
    #expect(demand[1] != same.model.settlement.blobDemandDeviation)
  }
}

extension Scenario {
  /// A rollup and a settlement chain on which everything happens that has a state.
  static func eventful(_ sequence: SettlementSequence) -> Scenario {
    var scenario = Scenario.baseCase
    scenario.makeEventful()
    scenario.rollup.sequence = sequence
    scenario.rollup.makeEventful()
    return scenario
  }

  /// Layer 2 and layer 3, proved and disputed, with a prover service, beside light rollups.
  static func manyRollups() -> Scenario {
    var scenario = WorldShape.many.baseCase
    scenario.makeEventful()
    for place in scenario.rollups.indices { scenario.rollups[place].makeEventful() }
    scenario.services[0].policy.provers = 2
    for place in [0, 1] {
      scenario.rollups[place].sequence = [.sequenceVerify, .dataWithProof][place]
      scenario.rollups[place].proving = Proving(service: "sharp", priority: place)
    }
    scenario.rollups[0].data.mode = .external
    // The game settles on nitro.
    scenario.rollups[2].hosting.host = "nitro"
    scenario.rollups[2].poster.carrier = .calldata
    scenario.rollups[2].poster.calldataPerTransaction = 20_000
    scenario.rollups[2].deposits.rate = 0
    scenario.rollups[3].bridge.challengeBlocks = 20
    return scenario
  }

  private mutating func makeEventful() {
    warmUp = .seconds(300)
    horizon = .seconds(1500)
    coolDown = .days(2)
    settlement.missedSlots = 0.1
    settlement.demandCorrelation = 0.5
    settlement.reorgs = .init(probability: 0.1, meanDepth: 2, maxDepth: 4)
    settlement.censorship = .init(share: 0.2, target: .all)
    settlement.outages = .init(interval: .seconds(600), duration: .seconds(30))
    settlement.finalityStalls = .init(interval: .seconds(900), duration: .seconds(300))
    for place in neighbours.indices { neighbours[place].policy.count = place == 0 ? 1 : 2 }
  }
}

extension RollupScenario {
  fileprivate mutating func makeEventful() {
    workload.arrivals = .poisson(rate: 0.5)
    poster.maxAge = .seconds(90)
    proposer.interval = .seconds(200)
    prover.proofTime = .exponential(mean: 60)
    prover.aggregatedBatches = 2
    prover.aggregationTime = .exponential(mean: 5)
    prover.aggregationMaxWait = .seconds(200)
    bridge.challengeWindow = .seconds(600)
    bridge.executionDelay = .seconds(300)
    deposits.rate = 0.02
    data.mode = .volition
    data.committee.meanUp = .seconds(300)
    data.committee.meanDown = .seconds(60)
    data.committee.commonInterval = .seconds(600)
    data.committee.commonDuration = .seconds(60)
    data.committee.delay = .exponential(mean: 10)
    data.withholding.happens = true
    data.withholding.at = .uniform(low: 300, high: 1500)
    data.withholding.honest = 0.5
    data.withholding.rebuildTime = .seconds(300)
    data.external.relayDelay = .exponential(mean: 60)
    data.external.relayInterval = .seconds(120)
    // About 37,000 gas/s come.
    fees.rule = .arbos
    fees.targets = GasTargets([.init(gasPerSecond: 30_000, window: .seconds(60))])
  }
}

extension WorldShape {
  /// Rollups in the order of their names: two that are proved, a layer 3, and its host.
  static let many = WorldShape(rollups: ["a", "b", "game", "nitro"], services: ["sharp"])
}
