import EventKernel
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Execution in the clockwork world: a transaction of 50,000 gas each second, a block each 2 s.
@Suite struct ExecutionTests {
  /// A transaction takes 1.6 s on a lane.
  private static func scenario(
    _ mode: Execution.Mode, lanes: Int = 2, hotShare: Double = 0
  ) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.execution.mode = mode
    scenario.rollup.execution.lanes = lanes
    scenario.rollup.execution.laneSpeed = 31_250
    scenario.rollup.execution.validationShare = 0
    for kind in TransactionClass.allCases {
      scenario.rollup.execution.access.profiles[kind.rawValue].hotShare = hotShare
      scenario.rollup.execution.access.profiles[kind.rawValue].hotGroup = 1
    }
    return scenario
  }

  /// By hand: of two transactions a block has room for one, so the k-th, submitted at k s, is in the block at 2 k s.
  @Test func aBlockHasWhatIsExecutedInItsTime() throws {
    let values = try Self.scenario(.serial).measuredAll()
    #expect(values["finality_soft_s_mean"] == 4.5)
    #expect(values["finality_soft_s_max"] == 8)
    #expect(values["execution_limited_share"] == 1)
    #expect(values["execution_time_s_mean"] == 1.6)
    #expect(values["execution_speedup"] == 1)
    let capacity = try #require(values["throughput_capacity_execution_tx_per_s"])
    #expect(abs(capacity - 0.625) < 1e-12)
  }

  /// Two lanes have both in time, unless both write the same key.
  @Test(arguments: [Execution.Mode.optimistic, .declared])
  func lanesHaveBothInTime(_ mode: Execution.Mode) throws {
    let unlimited = try Scenario.clockwork(.postAndAssert).measuredAll()
    let apart = try Self.scenario(mode).measuredAll()
    for name in ["finality_soft_s_mean", "finality_soft_s_max", "finality_posted_s_mean"] {
      #expect(apart[name] == unlimited[name])
    }
    #expect(apart["execution_speedup"] == 2 && apart["execution_limited_share"] == 0)
    #expect(apart["execution_retries_per_tx"] == 0 && apart["execution_utilisation"] == 1)
    let capacity = try #require(apart["throughput_capacity_execution_tx_per_s"])
    #expect(abs(capacity - 1.25) < 1e-12)
    let hot = try Self.scenario(mode, hotShare: 1).measuredAll()
    #expect(hot["finality_soft_s_mean"] == 4.5)
    #expect(hot["execution_speedup"] == 1 && hot["execution_limited_share"] == 1)
  }

  /// A rollup that says nothing has no such measures, and no draw of its own.
  @Test func unlimitedExecutionMeasuresNothing() throws {
    let values = try Scenario.clockwork(.postAndAssert).measuredAll()
    #expect(!values.keys.contains { $0.hasPrefix("execution_") })
  }

  /// A budget of half of the interval has no transaction in time: it says so.
  @Test func whatNeverFitsIsAnError() {
    var scenario = Self.scenario(.serial)
    scenario.rollup.execution.budget = 0.5
    expectProblem(scenario, at: "execution.lane_speed")
    scenario = Self.scenario(.serial)
    scenario.rollup.sequencer.sealing = .perTransaction
    expectProblem(scenario, at: "execution.mode")
  }

  private func expectProblem(_ scenario: Scenario, at path: String) {
    #expect {
      try scenario.validated()
    } throws: { error in
      (error as? InvalidScenario)?.problems.contains { $0.path == path } ?? false
    }
  }

  /// What transactions touch is drawn one by one.
  @Test func cohortsAreRefused() throws {
    var scenario = Self.scenario(.declared)
    scenario.rollup.workload.arrivals = .poisson(rate: 1)
    scenario.rollup.fidelity = .cohort
    expectProblem(scenario, at: "execution.mode")
    scenario.rollup.fidelity = .auto
    scenario.horizon = .days(100)
    #expect(scenario.fidelities == [.individual])
    scenario.rollup.execution.mode = .unlimited
    #expect(scenario.fidelities == [.cohort])
  }

  /// Whatever executes them, transactions touch the same keys: the longest chain of conflicts of blocks that hold all
  /// is the same.
  @Test func allModesSeeTheSameConflicts() throws {
    var scenario = Self.busy(.serial)
    scenario.rollup.execution.laneSpeed = 1000000000
    let serial = try scenario.measuredAll()
    scenario.rollup.execution.mode = .declared
    let declared = try scenario.measuredAll()
    #expect(serial["execution_limited_share"] == 0 && declared["execution_limited_share"] == 0)
    #expect(serial["execution_speedup_bound"] == declared["execution_speedup_bound"])
    scenario.rollup.execution.mode = .optimistic
    let optimistic = try #require(try scenario.measuredAll()["execution_speedup_bound"])
    #expect(optimistic >= (try #require(serial["execution_speedup_bound"])))
  }

  /// Poisson transactions of the usual mix over few keys.
  private static func busy(_ mode: Execution.Mode) -> Scenario {
    var scenario = Scenario.baseCase
    scenario.horizon = .seconds(600)
    scenario.warmUp = .seconds(60)
    scenario.rollup.bridge.challengeWindow = .hours(1)
    scenario.rollup.workload.arrivals = .poisson(rate: 20)
    scenario.rollup.execution.mode = mode
    scenario.rollup.execution.lanes = 4
    scenario.rollup.execution.laneSpeed = 2000000
    scenario.rollup.execution.access.keys = 300
    return scenario
  }

  /// One of four transactions of a block writes the hot key of all: that is its longest chain, so the chain takes a
  /// quarter of all work in the mean.
  ///
  /// Seed 1; 270 blocks of 40 transactions have a standard deviation of 0.0042, the bound is 5 of those, with a false
  /// alarm of 6e-7, and a share that is off by a tenth is seen with probability 0.83.
  @Test func aHotKeyIsTheLongestChain() throws {
    var scenario = Self.busy(.declared)
    for index in scenario.rollup.workload.profiles.indices {
      scenario.rollup.workload.profiles[index].gas = .constant(50_000)
      scenario.rollup.execution.access.profiles[index] = .init(of: .transfer)
      scenario.rollup.execution.access.profiles[index].hotShare = 0.25
    }
    scenario.rollup.execution.laneSpeed = 1000000000
    scenario.rollup.execution.access.keys = 1_000_000_000
    let share = try #require(try scenario.measured("execution_critical_path_share"))
    #expect(abs(share - 0.25) < 0.021)
  }

  /// By hand: 200 transactions a second of 10,000 gas are twice what lanes of 1 Mgas/s together execute.
  ///
  /// A transaction of 10 or 40 ms fits into 2 s to the nanosecond, so blocks are full, and all who wait wait behind a
  /// thousand others.
  @Test(arguments: [Execution.Mode.serial, .declared, .optimistic])
  func capacityFollowsFromLanes(_ mode: Execution.Mode) throws {
    var scenario = Self.busy(mode)
    scenario.rollup.execution.laneSpeed = mode == .serial ? 1_000_000 : 250_000
    scenario.rollup.execution.validationShare = 0
    scenario.rollup.execution.access.keys = 1_000_000_000_000
    scenario.rollup.execution.access.zipfExponent = 0
    scenario.rollup.workload.arrivals = .poisson(rate: 200)
    scenario.rollup.sequencer.mempoolCapacity = 1000
    for index in scenario.rollup.workload.profiles.indices {
      scenario.rollup.workload.profiles[index].gas = .constant(10_000)
    }
    let values = try scenario.measuredAll()
    let executed = try #require(values["throughput_executed_gas_per_s"])
    let capacity = try #require(values["throughput_capacity_execution_tx_per_s"])
    #expect(abs(executed - 1e6) < 1e-3 && abs(capacity - 100) < 1e-9)
    #expect(values["execution_limited_share"] == 1 && values["execution_time_s_mean"] == 2)
    let wait = try #require(values["finality_soft_s_mean"])
    #expect(wait > 8 && wait < 10)
  }

  /// By hand: what all write one key of is executed one after the other, 25 in a second, however few wait.
  ///
  /// Eighty at most wait, less than the hundred that four lanes could execute, and the block is full all the same.
  @Test func aBlockThatExecutionFillsIsSealed() throws {
    var scenario = Self.busy(.declared)
    scenario.rollup.execution.laneSpeed = 250000
    scenario.rollup.workload.arrivals = .poisson(rate: 100)
    scenario.rollup.sequencer.sealing = .whenFull
    scenario.rollup.sequencer.blockInterval = .seconds(10)
    scenario.rollup.sequencer.shortestInterval = .seconds(1)
    scenario.rollup.sequencer.mempoolCapacity = 80
    for index in scenario.rollup.workload.profiles.indices {
      scenario.rollup.workload.profiles[index].gas = .constant(10_000)
      scenario.rollup.execution.access.profiles[index] = .init(of: .transfer)
      scenario.rollup.execution.access.profiles[index].hotShare = 1
    }
    let values = try scenario.measuredAll()
    let executed = try #require(values["throughput_executed_gas_per_s"])
    // A block more or less in 540 s.
    #expect(abs(executed - 250_000) < 1000)
    #expect(values["execution_time_s_mean"] == 1 && values["execution_speedup"] == 1)
  }

  /// Copies in the middle of a run, with what waits and what it touches.
  @Test(arguments: [Execution.Mode.serial, .declared, .optimistic])
  func aCopyExecutesTheSame(_ mode: Execution.Mode) throws {
    var scenario = Self.busy(mode)
    scenario.horizon = .seconds(1500)
    scenario.rollup.execution.laneSpeed = 400000
    try WorldCopyTests.expectSamePaths(scenario.validated(), at: .seconds(250))
  }

  /// Random machines, mixes and sealings: every transaction is confirmed once, or the run stops, and no measure leaves
  /// what it can be.
  ///
  /// A defect in one of thirty such runs shows with probability 0.87.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func measuresStayInBounds(_ number: UInt64) throws {
    var draw = RandomStream(seed: 32, replication: number, name: "execution")
    let modes: [Execution.Mode] = [.serial, .optimistic, .declared]
    var scenario = Self.busy(modes[Int(3 * draw.uniform())])
    scenario.horizon = .seconds(120)
    scenario.rollup.sequencer.sealing = draw.bernoulli(0.5) ? .interval : .whenFull
    scenario.rollup.sequencer.blockTransactionLimit = draw.bernoulli(0.5) ? 1_000_000 : 30
    let lanes = 1 + Int(16 * draw.uniform())
    scenario.rollup.execution.lanes = lanes
    scenario.rollup.execution.laneSpeed = UInt64(3e6 * (0.4 + draw.uniform()))
    scenario.rollup.execution.overhead = SimDuration(nanoseconds: 1_000_000)
    scenario.rollup.execution.serialShare = draw.bernoulli(0.5) ? 0 : 0.3 * draw.uniform()
    scenario.rollup.execution.validationShare = 0.3 * draw.uniform()
    scenario.rollup.execution.access.keys = 10 + UInt64(1000 * draw.uniform())
    scenario.rollup.execution.access.zipfExponent = 1.5 * draw.uniform()
    scenario.rollup.execution.access.profiles[2].hotShare = draw.uniform()
    let values = try scenario.measuredAll(seed: number)
    func value(_ name: String) throws -> Double { try #require(values["execution_\(name)"]) }
    let most = scenario.rollup.execution.mode == .serial ? 1 : Double(lanes)
    #expect(try value("speedup") <= most + 1e-9)
    #expect(try value("speedup") <= value("speedup_bound") + 1e-9)
    #expect(try value("utilisation") <= 1 + 1e-9 && value("utilisation") > 0)
    #expect(try value("retries_per_tx") >= 0 && value("unused_share") >= 0)
    #expect(try value("time_s_p99") <= 2.001)
  }
}
