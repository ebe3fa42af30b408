import EventKernel
import Rollup
import Settlement
import Testing

@testable import Worlds

/// What claims wait for and what users do for their withdrawals, worked out by hand in the world of
/// `JourneyByHandTests`: two batches of four measured transactions, closed at 4 and 8 s, their data in the
/// block of 12 s, slot 1.
@Suite struct WithdrawalByHandTests {
  private func expect(
    _ stage: Stage, at instant: Double, in values: [String: Double],
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      values["finality_\(stage)_s_mean"] == instant - 4.5, "\(stage)", sourceLocation: location)
    #expect(values["finality_\(stage)_s_max"] == instant - 1, "\(stage)", sourceLocation: location)
  }

  /// A claim of 60 s, in the block of 72 s, with a window of 100 s.
  private static func game() -> Scenario {
    var scenario = Scenario.clockwork(.assertWithGame)
    scenario.rollup.bridge.challengeWindow = .seconds(100)
    return scenario
  }

  /// Undisputed, a game is resolved by a transaction once its clock has run.
  ///
  /// 72 + 100 = 172 s; the block of 180 s resolves it, slot 15, final when epoch 3 begins: 1152 s.
  @Test func aTransactionResolvesAGame() throws {
    let values = try Self.game().measuredAll()
    expect(.proven, at: 72, in: values)
    expect(.withdrawable, at: 180, in: values)
    expect(.final, at: 1152, in: values)
  }

  /// The air gap counts from the resolution, the user's delay from his proof; he comes after both.
  ///
  /// He proves when the claim is in a block: in that of 84 s. 180 + 50 = 230 s, 84 + 200 = 284 s, and his last
  /// transaction is in the block of 288 s.
  @Test func aUserProvesAndTakesHisWithdrawal() throws {
    var scenario = Self.game()
    scenario.rollup.bridge.airGap = .seconds(50)
    scenario.rollup.bridge.proveGas = 100_000
    scenario.rollup.bridge.proveDelay = .seconds(200)
    scenario.rollup.bridge.exitGas = 100_000
    expect(.withdrawable, at: 288, in: try scenario.measuredAll())
    // With a long gap it is that which counts: 180 + 600 s is the instant of a block, so in that of 792 s.
    scenario.rollup.bridge.airGap = .seconds(600)
    expect(.withdrawable, at: 792, in: try scenario.measuredAll())
    // Without his last transaction the money comes by itself.
    scenario.rollup.bridge.exitGas = 0
    expect(.withdrawable, at: 780, in: try scenario.measuredAll())
  }

  /// Users' transactions are paid by users: the operator's costs are the same.
  @Test func theOperatorDoesNotPayForUsers() throws {
    var scenario = Self.game()
    scenario.settlement.executionFee.kind = .constant
    let without = try scenario.measuredAll()
    scenario.rollup.bridge.proveGas = 100_000
    scenario.rollup.bridge.exitGas = 100_000
    let with = try scenario.measuredAll()
    #expect(without["cost_total_wei_per_tx_mean"] == with["cost_total_wei_per_tx_mean"])
    // Claim and resolution are both costs of the state: 150,000 and 100,000 gas at 17 gwei, for the 16
    // transactions that come until a window's length after the last measured batch.
    #expect(with["cost_state_wei_per_tx_mean"] == 250_000 * 17e9 / 16)
  }

  /// A claim about final data alone: that is final at 1152 s, the claim is made at 1200 s and in the block
  /// after that.
  @Test func claimsAboutFinalDataComeLater() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.proposer.coverage = .settled
    expect(.proven, at: 1212, in: try scenario.measuredAll())
  }

  /// An assertion covers what was there when its parent was made, once that is final.
  ///
  /// The first one has no parent and covers a batch, at 1200 s, in the block of 1212 s, slot 101. What was
  /// there then is final when epoch 6 begins: 2304 s. The second is made at 2340 s, the instant of a block,
  /// and is in the one after.
  @Test func anAssertionCoversWhatItsParentSaw() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.rollup.proposer.coverage = .parentSnapshot
    let values = try scenario.measuredAll()
    #expect(values["finality_proven_s_mean"] == (1212 + 2352) / 2 - 4.5)
    #expect(values["finality_proven_s_max"] == 2347)
  }

  /// Proofs can wait until the data is safe or final, and the operator's delay then counts from there.
  ///
  /// Both batches share the proof that is there at 36 s. The block of 12 s is safe when epoch 2 begins, 768 s;
  /// the proof is in the block of 780 s. 768 + 30 + 1500 = 2298 s, and the execution is in the block of
  /// 2304 s, the first of epoch 6, final with the beginning of epoch 8.
  @Test func aProofWaitsUntilDataIsSafe() throws {
    var scenario = Scenario.clockwork(.commitProveExecute)
    scenario.rollup.prover.witnessTime = .constant(5)
    scenario.rollup.prover.provers = 2
    scenario.rollup.prover.proofTime = .constant(20)
    scenario.rollup.prover.aggregatedBatches = 2
    scenario.rollup.prover.aggregationTime = .constant(3)
    scenario.rollup.prover.waitsFor = .safe
    scenario.rollup.bridge.executionDelay = .seconds(1500)
    scenario.rollup.bridge.executionMargin = .seconds(30)
    let safe = try scenario.measuredAll()
    expect(.proven, at: 780, in: safe)
    expect(.withdrawable, at: 2304, in: safe)
    expect(.final, at: 3072, in: safe)
    // Final at 1152 s: the proof in the block of 1164 s, the execution after 1152 + 1530 s.
    scenario.rollup.prover.waitsFor = .settled
    let settled = try scenario.measuredAll()
    expect(.proven, at: 1164, in: settled)
    expect(.withdrawable, at: 2688, in: settled)
  }

  /// Re-orgs drop claims, resolutions and users' transactions, and each is done again.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func whatIsDroppedIsDoneAgain(_ seed: UInt64) throws {
    let sequence = SettlementSequence.allCases[Int(seed) % SettlementSequence.allCases.count]
    var scenario = ReorgTests.scenario(sequence, probability: 0.3)
    scenario.horizon = .seconds(1200)
    scenario.rollup.bridge.challengeWindow = .seconds(20)
    scenario.rollup.bridge.proveGas = 50_000
    scenario.rollup.bridge.proveDelay = .seconds(40)
    scenario.rollup.bridge.exitGas = 50_000
    let values = try scenario.measuredAll(seed: seed)
    let withdrawable = try #require(values["finality_withdrawable_s_mean"])
    // The proof takes a block, the delay 40 s, and the last transaction another block.
    #expect(withdrawable >= (try #require(values["finality_proven_s_mean"])) + 40 + 12)
  }

  /// A re-org that takes back the last blocks of a window counted in blocks makes the resolution revert, and it
  /// is sent anew.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func aRevertedResolutionIsSentAnew(_ seed: UInt64) throws {
    var scenario = ReorgTests.scenario(.assertWithGame, probability: 0.2)
    scenario.horizon = .seconds(1200)
    scenario.rollup.bridge.challengeBlocks = 10
    let values = try scenario.measuredAll(seed: seed)
    let delay = try #require(values["finality_withdrawable_s_mean"])
    #expect(delay >= (try #require(values["finality_proven_s_mean"])) + 120)
  }

  /// What a slot makes safe it can drop where epochs are short; deposits and proofs wait for it anew.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func whatIsSafeCanDropOut(_ seed: UInt64) throws {
    var scenario = ReorgTests.scenario(.commitProveExecute, probability: 0.3)
    scenario.horizon = .seconds(1200)
    scenario.settlement.slotsPerEpoch = 16
    scenario.settlement.reorgs.maxDepth = 10
    scenario.rollup.deposits.rate = 0.1
    scenario.rollup.deposits.credit = .safe
    scenario.rollup.prover.waitsFor = .safe
    for epochs in 2...3 {
      scenario.settlement.epochsToFinality = epochs
      #expect(try scenario.measured("deposit_credit_s_mean", seed: seed) != nil)
    }
  }

  /// On a host that is a rollup a withdrawal waits for the same, and a proof for settled data at the latest.
  @Test(arguments: SettlementSequence.allCases)
  func aLayer3WaitsForTheSame(_ guest: SettlementSequence) throws {
    var scenario = LayerReorgTests.scenario(.sequenceVerify, guest, .final, probability: 0)
    func delay() throws -> Double {
      let values = try scenario.measured(LayerReorgTests.shape)
      return try #require(values["three", "finality_withdrawable_s_mean"])
    }
    let before = try delay()
    scenario["three"].bridge.airGap = .hours(2)
    #expect(try delay() > before + 1800)
    scenario["three"].bridge.airGap = .zero
    scenario["three"].bridge.proveGas = 50_000
    scenario["three"].bridge.proveDelay = .hours(2)
    #expect(try delay() > before + 1800)
    scenario["three"].prover.waitsFor = .safe
    #expect(try delay() > before + 1800)
  }

  /// An assertion has no parent before that is in a block: where claims are left out, none piles up.
  @Test func anAssertionWaitsForItsParent() throws {
    var scenario = Scenario.clockwork(.postAndAssert)
    scenario.horizon = .seconds(1200)
    scenario.rollup.proposer.coverage = .parentSnapshot
    scenario.rollup.proposer.interval = .seconds(12)
    scenario.settlement.slotsPerEpoch = 4
    scenario.settlement.censorship = .init(share: 0.9, target: .claim)
    let values = try scenario.measuredAll()
    // A claim waits ten blocks and for finality; with one for each of 300 batches state would cost far more.
    #expect(try #require(values["cost_state_wei_per_tx_mean"]) < 150_000 * 40e9 / 20)
  }
}
