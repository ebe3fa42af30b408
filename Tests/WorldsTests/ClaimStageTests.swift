import Settlement
import Testing

@testable import EventKernel
@testable import Worlds

/// How far claims are said to have come.
@Suite struct ClaimStageTests {
  /// A claim is made, waits, is in a block, and takes effect; re-orgs can take back the last two.
  @Test func stagesComeInTheirOrder() throws {
    let valid = try Scenario.manyRollups().validated(.many)
    var simulation = Simulation(World(valid, seed: 3, replication: 1))
    let places = valid.scenario.rollups.indices
    var all: [[ClaimStage]] = places.map { _ in [] }
    simulation.model.start(&simulation.scheduler)
    simulation.model.beginCoolDown(at: .start)
    while !simulation.model.isFinished,
      let event = simulation.scheduler.next(through: .start + .days(3))
    {
      simulation.model.handle(event, &simulation.scheduler)
      for place in places {
        let stage = simulation.model.stage(ofClaim: 0, of: place)
        if stage != all[place].last { all[place].append(stage) }
      }
    }
    for stages in all {
      #expect(stages.prefix(2) == [.notMade, .waiting])
      #expect(stages.contains { if case .included = $0 { true } else { false } })
      #expect(stages.last == .effective)
    }
  }
}
