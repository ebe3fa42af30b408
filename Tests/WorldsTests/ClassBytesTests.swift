import EventKernel
import Randomness
import Rollup
import Testing

@testable import Worlds

/// Bytes that do not compress, and what users' machines do before they submit.
@Suite struct ClassBytesTests {
  /// A transaction of 100 B each second, of which a share does not compress, in batches of some bytes.
  private func scenario(incompressible: Double, maxBytes: UInt64 = 1_000_000) -> Scenario {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.horizon = .seconds(400)
    scenario.rollup.poster.compressionRatio = 0.5
    scenario.rollup.poster.maxBytes = maxBytes
    scenario.rollup.poster.maxAge = .seconds(100)
    for index in scenario.rollup.workload.profiles.indices {
      scenario.rollup.workload.profiles[index].incompressible = incompressible
    }
    return scenario
  }

  /// Of 100 B a share s is published as it is, and the rest at half: 100 s + 50 (1 − s).
  @Test(arguments: [(0.0, 50.0), (0.8, 90), (1, 100)])
  func whatDoesNotCompressIsPublishedWhole(_ share: Double, _ bytes: Double) throws {
    let scenario = scenario(incompressible: share)
    #expect(try scenario.measured("bytes_posted_per_tx") == bytes)
  }

  /// A batch of 450 B is full with five transactions of 90 B, and not with nine of 50 B.
  @Test func aBatchIsFullOfWhatItPublishes() throws {
    let scenario = scenario(incompressible: 0.8, maxBytes: 450)
    // Two transactions in a block: a third pair would be 540 B.
    #expect(try scenario.measured("batch_size_tx_mean") == 4)
    let compressed = self.scenario(incompressible: 0, maxBytes: 450)
    #expect(try compressed.measured("batch_size_tx_mean") == 8)
  }

  /// What stays with a committee is divided as all bytes are: by transactions.
  @Test func aVolitionDividesBothKinds() {
    let poster = scenario(incompressible: 0.8).rollup.poster
    var policy = DataPolicy.baseCase
    policy.mode = .volition
    let data = policy.publication(rawBytes: 1000, fixedBytes: 800, count: 10, others: 4, poster)
    #expect(data.otherBytes == 320 + 40)
    #expect(data.hostBytes == 480 + 60 + policy.committee.certificateBytes)
  }

  /// The work of a user's machine has a measure of its own, and moves no other.
  @Test func aUsersMachineWorksBefore() throws {
    let before = try scenario(incompressible: 0).measuredAll()
    var slow = scenario(incompressible: 0)
    for index in slow.rollup.workload.profiles.indices {
      slow.rollup.workload.profiles[index].clientTime = .constant(20)
    }
    var after = try slow.measuredAll()
    #expect(after["client_work_s_mean"] == 20)
    #expect(after["client_work_s_max"] == 20)
    for name in after.keys where name.hasPrefix("client_") { after[name] = nil }
    #expect(after == before)
  }

  @Test func cohortsAreRefused() throws {
    var scenario = scenario(incompressible: 0.5)
    scenario.rollup.fidelity = .cohort
    scenario.rollup.workload.arrivals = .poisson(rate: 1)
    scenario.rollup.workload.profiles[0].clientTime = .constant(1)
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      try #require(error).problems.map(\.path) == ["workload.classes", "workload.classes"])
  }
}
