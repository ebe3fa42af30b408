import EventKernel
import Randomness
import Testing

@testable import Rollup
@testable import Worlds

/// What is allowed and probably not meant is said before a run.
@Suite struct CautionTests {
  private static func cautions(_ change: (inout Scenario) -> Void) throws -> [String] {
    var scenario = Scenario.baseCase
    change(&scenario)
    _ = try scenario.validated()
    return scenario.cautions.map { "\($0.paths[0]): \($0.message)" }
  }

  @Test func theBaseCaseNeedsNone() throws {
    #expect(try Self.cautions { _ in } == [])
    #expect(try Self.cautions { $0.rollup.sequence = .sequenceVerify } == [])
  }

  @Test func aRunThatTakesMinutes() throws {
    let cautions = try Self.cautions { $0.rollup.workload.arrivals = .poisson(rate: 40_000) }
    #expect(
      cautions.first
        == "workload.arrivals: a replication has about 1000000000 transactions and takes about 100 s"
    )
  }

  /// Of the base case 30 % are transfers; of the rest next to none fits into 25,000 gas.
  @Test func transactionsThatAreTooLarge() throws {
    let cautions = try Self.cautions { $0.rollup.sequencer.blockGasLimit = 25_000 }
    #expect(
      cautions == [
        "sequencer.block_gas: about 70 % of transactions fit into no block of 25000 gas or no batch, "
          + "and are dropped"
      ])
  }

  /// The mix has 73,300 gas on average, so 7 Mgas/s are 95.5 /s.
  @Test func gasAboveTheTarget() throws {
    let cautions = try Self.cautions {
      $0.rollup.fees.rule = .arbos
      $0.rollup.workload.arrivals = .poisson(rate: 100)
    }
    #expect(
      cautions == [
        "workload.arrivals: about 7300 kgas/s are more than the gas target of 7000 kgas/s: the price of "
          + "layer 2 gas rises without bound; execution sustains about 95 tx/s"
      ])
    #expect(
      try Self.cautions {
        $0.rollup.fees.rule = .arbos
        $0.rollup.workload.arrivals = .poisson(rate: 95)
      } == [])
  }

  /// Batches of 120,000 B, of which 119,800 are data, on a target of three blobs: 218 /s of 136 B.
  @Test func dataAboveTheTarget() throws {
    let cautions = try Self.cautions {
      $0.rollup.workload.arrivals = .poisson(rate: 250)
      $0.rollup.sequencer.blockGasLimit = 60_000_000
    }
    #expect(
      cautions == [
        "workload.arrivals: data of about 250 tx/s is more than the blob target takes, or more than fits "
          + "in whole transactions: the blob base fee rises without bound or batches gather; data sustains "
          + "about 220 tx/s"
      ])
    #expect(
      try Self.cautions {
        $0.rollup.workload.arrivals = .poisson(rate: 215)
        $0.rollup.sequencer.blockGasLimit = 60_000_000
      } == [])
  }

  /// 100 /s of 100,000 gas beside 30 million gas in 12 s: 25 /s fit, so a day leaves three behind.
  @Test func depositsThatCannotAllBeIncluded() throws {
    let cautions = try Self.cautions {
      $0.rollup.deposits.rate = 100
      $0.settlement.missedSlots = 0
      $0.warmUp = .zero
      $0.horizon = .days(1)
      $0.coolDown = .days(2)
    }
    #expect(
      cautions == [
        "deposits.rate: deposits waiting at the horizon would take 72 h, more than the cooldown of 48 h: "
          + "runs will probably not finish"
      ])
  }

  /// Batches of 3,000 every 300 s on one prover that takes an hour: twelve times as many as it can.
  @Test func batchesThatCannotAllBeProven() throws {
    let cautions = try Self.cautions {
      $0.rollup.sequence = .sequenceVerify
      $0.rollup.prover.provers = 1
      $0.rollup.prover.proofTime = .constant(3600)
      $0.rollup.poster.maxBytes = 10_000_000
      $0.warmUp = .zero
      $0.horizon = .hours(10)
      $0.coolDown = .hours(100)
    }
    #expect(cautions.count == 1)
    #expect(
      cautions[0].hasPrefix("prover.provers: batches waiting at the horizon would take 110 h"))
  }
}
