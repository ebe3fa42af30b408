import EventKernel
import Randomness
import Rollup
import Testing

@testable import Worlds

/// Whose balances are frozen while data is withheld: worked out by hand in the world of `JourneyByHandTests`, with
/// a transaction each second and a batch of four of them.
///
/// Withholding begins at 2000 s, and somebody has rebuilt the state at 2600 s. The last block that is final at
/// 2000 s is slot 96, the first of epoch 3, at 1152 s (final when epoch 5 begins, at 1920 s); it has the batches
/// that were closed before, 1148 transactions. At the horizon, 3000 s, it is slot 160 at 1920 s: 1916.
@Suite struct WithholdingTests {
  private static func scenario(_ mode: DataPolicy.Mode) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.horizon = .seconds(3000)
    // Fees that do not answer to demand must not rise for so long.
    scenario.settlement.demand.level = 0.5
    scenario.rollup.data.mode = mode
    scenario.rollup.data.committee.delay = .constant(0)
    scenario.rollup.data.external.blockInterval = .seconds(1)
    scenario.rollup.data.withholding.happens = true
    scenario.rollup.data.withholding.at = .constant(2000)
    scenario.rollup.data.withholding.rebuildTime = .seconds(600)
    return scenario
  }

  private static let names = [
    "data_frozen_share_mean", "data_frozen_share_end", "data_rebuilt_s_mean", "data_rebuilt_s_max",
    "data_in_flight_share",
  ]

  private func expect(
    _ values: [String: Double], mean: Double, end: Double, rebuilt: Double?,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let share = try #require(values["data_frozen_share_mean"], sourceLocation: location)
    #expect(abs(share - mean) < 1e-9, "\(share)", sourceLocation: location)
    let last = try #require(values["data_frozen_share_end"], sourceLocation: location)
    #expect(abs(last - end) < 1e-9, "\(last)", sourceLocation: location)
    #expect(values["data_rebuilt_s_mean"] == rebuilt, sourceLocation: location)
    #expect(values["data_rebuilt_s_max"] == rebuilt, sourceLocation: location)
  }

  /// Of the host, of a committee whose members are honest, and of another chain all is rebuilt after 600 s.
  @Test(arguments: DataPolicy.Mode.allCases)
  func whatIsToBeHadIsFrozenUntilItIsRebuilt(_ mode: DataPolicy.Mode) throws {
    let values = try Self.scenario(mode).measuredAll()
    try expect(values, mean: 0.6, end: 0, rebuilt: 600)
    if mode == .host { #expect(values["data_in_flight_share"] == (2000.0 - 1148) / 2000) }
  }

  @Test func aCommitteeThatColludesFreezesAll() throws {
    var scenario = Self.scenario(.committee)
    scenario.rollup.data.withholding.collusion = 1
    try expect(scenario.measuredAll(), mean: 1, end: 1, rebuilt: nil)
  }

  /// Members hand out nothing by themselves as well; the host and the other chain do not need them.
  @Test(arguments: DataPolicy.Mode.allCases)
  func dishonestMembersFreezeWhatTheyHave(_ mode: DataPolicy.Mode) throws {
    var scenario = Self.scenario(mode)
    scenario.rollup.data.withholding.honest = 0
    let values = try scenario.measuredAll()
    switch mode {
    case .host, .settlement, .external: try expect(values, mean: 0.6, end: 0, rebuilt: 600)
    case .committee: try expect(values, mean: 1, end: 1, rebuilt: nil)
    case .volition:
      // Half of 1916 transactions; five standard deviations are 0.057.
      let end = try #require(values["data_frozen_share_end"])
      #expect(abs(end - 0.5) < 0.057)
      let mean = try #require(values["data_frozen_share_mean"])
      #expect(abs(mean - (0.6 + 0.4 * end)) < 0.02)
      #expect(values["data_rebuilt_s_max"] == 600)
    }
  }

  /// Nothing is rebuilt by the time at which the operator is back, and then all is there.
  @Test func anOperatorThatComesBackEndsIt() throws {
    var scenario = Self.scenario(.committee)
    scenario.rollup.data.withholding.honest = 0
    scenario.rollup.data.withholding.lasts = .seconds(300)
    try expect(scenario.measuredAll(), mean: 1, end: 1, rebuilt: 300)
  }

  /// What nodes have dropped is frozen for good.
  ///
  /// Blobs that nodes keep for 500 s are gone for the 1148 transactions that were final at 2000 s, the last of
  /// them 848 s old; what becomes final later is there: 1148 of 1916 are frozen for good. Calldata stays.
  @Test func whatNoNodeKeepsIsFrozen() throws {
    var scenario = Self.scenario(.host)
    scenario.rollup.data.withholding.blobRetention = .seconds(500)
    let values = try scenario.measuredAll()
    #expect(values["data_frozen_share_end"] == 1148.0 / 1916)
    #expect(values["data_rebuilt_s_mean"] == nil)
    scenario.rollup.data.withholding.blobRetention = .seconds(849)
    let edge = try #require(try scenario.measured("data_frozen_share_end"))
    #expect((0.5..<1148.0 / 1916).contains(edge))
    scenario.rollup.data.withholding.blobRetention = .seconds(500)
    scenario.rollup.poster.carrier = .calldata
    try expect(scenario.measuredAll(), mean: 0.6, end: 0, rebuilt: 600)
    var external = Self.scenario(.external)
    external.rollup.data.external.retention = .seconds(500)
    #expect(try external.measured("data_frozen_share_end") == 1148.0 / 1916)
  }

  /// Withholding moves no other measure, in no mode and with no sequence; a run ends with an audit of value.
  @Test(arguments: DataPolicy.Mode.allCases, SettlementSequence.allCases)
  func nothingElseMoves(_ mode: DataPolicy.Mode, _ sequence: SettlementSequence) throws {
    var scenario = ReorgTests.scenario(sequence, probability: 0.2)
    scenario.rollup.data.mode = mode
    scenario.rollup.data.committee.meanUp = .seconds(600)
    scenario.rollup.data.committee.meanDown = .seconds(60)
    let without = try scenario.measuredAll()
    scenario.rollup.data.withholding.happens = true
    scenario.rollup.data.withholding.at = .uniform(low: 1200, high: 3000)
    scenario.rollup.data.withholding.honest = 0.5
    scenario.rollup.data.withholding.rebuildTime = .seconds(100)
    var with = try scenario.measuredAll()
    #expect(Self.names.filter { with.removeValue(forKey: $0) != nil }.count >= 3)
    #expect(with == without)
  }

  /// What lies behind the horizon never happens.
  @Test func lateWithholdingIsNotMeasured() throws {
    var scenario = Self.scenario(.host)
    scenario.rollup.data.withholding.at = .constant(3000)
    let values = try scenario.measuredAll()
    for name in Self.names { #expect(values[name] == nil) }
  }

  // MARK: Closed forms

  /// A batch with m signatures is frozen if all collude, or none of those m is honest: c + (1 − c)(1 − q)^m =
  /// 0.2 + 0.8 · 0.5³ = 0.3; of 4000 runs the standard deviation is 0.0072, and the bound five of them.
  @Test func onlySignersCanHelp() {
    var policy = Self.scenario(.committee).rollup.data
    policy.committee.members = 5
    policy.committee.quorum = 3
    policy.committee.delay = .exponential(mean: 10)
    policy.withholding.at = .constant(5400)
    policy.withholding.honest = 0.5
    policy.withholding.collusion = 0.2
    policy.withholding.rebuildTime = .zero
    let frozen = (0..<4000 as Range<UInt64>).reduce(0.0) { sum, seed in
      let run = DataLayerDriver.run(policy, batches: 2, every: .hours(1), seed: seed)
      return sum + (run.measured("data_frozen_share_end") ?? .nan)
    }
    #expect(abs(frozen / 4000 - 0.3) < 0.036)
  }

  /// One honest member, up 1000 s and down 500 s: at a random moment it is down with 1/3, and back after 500 s,
  /// 167 s on average; of 4000 runs the standard deviation is 5.9 s.
  @Test func whoIsDownHandsOutLater() {
    var policy = Self.scenario(.committee).rollup.data
    policy.committee.members = 1
    policy.committee.quorum = 1
    policy.committee.meanUp = .seconds(1000)
    policy.committee.meanDown = .seconds(500)
    policy.withholding.at = .constant(15 * 3600)
    policy.withholding.rebuildTime = .zero
    let time = (0..<4000 as Range<UInt64>).reduce(0.0) { sum, seed in
      let run = DataLayerDriver.run(policy, batches: 2, every: .hours(10), seed: seed)
      return sum + (run.measured("data_rebuilt_s_mean") ?? .nan)
    }
    #expect(abs(time / 4000 - 500.0 / 3) < 29.5)
  }

  @Test func whatIsNoProbabilityIsRefused() {
    var scenario = Self.scenario(.committee)
    scenario.rollup.data.withholding.honest = 1.5
    scenario.rollup.data.withholding.collusion = -0.5
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      error?.problems.map(\.path) == ["data.withholding.honest", "data.withholding.collusion"])
  }
}
