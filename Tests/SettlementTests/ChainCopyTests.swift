import Declarations
import EventKernel
import Randomness
import Settlement
import Testing

/// A settlement chain that is copied in the middle of a run.
@Suite struct ChainCopyTests {
  /// A chain on which everything happens that has a state.
  private static func policy(_ process: BlockProcess) -> SettlementPolicy {
    var policy = SettlementPolicy.ethereum(
      missedSlots: 0.1, load: 1, volatility: 0.5, elasticity: 0.3, meanTip: 500_000_000)
    policy.blockProcess = process
    policy.finality = process == .slots ? .epochs : .confirmations
    policy.confirmations = 8
    policy.demandCorrelation = 0.5
    policy.competition.rule = process == .slots ? .drawn : .expected
    policy.competition.blobless = 0.2
    policy.reorgs = .init(probability: 0.2, meanDepth: 3, maxDepth: 5)
    policy.censorship = .init(share: 0.3, target: .data)
    policy.outages = .init(interval: .seconds(400), duration: .seconds(60))
    policy.finalityStalls = .init(interval: .seconds(900), duration: .seconds(300))
    policy.demand.congestion = .init(interval: .seconds(300), duration: .seconds(100))
    policy.demand.congestionFactor = 3
    policy.blobDemand.trace = DemandTrace(
      name: "steps",
      steps: (0..<40).map { .init(time: .seconds(60 * $0), factor: 1 + 0.1 * Double($0 % 7)) })
    return policy
  }

  /// After `slots` slots, with more transactions than blocks take.
  private static func simulation(
    _ process: BlockProcess, slots: Int
  ) -> Simulation<ChainDriver> {
    let transactions = (0..<300).map {
      SettlementTransaction.sample(
        $0 % 3 == 0 ? .stateClaim : .data, $0, gas: 4_000_000, blobs: UInt64($0 % 3))
    }
    let times = transactions.indices.map { SimTime.start + .seconds(7 * Int64($0)) }
    return ChainDriver.run(
      policy(process), slots: slots, submitting: transactions, at: times)
  }

  private static func path(_ simulation: consuming Simulation<ChainDriver>) -> [String] {
    simulation.run(through: .distantFuture) { $0.slots.count == 200 }
    return simulation.model.slots.map { "\($0)" } + ["\(simulation.scheduler.fingerprint)"]
  }

  /// With the same random numbers the copy does the same to the last field: nothing of the state of a
  /// part was left behind.
  @Test(arguments: BlockProcess.allCases, [0, 1, 37, 100])
  func aCopyThatDrawsTheSameTakesTheSamePath(_ process: BlockProcess, _ slots: Int) {
    let simulation = Self.simulation(process, slots: slots)
    let copy = Simulation(
      simulation.model.copy(drawing: .same), continuing: simulation.scheduler.copy())
    let isSamePath = Self.path(simulation) == Self.path(copy)
    #expect(isSamePath)
  }

  @Test func aCopyThatDrawsAfreshTakesAPathOfItsOwn() {
    let simulation = Self.simulation(.slots, slots: 50)
    let paths = (1...2).map {
      Self.path(
        Simulation(
          simulation.model.copy(drawing: .fresh(seed: 1, replication: $0)),
          continuing: simulation.scheduler.copy()))
    }
    let original = Self.path(simulation)
    let commonSlots = paths.map { zip($0, original).prefix { $0 == $1 }.count }
    #expect(commonSlots.allSatisfy { (50..<60).contains($0) })
    let isAnother = paths[0] != paths[1]
    #expect(isAnother)
  }
}
