import Ledger
import Settlement
import Testing

@testable import EventKernel
@testable import Worlds

/// Challenges that somebody sends from outside.
@Suite struct ChallengeTests {
  /// What a run with a challenge of each rollup's first claim leaves.
  private struct Outcome {
    var stages: [[ClaimStage]]
    var ledgers: [Ledger] = []
  }

  private static func run(_ valid: ValidScenario, challenges: Bool) throws -> Outcome {
    var simulation = Simulation(World(valid, seed: 3, replication: 1))
    let rollups = valid.scenario.rollups
    var outcome = Outcome(stages: rollups.map { _ in [] })
    simulation.model.start(&simulation.scheduler)
    simulation.model.beginCoolDown(at: .start)
    while !simulation.model.isFinished,
      let event = simulation.scheduler.next(through: .start + .days(3))
    {
      simulation.model.handle(event, &simulation.scheduler)
      for place in rollups.indices {
        let stage = simulation.model.stage(ofClaim: 0, of: place)
        guard stage != outcome.stages[place].last else { continue }
        let isFirst = !outcome.stages[place].contains { $0.isIncluded }
        outcome.stages[place].append(stage)
        if challenges, isFirst, stage.isIncluded {
          simulation.model.challenge(
            claim: 0, of: place, gas: 120_000, bid: rollups[place].bid, &simulation.scheduler)
        }
      }
    }
    _ = try simulation.model.summary(at: simulation.scheduler.now)
    for place in rollups.indices { outcome.ledgers.append(simulation.model.journeys[place].ledger) }
    return outcome
  }

  /// The challenger pays, at a layer 3 to its host, and accounts balance; without one nobody does.
  @Test func theChallengerPays() throws {
    let valid = try Scenario.manyRollups().validated(.many)
    let ledgers = try Self.run(valid, challenges: true).ledgers
    for ledger in ledgers {
      let paid = ledger.total(.dispute)
      #expect(paid > .zero)
      #expect(ledger.balance(of: .challengers) == .zero - paid)
    }
    #expect(ledgers[2].balance(of: .slotProposers) == .zero)
    for ledger in try Self.run(valid, challenges: false).ledgers {
      #expect(ledger.total(.dispute) == .zero)
    }
  }

  /// A claim is made, waits, is in a block, and takes effect; re-orgs can take back the last two.
  @Test func stagesComeInTheirOrder() throws {
    for stages in try Self.run(Scenario.manyRollups().validated(.many), challenges: false).stages {
      #expect(stages.prefix(2) == [.notMade, .waiting])
      #expect(stages.contains { $0.isIncluded })
      #expect(stages.last == .effective)
    }
  }
}

extension ClaimStage {
  /// Whether a block holds the claim.
  fileprivate var isIncluded: Bool { if case .included = self { true } else { false } }
}
