import EventKernel
import Testing

@testable import Worlds

/// A run without an honest result says why instead of returning one.
@Suite struct RunFailureTests {
  @Test func nothingMeasured() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.workload.arrivals = .deterministic(rate: 0.001)
    #expect(throws: RunFailure.nothingMeasured) {
      try scenario.validated().run(seed: 1, replication: 0)
    }
  }

  @Test func aCoolDownThatIsTooShort() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.coolDown = .seconds(1000)
    let reason = "bridge.challenge_window has not passed"
    #expect(throws: RunFailure.unfinished(final: 0, of: 8, because: reason)) {
      try scenario.validated().run(seed: 1, replication: 0)
    }
  }

  @Test func aFeeThatRunsAway() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.settlement.demand.level = 2
    scenario.rollup.bid.feeCap = .max
    scenario.rollup.bridge.challengeWindow = .days(7)
    #expect(throws: RunFailure.feeOverflow) {
      try scenario.validated().run(seed: 1, replication: 0)
    }
  }

  @Test func everyProblemOfAScenarioAtOnce() throws {
    var scenario = Scenario.baseCase
    scenario.horizon = scenario.warmUp
    scenario.rollup.poster.compressionRatio = 0
    scenario.settlement.missedSlots = 1
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      error?.problems.map(\.path) == ["horizon", "poster.compression", "settlement.missed_slots"])
  }
}
