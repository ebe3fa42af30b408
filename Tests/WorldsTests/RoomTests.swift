import EventKernel
import Randomness
import Testing

@testable import Rollup
@testable import Settlement
@testable import Worlds

/// Limits are never passed: what can never fit is refused, and what is drawn too large is dropped and
/// counted.
@Suite struct RoomTests {
  private static func problems(_ change: (inout Scenario) -> Void) -> [String] {
    var scenario = Scenario.baseCase
    change(&scenario)
    do throws(InvalidScenario) {
      _ = try scenario.validated()
      return []
    } catch {
      return error.problems.map(\.path)
    }
  }

  // MARK: Transactions

  @Test func aClassThatFitsIntoNoBlockIsRefused() {
    #expect(Self.problems { $0.rollup.sequencer.blockGasLimit = 21_000 } == [])
    #expect(
      Self.problems { $0.rollup.sequencer.blockGasLimit = 20_999 } == [
        "workload.classes.transfer.gas"
      ])
    #expect(
      Self.problems {
        $0.rollup.sequencer.blockGasLimit = 20_999
        $0.rollup.workload.mix[TransactionClass.transfer.rawValue] = 0
      } == [])
  }

  /// A batch of 120 kB, or six blobs with 761,856 B: at a ratio of 0.6, less 200 B, some 1,269,426 B.
  @Test func aClassThatFitsIntoNoBatchIsRefused() {
    func problems(_ bytes: Double) -> [String] {
      Self.problems {
        $0.rollup.workload.profiles[TransactionClass.mint.rawValue].bytes = .constant(bytes)
      }
    }
    #expect(Scenario.baseCase.rollup.poster.rawBytesLimit == 1_269_426)
    #expect(problems(1_269_426) == [])
    #expect(problems(1_269_427) == ["workload.classes.mint.bytes"])
    #expect(problems(1e15) == ["workload.classes.mint.bytes"])
  }

  @Test func aBatchOfCountlessTransactionsIsRefused() {
    #expect(
      Self.problems {
        $0.rollup.poster.bytesPerBlob = 100
        $0.rollup.poster.blobsPerTransaction = 1
        $0.rollup.poster.maxBytes = 1_000_000
      } == ["poster.max_bytes"])
  }

  /// Gas above 30,000 is drawn by three of four classes: those are dropped, and no block passes the
  /// limit.
  @Test(arguments: 1...5 as ClosedRange<UInt64>) func noBlockPassesItsLimits(seed: UInt64) {
    var policy = Scenario.baseCase.rollup.sequencer
    policy.blockGasLimit = 60_000
    let window = SimTime.start..<SimTime.start + .hours(1)
    var workload = Workload(
      Scenario.baseCase.rollup.workload, measured: window, needsProverWork: false,
      StreamSource(seed: seed, replication: 0))
    var sequencer = Sequencer(
      policy, of: .first, transactionBytesLimit: 400, StreamSource(seed: seed, replication: 0))
    var executed = 0
    for second in 1...600 {
      var block = SealedBlock(sealedAt: .start + .seconds(Int64(2 * second)))
      sequencer.seal(&workload, into: &block)
      #expect(block.gas <= 60_000 && block.rawBytes <= 400 * UInt64(block.count))
      executed += block.count
    }
    #expect(executed == sequencer.accepted - sequencer.waiting)
    #expect(sequencer.oversizedMeasured == sequencer.droppedMeasured)
    #expect(workload.offered == sequencer.accepted + sequencer.droppedMeasured)
    #expect(sequencer.oversizedMeasured > 100 && sequencer.droppedMeasuredGas > 100 * 60_000)
  }

  /// Transfers of lognormal size, mean 400 B (cv 0.4), of which a batch takes up to 400 B: P(size > 400) is
  /// P(z > σ/2) with σ² = ln 1.16, 0.4236.
  ///
  /// Seeds 1 to 3, 6,000 transactions each, nearly all alone in their block: the standard error is 0.0064; false alarm
  /// 1e-6 each at |z| < 4.9, detects 3.2 %.
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func whatNoBatchTakesIsDropped(seed: UInt64) {
    var policy = Scenario.baseCase.rollup.workload
    policy.arrivals = .poisson(rate: 10)
    for kind in policy.mix.indices where kind != TransactionClass.transfer.rawValue {
      policy.mix[kind] = 0
    }
    let sizes = Distribution.lognormal(mean: 400, cv: 0.4)
    policy.profiles[TransactionClass.transfer.rawValue].bytes = sizes
    var workload = Workload(
      policy, measured: .start..<SimTime.start + .hours(1), needsProverWork: false,
      StreamSource(seed: seed, replication: 0))
    var sequencer = Sequencer(
      Scenario.baseCase.rollup.sequencer, of: .first, transactionBytesLimit: 400,
      StreamSource(seed: seed, replication: 0))
    for hundredth in 1...60_000 {
      var block = SealedBlock(
        sealedAt: .start + SimDuration(nanoseconds: 10_000_000 * Int64(hundredth)))
      sequencer.seal(&workload, into: &block)
      #expect(block.rawBytes <= 400 * UInt64(block.count))
    }
    #expect(sequencer.oversizedMeasured == sequencer.droppedMeasured)
    let share = Double(sequencer.droppedMeasured) / Double(workload.offered)
    #expect(workload.offered > 5_600 && abs(share - 0.4236) < 0.032, "\(share)")
  }

  /// A block of 30,000 gas has room for transfers alone, 30 % of what is sent, and for next to none of
  /// the rest: lognormals of mean 50,000 (cv 0.2), 150,000 and 120,000 (cv 0.5).
  ///
  /// Seed 1, 36,000 transactions: the standard error is 0.0024. P(gas ≤ 30,000) is 0.3 + 0.0028 by the
  /// lognormal distribution functions; false alarm 1e-6 at |z| < 4.9, detects 1.2 %.
  @Test func whatDoesNotFitIsDroppedAndCounted() throws {
    var scenario = Scenario.baseCase
    scenario.rollup.sequencer.blockGasLimit = 30_000
    scenario.rollup.bridge.challengeWindow = .hours(1)
    scenario.rollup.workload.arrivals = .poisson(rate: 0.1)
    scenario.horizon = .hours(101)
    let measures = try scenario.measuredAll()
    let dropped = try #require(measures["throughput_dropped_share"])
    #expect(abs(dropped - 0.6972) < 0.012, "\(dropped)")
    let executed = try #require(measures["throughput_executed_gas_per_s"])
    #expect(executed <= 15_000)
    // Transfers are all that fits but for one in a hundred, which is larger.
    let capacity = try #require(measures["throughput_capacity_execution_tx_per_s"])
    #expect(capacity < 30_000.0 / 21_000 / 2 && capacity > 0.7, "\(capacity)")
  }

  // MARK: Prices

  @Test func aCapBelowEveryFeeIsRefused() {
    #expect(Self.problems { $0.rollup.bid.blobFeeCap = 0 } == ["bid.blob_fee_cap"])
    #expect(Self.problems { $0.rollup.bid.blobFeeCap = 1 } == [])
    #expect(
      Self.problems {
        $0.rollup.bid.blobFeeCap = 0
        $0.rollup.poster.carrier = .calldata
      } == [])
    #expect(Self.problems { $0.rollup.bid.feeCap = 6 } == ["bid.fee_cap"])
    #expect(Self.problems { $0.rollup.bid.feeCap = 7 } == [])
    #expect(
      Self.problems {
        $0.rollup.bid.feeCap = 6
        $0.rollup.bid.blobFeeCap = 0
        $0.rollup.bid.capRule = .nitro
      } == [])
    #expect(
      Self.problems {
        $0.settlement.executionFee.kind = .constant
        $0.rollup.bid.feeCap = 14_999_999_999
      } == ["bid.fee_cap"])
    #expect(
      Self.problems {
        $0.rollup.deposits.rate = 1
        $0.rollup.deposits.feeCap = 0
        $0.neighbours["small"].count = 1
        $0.neighbours["small"].blobFeeCap = 0
      } == ["deposits.fee_cap", "neighbours.small.blob_fee_cap"])
  }

  /// Empty blocks let a fee fall, but not below 7 wei with a denominator of 8, whatever it was.
  @Test(arguments: [0, 1, 7, 8, 9, 1_000_000] as [UInt64]) func theBaseFeeHasAFloor(
    fee: UInt64
  ) {
    var falling = fee
    for _ in 0..<1000 {
      falling =
        ExecutionFeeRule.ethereum.nextBaseFee(after: falling, gasUsed: 0, gasLimit: 30_000_000)
        ?? 0
    }
    #expect(falling == min(fee, 7))
  }

  // MARK: What can never become final

  /// Half the blocks drop three on average: more than one a block, so the chain does not grow.
  @Test func aChainThatDoesNotGrowIsRefused() {
    func problems(_ probability: Double, depth: Double, limit: Int) -> [String] {
      Self.problems {
        $0.settlement.finality = .confirmations
        $0.settlement.reorgs = .init(
          probability: probability, meanDepth: depth, maxDepth: limit)
      }
    }
    #expect(problems(0.5, depth: 3, limit: 64) == ["settlement.reorgs.probability"])
    #expect(problems(0.5, depth: 3, limit: 1) == [])
    #expect(problems(0.3, depth: 3, limit: 64) == [])
    // Of a geometric depth with mean 3 that is cut at n: 1 block, 1 + 2/3 + 4/9.
    for (limit, mean) in [(1, 1.0), (3, 19.0 / 9)] {
      let reorgs = Reorgs.Policy(probability: 0.5, meanDepth: 3, maxDepth: limit)
      #expect(abs(reorgs.blocksDropped - mean / 2) < 1e-15)
    }
  }

  /// A run that ends unfinished says what waits, and for what.
  @Test func whatWaitsIsNamed() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.coolDown = .hours(2)
    scenario.rollup.bid.blobFeeCap = 1
    scenario.settlement.initialBlobBaseFee = 1_000_000
    scenario.settlement.blobDemand.level = 1
    scenario.settlement.blobDemand.elasticity = 0
    scenario.settlement.blobDemand.volatility = 0
    scenario.rollup.bridge.challengeWindow = .zero
    let failure = #expect(throws: RunFailure.self) {
      try scenario.validated().run(seed: 1, replication: 0)
    }
    let text = failure?.description ?? ""
    #expect(
      text.contains("batch data waits since 4 s: it bids at most 1 wei per blob gas")
        && text.contains("raise bid.blob_fee_cap"), "\(text)")
  }

  /// A chain without room for a hundredth of what comes: memory ends it, not the clock.
  @Test func whatWaitsIsBounded() throws {
    var scenario = Scenario.baseCase
    scenario.warmUp = .zero
    scenario.horizon = .hours(2)
    scenario.rollup.poster = .init(
      maxBytes: 1_000_000, maxAge: .seconds(10), compressionRatio: 1, overheadBytes: 0,
      carrier: .blobs, calldataPerTransaction: 120_000, bytesPerBlob: 200, blobsPerTransaction: 1,
      gas: 50_000, zeroByteShare: 0.02)
    scenario.rollup.workload.arrivals = .deterministic(rate: 1000)
    let failure = #expect(throws: RunFailure.self) {
      try scenario.validated().run(seed: 1, replication: 0)
    }
    guard case .overfull(let time, _) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(time < .start + .hours(2))
  }
}
