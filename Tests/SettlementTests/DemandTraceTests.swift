import Declarations
import EventKernel
import Testing

@testable import Settlement

/// Demand that a file gives is a step function of time.
@Suite struct DemandTraceTests {
  private static let trace = DemandTrace(
    name: "t",
    steps: [(10, 0.5), (20, 2), (50, 0)].map { .init(time: .seconds($0.0), factor: $0.1) })

  @Test func aStepHoldsUntilTheNextOne() {
    var cursor = DemandTraceCursor(Self.trace)
    let factors = [0, 10, 19, 20, 49, 50, 1000].map { cursor.factor(at: .start + .seconds($0)) }
    #expect(factors == [0.5, 0.5, 0.5, 2, 2, 0, 0])
    var none = DemandTraceCursor(.none)
    #expect(none.factor(at: .start) == 1)
  }

  /// The same steps by a clock that shows 1000 at the start of the run.
  @Test func aTraceOfDatesIsRebased() {
    let trace = DemandTrace(
      name: "t",
      steps: [(990, 0.5), (1020, 2), (1050, 0)].map {
        .init(time: .seconds($0.0), factor: $0.1)
      }, clock: .chain)
    var cursor = DemandTraceCursor(trace, startingAt: 1000)
    let factors = [0, 19, 20, 49, 50, 1000].map { cursor.factor(at: .start + .seconds($0)) }
    #expect(factors == [0.5, 0.5, 2, 2, 0, 0])
  }

  /// By hand: without volatility and elasticity others use factor × target, so the base fee falls by
  /// an eighth at factor 0, stays at 1 and rises by an eighth at 2.
  @Test func blocksFollowTheTrace() {
    var policy = SettlementPolicy.ethereum(load: 1)
    policy.demand.trace = DemandTrace(
      name: "t",
      steps: [(0, 1), (30, 2), (54, 0)].map { .init(time: .seconds($0.0), factor: $0.1) })
    let simulation = ChainDriver.run(policy, slots: 6, seed: 1, submitting: [], at: [])
    // Slots at 12, 24, 36, 48, 60 and 72 s: factors 1, 1, 2, 2, 0, 0.
    #expect(
      simulation.model.slots.map(\.baseFee) == [
        1_000_000_000, 1_000_000_000, 1_000_000_000, 1_125_000_000, 1_265_625_000, 1_107_421_875,
      ])
  }
}
