import EventKernel
import Randomness
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Rollups whose data goes elsewhere than to their host, worked out by hand in the world of
/// `JourneyByHandTests`.
@Suite struct DataModeTests {
  private static func scenario(
    _ sequence: SettlementSequence, _ mode: DataPolicy.Mode, delay: Double = 3
  ) -> Scenario {
    var scenario = Scenario.clockwork(sequence)
    scenario.rollup.data.mode = mode
    scenario.rollup.data.committee.delay = .constant(delay)
    return scenario
  }

  /// Batches are closed at 4 and 8 s and signed 3 s later: they are posted then, both in the block of 12 s.
  @Test func aBatchIsPostedOnceItIsSigned() throws {
    let values = try Self.scenario(.postAndAssert, .committee).measuredAll()
    #expect(values["finality_posted_s_mean"] == 4.5)
    #expect(values["finality_posted_s_max"] == 6.0)
    #expect(values["finality_included_s_mean"] == 12 - 4.5)
    #expect(values["data_kept_s_max"] == 3)
    #expect(values["data_availability"] == 1)
    #expect(values["data_off_host_bytes_per_tx"] == 100)
  }

  /// A transaction with a certificate, and no blob.
  ///
  /// A certificate of five signatures has 32 + 5 · 65 = 357 B, of which 2 %, 7, are zero: 7 · 4 + 350 · 16 =
  /// 5628 gas (EIP-2028) beside 21,000 + 50,000 of the transaction and 22,100 + 5 · 5100 of the check. Two of
  /// them at 17 gwei, for eight transactions.
  @Test func theHostIsPaidForTheCertificateAlone() throws {
    let values = try Self.scenario(.postAndAssert, .committee).measuredAll()
    let gas = 21_000.0 + 50_000 + 5628 + 22_100 + 5 * 5100
    #expect(values["cost_data_wei_per_tx_mean"] == 2 * gas * 17e9 / 8)
    #expect(values["bytes_posted_per_tx"] == 2 * 357.0 / 8)
    #expect(values["bytes_blob_per_tx"] == 0)
  }

  /// Data in the transaction that verifies it: proofs at 29 and 33 s wait for signatures at 44 and 48 s; what
  /// is handed over at the instant of a block is in the next, so in those of 48 and 60 s.
  @Test func aProofThatBringsDataWaitsForSignatures() throws {
    var scenario = Self.scenario(.dataWithProof, .committee, delay: 40)
    scenario.rollup.prover.witnessTime = .constant(5)
    scenario.rollup.prover.provers = 2
    scenario.rollup.prover.proofTime = .constant(20)
    let values = try scenario.measuredAll()
    #expect(values["finality_included_s_mean"] == (48.0 + 60) / 2 - 4.5)
    #expect(values["finality_included_s_max"] == 55.0)
    #expect(values["finality_proven_s_max"] == 55.0)
  }

  /// Who asks nobody is a rollup with all its data on its host.
  @Test(arguments: SettlementSequence.allCases)
  func aVolitionThatNobodyUsesIsARollup(_ sequence: SettlementSequence) throws {
    var scenario = Self.scenario(sequence, .volition)
    scenario.rollup.data.offHost = 0
    var values = try scenario.measuredAll()
    #expect(values.removeValue(forKey: "data_availability") == 1)
    #expect(try Self.scenario(sequence, .host).measuredAll() == values)
  }

  @Test(arguments: SettlementSequence.allCases)
  func aVolitionThatAllUseIsAValidium(_ sequence: SettlementSequence) throws {
    var scenario = Self.scenario(sequence, .volition)
    scenario.rollup.data.offHost = 1
    let values = try scenario.measuredAll()
    #expect(try Self.scenario(sequence, .committee).measuredAll() == values)
  }

  /// On the settlement chain that is the host: the same run, event by event.
  @Test(arguments: SettlementSequence.allCases)
  func theSettlementChainIsTheHostOfALayer2(_ sequence: SettlementSequence) throws {
    var scenario = ReorgTests.scenario(sequence, probability: 0.2)
    let host = try scenario.validated().run(seed: 1, replication: 0)
    scenario.rollup.data.mode = .settlement
    #expect(try scenario.validated().run(seed: 1, replication: 0) == host)
  }

  /// What half of the transactions leave out is less calldata, and the certificate comes on top.
  @Test func aVolitionPaysForTheRestAndTheCertificate() throws {
    var scenario = Self.scenario(.postAndAssert, .volition)
    scenario.rollup.poster.carrier = .calldata
    let values = try scenario.measuredAll()
    let other = try #require(values["data_off_host_bytes_per_tx"])
    #expect((0.1...99).contains(other))
    #expect(values["bytes_posted_per_tx"] == 100 - other + 2 * 357.0 / 8)
  }

  /// Cohorts share what their batches are made of; how data is kept is drawn for batches.
  @Test func cohortsAgreeWithSingleTransactions() throws {
    var scenario = Scenario.baseCase
    scenario.rollup.data.mode = .volition
    scenario.rollup.data.committee.meanUp = .hours(2)
    scenario.rollup.data.committee.meanDown = .seconds(600)
    scenario.horizon = .hours(13)
    var cohorts = scenario
    cohorts.rollup.fidelity = .cohort
    scenario.rollup.fidelity = .individual
    let (one, other) = try (scenario.measuredAll(), cohorts.measuredAll())
    // Who is up does not depend on how transactions are drawn.
    #expect(one["data_availability"] == other["data_availability"])
    for name in ["data_off_host_bytes_per_tx", "bytes_posted_per_tx"] {
      let (one, other) = try (#require(one[name]), #require(other[name]))
      // 432,000 transactions, of which half keep their data off the host: 0.1 % is some seven standard deviations.
      #expect(abs(one / other - 1) < 0.01, "\(name)")
    }
  }

  /// Re-orgs drop certificates with the blocks that have them, and they come back; each run ends with an audit.
  @Test(arguments: SettlementSequence.allCases)
  func reorgsLoseNothing(_ sequence: SettlementSequence) throws {
    var scenario = ReorgTests.scenario(sequence, probability: 0.2)
    scenario.rollup.data.mode = .volition
    scenario.rollup.data.committee.meanUp = .seconds(600)
    scenario.rollup.data.committee.meanDown = .seconds(60)
    let values = try scenario.measuredAll()
    #expect(try #require(values["inclusion_reorganised_count"]) > 50)
  }

  @Test func aRunWhoseCommitteeIsDownSaysSo() throws {
    var scenario = Self.scenario(.postAndAssert, .committee)
    scenario.rollup.data.committee.meanUp = .seconds(1)
    scenario.rollup.data.committee.meanDown = .days(3000)
    scenario.coolDown = .days(1)
    let failure = #expect(throws: RunFailure.self) { try scenario.measuredAll() }
    #expect(
      failure?.description.contains(
        "batches wait for 5 signatures; 0 of 6 members of data.committee are up") == true)
  }

  @Test func whatIsNoCommitteeIsRefused() {
    var scenario = Self.scenario(.postAndAssert, .volition)
    scenario.rollup.data.offHost = 2
    scenario.rollup.data.committee.members = 65
    scenario.rollup.data.committee.quorum = 66
    scenario.rollup.data.committee.meanUp = .hours(1)
    scenario.rollup.data.committee.commonDuration = .hours(1)
    scenario.rollup.data.committee.commonShare = -1
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(
      error?.problems.map(\.path) == [
        "data.off_host", "data.committee.members", "data.committee.quorum", "data.committee.up",
        "data.committee.common_interval", "data.committee.common_share",
      ])
  }

  /// More signatures than a settlement transaction has gas for.
  @Test func aCertificateThatFitsIntoNoTransactionIsRefused() {
    var scenario = Self.scenario(.postAndAssert, .committee)
    scenario.rollup.data.committee.signatureGas = 6_000_000
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated() }
    #expect(error?.problems.map(\.path) == ["poster.gas"])
  }
}
