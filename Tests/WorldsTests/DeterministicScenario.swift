import EventKernel
import Randomness
import Rollup
import Settlement

@testable import Worlds

extension Measure {
  /// Its name, in which the stage of a claim is called `proven` whether it is asserted or proved.
  var stageName: String { name.replacing("finality_asserted_", with: "finality_proven_") }
}

extension Scenario {
  /// Everything constant: a transaction of 100 B every second, eight of them measured; blocks every
  /// 2 s, batches of 400 B, slots of 12 s with the others exactly at the gas target, no other blobs.
  static func clockwork(_ sequence: SettlementSequence) -> Scenario {
    var scenario = Scenario.baseCase
    scenario.rollup.sequence = sequence
    scenario.phases = .aligned
    scenario.warmUp = .zero
    scenario.horizon = SimDuration(nanoseconds: 8_500_000_000)
    scenario.rollup.workload.arrivals = .deterministic(rate: 1)
    for index in scenario.rollup.workload.profiles.indices {
      scenario.rollup.workload.profiles[index] = .init(
        gas: .constant(50_000), bytes: .constant(100), proverWork: .constant(1))
    }
    scenario.rollup.sequencer.blockInterval = .seconds(2)
    scenario.rollup.poster.maxBytes = 400
    scenario.rollup.poster.compressionRatio = 1
    scenario.rollup.poster.overheadBytes = 0
    scenario.rollup.proposer.interval = .seconds(60)
    scenario.rollup.bridge.challengeWindow = .hours(1)
    scenario.settlement.missedSlots = 0
    scenario.settlement.demand.volatility = 0
    scenario.settlement.demand.elasticity = 0
    scenario.settlement.blobDemand.level = 0
    scenario.settlement.initialBlobBaseFee = 1
    return scenario
  }

  /// The value of a measure in one replication.
  func measured(_ name: String, seed: UInt64 = 1, replication: UInt64 = 0) throws -> Double? {
    try measuredAll(seed: seed, replication: replication)[name]
  }

  /// The values of all measures in one replication, without those that do not apply.
  func measuredAll(seed: UInt64 = 1, replication: UInt64 = 0) throws -> [String: Double] {
    let result = try validated().run(seed: seed, replication: replication)
    return Dictionary(
      uniqueKeysWithValues: zip(Measure.all, result.measures).compactMap { measure, value in
        value.map { (measure.stageName, $0) }
      })
  }
}
