import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// What a host must be like for a rollup to settle there, and what a full one does to it.
@Suite struct HostRoomTests {
  private static func problems(
    _ names: [String] = ["two", "three"], _ change: (inout Scenario) -> Void
  ) -> [String] {
    let shape = WorldShape(rollups: names)
    var scenario = shape.baseCase
    for name in names where name != "two" {
      scenario[name].hosting.host = "two"
      scenario[name].poster.carrier = .calldata
    }
    change(&scenario)
    do throws(InvalidScenario) {
      _ = try scenario.validated(shape)
      return []
    } catch {
      return error.problems.map(\.path)
    }
  }

  @Test func whatFitsIsAccepted() { #expect(Self.problems { _ in } == []) }

  @Test func hostsInACircleAreRefused() {
    #expect(Self.problems { $0["two"].hosting.host = "three" }.contains("rollups.two.host"))
    #expect(Self.problems { $0["two"].hosting.host = "two" }.contains("rollups.two.host"))
    let problems = Self.problems(["two", "three", "four"]) {
      $0["two"].hosting.host = "four"
      $0["two"].poster.carrier = .calldata
      $0["four"].hosting.host = "three"
      $0["three"].hosting.host = "two"
    }
    #expect(problems == ["rollups.four.host", "rollups.three.host", "rollups.two.host"])
  }

  @Test func anUnknownHostOrServiceIsRefused() {
    #expect(Self.problems { $0["three"].hosting.host = "none" } == ["rollups.three.host"])
    #expect(
      Self.problems {
        $0["three"].sequence = .sequenceVerify
        $0["three"].proving.service = "none"
      } == ["rollups.three.prover.service"])
  }

  @Test func aGuestWithBlobsIsRefused() {
    #expect(
      Self.problems { $0["three"].poster.carrier = .blobs } == ["rollups.three.poster.carrier"])
  }

  /// Data that a guest posts on the settlement chain may be in blobs, wait for fees, and be larger than a
  /// block of its host; its claims may not.
  @Test(arguments: SettlementSequence.allCases)
  func dataOnTheSettlementChainNeedsNoRoomOnTheHost(_ sequence: SettlementSequence) {
    func isRefused(_ change: (inout RollupScenario) -> Void) -> Bool {
      !Self.problems {
        $0["two"].sequencer.blockGasLimit = 1_000_000
        $0["three"].sequence = sequence
        Self.postOnSettlement(&$0["three"])
        $0["three"].poster.calldataPerTransaction = 100_000
        change(&$0["three"])
      }.isEmpty
    }
    #expect(!isRefused { _ in })
    #expect(!isRefused { $0.poster.carrier = .blobs })
    #expect(!isRefused { $0.poster.carrierChoice = .cheaper })
    #expect(!isRefused { $0.poster.posting.rule = .percentile })
    #expect(isRefused { $0.data.mode = .host })
    #expect(isRefused { $0.hosting.envelopeBytes = 100_000_000 })
    #expect(isRefused { $0.prover.verificationGas = 1_000_001 } == sequence.isProved)
    #expect(isRefused { $0.proposer.claimGas = 1_000_001 } != sequence.isProved)
  }

  private static func postOnSettlement(_ rollup: inout RollupScenario) {
    rollup.data.mode = .settlement
    rollup.prover.waitsFor = .settled
    rollup.proposer.coverage = .settled
  }

  /// There it has to bid what is charged, and to fit.
  @Test func dataOnTheSettlementChainHasToBeTakenThere() {
    func problems(_ change: (inout RollupScenario) -> Void) -> [String] {
      Self.problems {
        Self.postOnSettlement(&$0["three"])
        change(&$0["three"])
      }
    }
    #expect(problems { $0.bid.feeCap = 6 } == ["rollups.three.bid.fee_cap"])
    #expect(
      problems {
        $0.poster.carrier = .blobs
        $0.bid.blobFeeCap = 0
      } == ["rollups.three.bid.blob_fee_cap"])
    #expect(
      problems {
        $0.poster.carrier = .blobs
        $0.poster.blobsPerTransaction = 7
      } == ["rollups.three.poster.blobs_per_transaction"])
    #expect(problems { $0.poster.gas = 30_000_001 } == ["rollups.three.poster.calldata_bytes"])
    // What users send goes to the host, which takes no bids.
    #expect(
      problems {
        $0.bridge.proveGas = 100_000
        $0.deposits.feeCap = 0
      } == [])
  }

  /// What a set decides on later would charge guests another price for data than users of the same block.
  @Test func aSetThatChargesForDataHasNoGuests() {
    func problems(_ rule: DataFees.Policy.Rule) -> [String] {
      Self.problems {
        $0["two"].sequencerSet.kind = .roundRobin
        $0["two"].dataFees.rule = rule
      }
    }
    let path = "rollups.two.sequencer.set.kind"
    #expect(problems(.ecotone).contains(path))
    #expect(!problems(.none).contains(path))
  }

  /// A host takes no claim back, so none may be made about data that a re-org can drop.
  @Test func claimsAboutDataThatIsNotFinalAreRefused() {
    func problems(
      _ sequence: SettlementSequence, _ stage: Prover.DataStage,
      _ coverage: StateProposer.Coverage
    ) -> [String] {
      Self.problems {
        $0["three"].sequence = sequence
        $0["three"].data.mode = .settlement
        $0["three"].prover.waitsFor = stage
        $0["three"].proposer.coverage = coverage
      }
    }
    for sequence in SettlementSequence.allCases {
      for stage in Prover.DataStage.allCases {
        let isRefused = sequence.isProved && stage != .settled
        #expect(
          problems(sequence, stage, sequence.isProved ? .included : .settled)
            == (isRefused ? ["rollups.three.prover.waits_for"] : []))
      }
      for coverage in StateProposer.Coverage.allCases {
        let isRefused = !sequence.isProved && coverage == .included
        #expect(
          problems(sequence, sequence.isProved ? .settled : .included, coverage)
            == (isRefused ? ["rollups.three.proposer.covers"] : []))
      }
    }
  }

  /// A run that ends with such data waiting says what it waits for, there and not on the host.
  @Test func whatWaitsOnTheSettlementChainIsNamed() throws {
    var scenario = LayerByHandTests.scenario(host: .postAndAssert, guest: .postAndAssert, .final)
    Self.postOnSettlement(&scenario["three"])
    scenario.coolDown = .hours(2)
    scenario["three"].bid.feeCap = 1_000_000_000
    let failure = #expect(throws: RunFailure.self) {
      try scenario.validated(LayerByHandTests.shape).run(seed: 1, replication: 0)
    }
    let text = failure?.description ?? ""
    #expect(
      text.contains("three: batch data waits since 4 s: it bids at most 1000000000 wei per gas"),
      "\(text)")
  }

  /// Its blocks come with its users' transactions, so a guest would wait for one of those.
  @Test func aHostWithABlockForEachTransactionIsRefused() {
    #expect(
      Self.problems { $0["two"].sequencer.sealing = .perTransaction } == ["rollups.three.host"])
  }

  /// A transaction of a guest that fits into no block of its host would wait for ever.
  @Test(arguments: SettlementSequence.allCases)
  func transactionsThatFitIntoNoBlockAreRefused(_ sequence: SettlementSequence) {
    func isRefused(_ change: (inout RollupScenario) -> Void) -> Bool {
      !Self.problems {
        $0["two"].sequencer.blockGasLimit = 1_000_000
        $0["three"].sequence = sequence
        $0["three"].poster.calldataPerTransaction = 10_000
        change(&$0["three"])
      }.isEmpty
    }
    #expect(!isRefused { _ in })
    #expect(isRefused { $0.poster.calldataPerTransaction = 100_000 })
    // An execution takes withdrawals along.
    #expect(isRefused { $0.hosting.withdrawalGas = 1_000_001 } != sequence.executes)
    #expect(isRefused { $0.hosting.envelopeBytes = 100_000_000 })
    #expect(isRefused { $0.prover.verificationGas = 1_000_001 } == sequence.isProved)
    #expect(isRefused { $0.proposer.claimGas = 1_000_001 } != sequence.isProved)
    let (proved, executes) = (sequence.isProved, sequence.executes)
    #expect(isRefused { $0.prover.executionGas = 1_000_001 } == (executes && proved))
    #expect(isRefused { $0.bridge.resolveGas = 1_000_001 } == (executes && !proved))
    #expect(isRefused { $0.bridge.proveGas = 1_000_001 })
  }

  /// The settlement chain takes no execution that is larger than its transactions may be.
  @Test func anExecutionThatFitsIntoNoSettlementTransactionIsRefused() {
    #expect(
      !Self.problems {
        $0["two"].sequence = .commitProveExecute
        $0["two"].prover.executionGas = 30_000_001
      }.isEmpty)
  }

  /// A world of a layer 2 with users and a layer 3 that sends often.
  private static func busy(_ sequence: SettlementSequence) -> Scenario {
    var scenario = LayerReorgTests.scenario(sequence, sequence, .final, probability: 0)
    scenario.horizon = .seconds(600)
    return scenario
  }

  /// Users that overfill the blocks of a host make those of its guest wait in its line, and are dropped
  /// when the line is full; a transaction of a guest never is.
  @Test(arguments: SettlementSequence.allCases)
  func aFullHostDelaysItsGuestAndDropsNothingOfIt(_ sequence: SettlementSequence) throws {
    let calm = try Self.busy(sequence).measured(LayerReorgTests.shape)
    var full = Self.busy(sequence)
    full["three"].poster.calldataPerTransaction = 1000
    full["two"].workload.arrivals = .poisson(rate: 100)
    // 40 of 50,000 gas fit into the 2 s between blocks, beside what the guest sends.
    full["two"].sequencer.blockGasLimit = 2_200_000
    full["two"].sequencer.mempoolCapacity = 2000
    full["two"].poster.maxBytes = 20_000
    let values = try full.measured(LayerReorgTests.shape)
    #expect(try #require(values["two", "throughput_dropped_share"]) > 0.5)
    #expect(values["three", "throughput_dropped_share"] == 0)
    // 2000 wait at 20 a second: 100 s.
    let name = "finality_included_s_mean"
    let delay = try #require(values["three", name]) - #require(calm["three", name])
    #expect((40...200).contains(delay))
  }

  /// A host without users has no figures of its own latencies, and its guest all of them.
  @Test(arguments: SettlementSequence.allCases)
  func aHostNeedsNoUsers(_ sequence: SettlementSequence) throws {
    var scenario = Self.busy(sequence)
    scenario["two"].workload.arrivals = .poisson(rate: 1e-6)
    let values = try scenario.measured(LayerReorgTests.shape)
    for stage in Stage.allCases {
      #expect(values["two", "finality_\(stage)_s_mean"] == nil)
      #expect(values["three", "finality_\(stage)_s_mean"] != nil)
    }
    #expect(values["two", "throughput_offered_tx_per_s"] == 0)
  }

  /// A host goes on for a guest whose own guest is not done, and as long as one is slow.
  @Test(arguments: SettlementSequence.allCases, SettlementSequence.allCases)
  func hostsGoOnAsLongAsTheyAreNeeded(
    _ host: SettlementSequence, _ guest: SettlementSequence
  ) throws {
    var scenario = LayerReorgTests.scenario(host, guest, .settled, probability: 0)
    scenario.horizon = .seconds(60)
    var four = scenario["three"].named("four")
    four.hosting.host = "three"
    four.poster.calldataPerTransaction = 10_000
    four.proposer.interval = .seconds(4000)
    four.prover.proofTime = .constant(4000)
    four.prover.provers = 100
    four.bridge = .init(challengeWindow: .seconds(4000), executionDelay: .seconds(4000))
    scenario.rollups.append(four)
    scenario.rollups.sort { $0.name < $1.name }
    let values = try scenario.measured(WorldShape(rollups: ["two", "three", "four"]))
    #expect(try #require(values["four", "finality_final_s_mean"]) > 4000)
    #expect(try #require(values["three", "finality_final_s_mean"]) < 3500)
  }
}
