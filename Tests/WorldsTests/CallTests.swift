import EventKernel
import Ledger
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Calls from a rollup to another in the clockwork world: blocks each 2 s, batches each 4 s, slots each 12 s, claims each
/// minute.
@Suite struct CallTests {
  private static let shape = WorldShape(rollups: ["a", "b"])

  /// Two rollups, of which the first calls the second some ten times in two minutes.
  private static func scenario(
    _ path: Calls.Path, _ sequence: SettlementSequence = .postAndAssert
  ) -> Scenario {
    var scenario = Scenario.clockwork(sequence, ["a", "b"])
    scenario.settlement.demand.level = 0.5
    scenario.settlement.finality = .instant
    scenario.horizon = .seconds(118)
    scenario.coolDown = .days(40)
    scenario["b"].deposits.confirmations = 0
    scenario["a"].calls.to = "b"
    scenario["a"].calls.rate = 0.1
    scenario["a"].calls.path = path
    scenario["a"].calls.capital = 1000
    scenario["a"].calls.price.volatility = 0
    return scenario
  }

  /// When calls are sent, and when the other rollup executes them.
  private struct Watcher: WorldWatching {
    var sent: [SimTime] = []
    var executed: [SimTime] = []
    var hasSeenEnough: Bool { false }

    mutating func begin(with world: borrowing World) {}

    mutating func note(_ event: WorldEvent, in world: borrowing World, at now: SimTime) {
      switch event {
      case .call(.due, _): sent.append(now)
      case .call(.executes, _), .call(.arrives, _): executed.append(now)
      default: break
      }
    }
  }

  private static func watch(_ scenario: Scenario) throws -> Watcher {
    let seen = try scenario.validated(shape).watch(
      seed: 1, replication: 0, through: .distantFuture, by: Watcher())
    _ = try #require(seen.outcome).get()
    #expect(seen.watcher.sent.count > 5)
    return seen.watcher
  }

  private static func seconds(_ time: SimTime) -> Double { (time - .start).seconds }

  /// The first multiple of a step that is not before an instant.
  private static func next(_ step: Int64, _ instant: SimTime) -> SimTime {
    let passed = (instant - .start).nanoseconds
    let step = step * 1_000_000_000
    return SimTime(nanoseconds: (passed + step - 1) / step * step)
  }

  /// By hand, to the nanosecond.
  ///
  /// A call is in the block at the next 2 s and in the batch at the next 4 s, whose data is in
  /// the slot after that; a claim is made at the next minute, is in a block 12 s later, and takes effect an hour after
  /// that; the message is in the slot 12 s later, where the other rollup has it in a block at that instant.
  @Test func theBridgeIsTheSumOfItsStages() throws {
    let seen = try Self.watch(Self.scenario(.bridge))
    let expected = seen.sent.map { sent in
      let batch = Self.next(4, sent)
      let data = Self.next(12, batch + SimDuration(nanoseconds: 1))
      return Self.next(60, data) + .seconds(12) + .hours(1) + .seconds(12)
    }
    #expect(seen.executed == expected)
  }

  /// A provider pays ten seconds after the block of the first leg, in the next block of the other rollup.
  @Test func aProviderPaysAfterTheFirstLeg() throws {
    let seen = try Self.watch(Self.scenario(.liquidity))
    let expected = seen.sent.map { Self.next(2, Self.next(2, $0) + .seconds(10)) }
    // What the bridge brings back comes later.
    #expect(Array(seen.executed.prefix(expected.count)) == expected)
    #expect(seen.executed.count == 2 * expected.count)
  }

  /// With one sequencer both legs are in the next block of both.
  @Test func oneSequencerTakesTheNextBlockOfBoth() throws {
    var scenario = Self.scenario(.sequencer)
    scenario["b"].sequencer.blockInterval = .seconds(6)
    let seen = try Self.watch(scenario)
    #expect(seen.executed == seen.sent.map { Self.next(6, $0) })
  }

  /// A proof that is in a block of the host is read there, with no message and no delay: by hand a batch is proved 210 s
  /// after it is closed, and its proof is in the slot after that.
  @Test func aProofIsRead() throws {
    var scenario = Self.scenario(.proof, .sequenceVerify)
    for name in ["a", "b"] {
      scenario[name].prover.provers = 100
      scenario[name].bridge.executionDelay = .hours(5)
    }
    let seen = try Self.watch(scenario)
    let expected = seen.sent.map {
      Self.next(12, Self.next(4, $0) + .seconds(210) + SimDuration(nanoseconds: 1))
    }
    #expect(seen.executed == expected)
  }

  /// What a call costs: two legs of 150,000 gas at 0.02 gwei each, and, through the bridge, the message of 250,000 gas at
  /// the price of the chain.
  @Test func whatACallCosts() throws {
    let legs = 2.0 * 150_000 * 20_000_000
    let atomic = try Self.scenario(.sequencer).measured(Self.shape)
    #expect(atomic["a", "call_cost_wei_mean"] == legs)
    let bridged = try Self.scenario(.bridge).measured(Self.shape)
    let message = try #require(bridged["a", "call_cost_wei_mean"]) - legs
    #expect(message > 250_000 * 2e9 && message < 250_000 * 30e9)
    let fast = try Self.scenario(.liquidity).measured(Self.shape)
    let fee = try #require(fast["a", "call_fee_share_mean"])
    // A week of interest at 5 % a year, by the mean use of the pool.
    #expect(fee > 0.000_938 && fee < 0.000_95)
    #expect(fast["a", "call_refused_share"] == 0)
  }

  /// A price that has certainly risen leaves the first leg hanging, or neither where both come at once.
  @Test func aCallThatComesTooLate() throws {
    for (path, name) in [
      (Calls.Path.bridge, "call_hanging_share"), (.liquidity, "call_hanging_share"),
      (.sequencer, "call_neither_share"),
    ] {
      var scenario = Self.scenario(path)
      scenario["a"].calls.price.drift = 100
      scenario["a"].calls.slippage = 0
      let values = try scenario.measured(Self.shape)
      #expect(values["a", name] == 1)
      #expect(values["a", "call_success_share"] == 0)
    }
  }

  /// Whatever happens, a call with one sequencer never leaves one leg, and each call has one outcome.
  @Test(arguments: 0..<12) func eachCallHasOneOutcome(seed: Int) throws {
    for path in Calls.Path.allCases {
      var scenario = Self.scenario(path, path == .proof ? .sequenceVerify : .postAndAssert)
      scenario.horizon = .seconds(600)
      scenario["a"].calls.price.volatility = 20
      scenario["a"].calls.slippage = 0.0005
      scenario["a"].calls.capital = 5
      if path != .sequencer {
        scenario["b"].machines.meanUp = .seconds(60)
        scenario["b"].machines.repair = .exponential(mean: 20)
      }
      scenario.settlement.missedSlots = 0.2
      scenario.settlement.finality = .epochs
      scenario.settlement.reorgs.probability = 0.05
      scenario.settlement.reorgs.meanDepth = 3
      let values = try scenario.measured(Self.shape, seed: UInt64(seed))
      let shares = try ["success", "hanging", "neither"].map {
        try #require(values["a", "call_\($0)_share"])
      }
      let refused = values["a", "call_refused_share"] ?? 0
      #expect(abs(shares.reduce(refused, +) - 1) < 1e-12)
      #expect(path == .sequencer ? shares[1] == 0 : shares[2] == 0)
    }
  }

  /// A re-org takes back what a call rests on; it is executed anew, and nothing is recorded twice.
  @Test func aReorgUndoesACall() throws {
    var scenario = Self.scenario(.proof, .sequenceVerify)
    scenario.horizon = .hours(2)
    scenario.settlement.finality = .epochs
    scenario.settlement.reorgs.probability = 0.2
    scenario.settlement.reorgs.meanDepth = 4
    let values = try scenario.measured(Self.shape)
    #expect(try #require(values["a", "call_undone_count"]) > 0)
    #expect(values["a", "call_success_share"] == 1)
  }

  /// The same of messages: of a validity rollup whose claims take effect within the reach of re-orgs, and a host that leaves some
  /// slots out, so that a message can come back before what lets it out.
  @Test(arguments: 0..<20) func aReorgUndoesAMessage(seed: Int) throws {
    for (path, credit) in [
      (Calls.Path.bridge, Deposits.Credit.confirmations), (.bridge, .safe), (.liquidity, .settled),
      (.proof, .settled),
    ] {
      var scenario = Self.scenario(path, .sequenceVerify)
      scenario.horizon = .seconds(1800)
      scenario["a"].prover.provers = 100
      scenario["a"].prover.proofTime = .constant(20)
      scenario["a"].bridge.executionDelay = .seconds(24)
      scenario["b"].deposits.credit = credit
      scenario["b"].deposits.confirmations = 1
      scenario.settlement.missedSlots = 0.2
      scenario.settlement.finality = .epochs
      scenario.settlement.reorgs.probability = 0.15
      scenario.settlement.reorgs.meanDepth = 4
      let values = try scenario.measured(Self.shape, seed: UInt64(seed))
      #expect(values["a", "call_success_share"] == 1)
    }
  }

  /// Who pays by a claim that is wrong loses what he paid.
  @Test func aProviderLosesByAWrongClaim() throws {
    var scenario = Self.scenario(.liquidity)
    scenario.horizon = .seconds(300)
    scenario["a"].calls.paysAfter = .claimed
    scenario["a"].calls.delay = .constant(0)
    scenario["a"].calls.fakeAmount = 40
    scenario["a"].disputes.form = .singleRound
    scenario["a"].adversary.plan = .stealOne
    scenario["a"].watchers.detection = .constant(600)
    let values = try scenario.measured(Self.shape)
    #expect(values["a", "call_lost_wei"] == 40e18)
  }

  /// What does not fit together is said.
  @Test func whatDoesNotFit() throws {
    try expectProblem("calls.to") { $0["a"].calls.to = "a" }
    try expectProblem("calls.rate") { $0["b"].operator.cashUSD = 5 }
    try expectProblem("calls.path") { $0["a"].calls.path = .proof }
    try expectProblem("calls.path") {
      $0["a"].calls.path = .sequencer
      $0["b"].sequencer.blockInterval = .seconds(3)
    }
    try expectProblem("calls.path") {
      $0["a"].calls.path = .sequencer
      $0["b"].machines.meanUp = .seconds(60)
    }
    try expectProblem("calls.to") {
      $0["b"].hosting.host = "a"
      $0["b"].poster.carrier = .calldata
    }
  }

  private func expectProblem(_ key: String, _ change: (inout Scenario) -> Void) throws {
    var scenario = Self.scenario(.bridge)
    change(&scenario)
    let problems = #expect(throws: InvalidScenario.self) { try scenario.validated(Self.shape) }
    #expect(try #require(problems).problems.contains { $0.path == "rollups.a.\(key)" })
  }
}
