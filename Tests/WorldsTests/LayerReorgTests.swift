import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// A re-org of the settlement chain goes through layer 2 to layer 3: transactions, time and money are
/// conserved in each, and what layer 3 says of the settlement chain is what finally stands there.
@Suite struct LayerReorgTests {
  static let shape = WorldShape(rollups: ["two", "three"])

  static func scenario(
    _ host: SettlementSequence, _ guest: SettlementSequence, _ finality: Hosting.Finality,
    probability: Double
  ) -> Scenario {
    let single = ReorgTests.scenario(host, probability: probability)
    var scenario = single
    scenario.horizon = .seconds(200)
    scenario.settlement.slotsPerEpoch = 8
    scenario.coolDown = .days(1)
    var two = single.rollup.named("two")
    two.workload.arrivals = .deterministic(rate: 0.2)
    two.poster.maxBytes = 2000
    two.poster.maxAge = .seconds(20)
    two.bridge = .init(challengeWindow: .seconds(300), executionDelay: .seconds(100))
    var three = two.named("three")
    three.sequence = guest
    three.workload.arrivals = .deterministic(rate: 1)
    three.poster.carrier = .calldata
    three.poster.maxBytes = 400
    three.hosting.host = "two"
    three.hosting.finality = finality
    three.bridge = .init(challengeWindow: .seconds(60), executionDelay: .seconds(60))
    scenario.rollups = [three, two]
    return scenario
  }

  @Test(arguments: SettlementSequence.allCases, SettlementSequence.allCases)
  func whatIsDroppedIsDoneAgain(_ host: SettlementSequence, _ guest: SettlementSequence) throws {
    for finality in Hosting.Finality.allCases {
      var scenario = Self.scenario(host, guest, finality, probability: 0.3)
      for seed in 1...20 as ClosedRange<UInt64> {
        scenario["three"].hosting.pricing = seed.isMultiple(of: 2) ? .atCost : .gasPrice
        var simulation = Simulation(
          World(try scenario.validated(Self.shape), seed: seed, replication: 0))
        var journal = LayerJournal(host: 1, guest: 0)
        // A result that no audit refused: conservation, Little's law and the ledger of both.
        let summary = try simulation.runToEnd { journal.note($0, $1, at: $2) }
        let record = summary.rollups[0].record
        func sum(_ stage: Stage) -> Int128 { Int128(record[stage].latencies.sum) }
        #expect(journal.dropped > 5)
        #expect(journal.batches.count { $0.count > 0 } > 30)
        #expect(journal.latencySum(\.posted) == sum(.posted), "\(finality) \(seed)")
        #expect(journal.latencySum(\.included) == sum(.included), "\(finality) \(seed)")
        #expect(journal.latencySum(\.settled) == sum(.settled), "\(finality) \(seed)")
        #expect(sum(.settled) <= sum(.final) && sum(.proven) <= sum(.final))
        #expect(sum(.included) <= sum(.proven) || finality == .settled)
      }
    }
  }

  /// So it does where layer 3 posts its data there itself, in calldata or blobs: that is dropped and
  /// included anew, and claimed on layer 2 once it is final.
  @Test(arguments: SettlementSequence.allCases, SettlementSequence.allCases)
  func whatIsPostedBesideTheHostIsDoneAgain(
    _ host: SettlementSequence, _ guest: SettlementSequence
  ) throws {
    for finality in Hosting.Finality.allCases {
      var scenario = Self.scenario(host, guest, finality, probability: 0.3)
      scenario["three"].data.mode = .settlement
      scenario["three"].prover.waitsFor = .settled
      for seed in 1...6 as ClosedRange<UInt64> {
        scenario["three"].hosting.pricing = seed.isMultiple(of: 2) ? .atCost : .gasPrice
        scenario["three"].poster.carrier = seed <= 3 ? .calldata : .blobs
        scenario["three"].proposer.coverage = seed.isMultiple(of: 3) ? .parentSnapshot : .settled
        var simulation = Simulation(
          World(try scenario.validated(Self.shape), seed: seed, replication: 0))
        var journal = LayerJournal(host: 1, guest: 0, postsItself: true)
        let summary = try simulation.runToEnd { journal.note($0, $1, at: $2) }
        let record = summary.rollups[0].record
        func sum(_ stage: Stage) -> Int128 { Int128(record[stage].latencies.sum) }
        #expect(journal.droppedOfGuest > 5)
        #expect(journal.batches.count { $0.count > 0 } > 30)
        #expect(journal.latencySum(\.posted) == sum(.posted), "\(finality) \(seed)")
        #expect(journal.latencySum(\.included) == sum(.included), "\(finality) \(seed)")
        #expect(journal.latencySum(\.settled) == sum(.settled), "\(finality) \(seed)")
        #expect(sum(.settled) <= sum(.proven) && sum(.proven) <= sum(.final))
        // None reverts, since none comes before its data.
        #expect(record.wasted == .zero)
      }
    }
  }

  /// Calm and rough runs are reproducible, and rough ones are later.
  @Test(arguments: SettlementSequence.allCases)
  func reorgsMakeLayer3Later(_ sequence: SettlementSequence) throws {
    let calm = try Self.scenario(sequence, sequence, .final, probability: 0)
      .measured(Self.shape, seed: 3)
    let scenario = Self.scenario(sequence, sequence, .final, probability: 0.3)
    let rough = try scenario.measured(Self.shape, seed: 3)
    #expect(rough == (try scenario.measured(Self.shape, seed: 3)))
    for stage in ["included", "proven"] {
      let name = "finality_\(stage)_s_mean"
      #expect(try #require(rough["three", name]) > #require(calm["three", name]))
    }
    #expect(
      rough["three", "finality_soft_s_mean"] == calm["three", "finality_soft_s_mean"])
  }
}
