import EventKernel
import Ledger
import Rollup
import Settlement
import Testing

@testable import Worlds

/// A rollup whose sequence, poster and delays change in the middle of a run.
@Suite struct ChangeTests {
  /// Pairs of sequences of one family.
  static let pairs: [[SettlementSequence]] = SettlementSequence.allCases.flatMap { first in
    SettlementSequence.allCases.filter { $0.isProved == first.isProved }.map { [first, $0] }
  }

  /// What the clock shows at the start of a run.
  private static let start: Int64 = 1_000_000

  /// The same scenario with a change to the terms of another, `seconds` after its start.
  private static func changing(
    _ scenario: Scenario, to other: Scenario, after seconds: Int64
  ) -> Scenario {
    var scenario = scenario
    scenario.settlement.startsAt = start
    var change = RollupChange(name: "change")
    change.time = start + seconds
    for (place, parameter) in RollupScenario.changeable.enumerated() {
      change[place] = parameter.read(other.rollup)
    }
    scenario.rollup.changes.append(change)
    return scenario
  }

  private static func result(_ scenario: Scenario) throws -> RunResult {
    try scenario.validated().run(seed: 3, replication: 1)
  }

  /// What has changed before the start is what holds; what changes after the end is not seen.
  @Test(arguments: pairs)
  func aRunThatSeesNoChangeIsOneWithout(_ pair: [SettlementSequence]) throws {
    var one = ReorgTests.scenario(pair[0], probability: 0.1)
    one.horizon = .seconds(600)
    var other = one
    other.rollup.sequence = pair[1]
    other.rollup.poster.carrier = .calldata
    other.rollup.bridge.challengeWindow = .hours(2)
    other.rollup.prover.aggregatedBatches = 3
    var before = Self.changing(one, to: other, after: 0)
    before.rollup.changes[0].time = Self.start - 5
    #expect(try Self.result(before) == Self.result(other))
    let after = Self.changing(one, to: other, after: 365 * 86_400)
    #expect(try Self.result(after) == Self.result(one))
  }

  /// Batches are closed at the change and posted as before; claims are made as from then on.
  ///
  /// Blocks come every 2 s with the two transactions since the one before, of 100 B each, and a batch has
  /// 400 B at most: at 3 s the open one has what the first block has.
  @Test func batchesKeepTheTermsUnderWhichTheyWereBegun() throws {
    var calldata = Scenario.clockwork(.postAndAssert)
    calldata.rollup.poster.carrier = .calldata
    var blobs = Scenario.clockwork(.postAndAssert)
    blobs.rollup.bid.tip = 7
    let posted = try Self.receipts(Self.changing(calldata, to: blobs, after: 3)).filter {
      $0.transaction.kind == .data
    }
    #expect(posted.count >= 3)
    #expect(posted[0].submittedAt == .start + .seconds(3))
    #expect(posted[0].transaction.calldata == 200 && posted[0].transaction.blobs == 0)
    #expect(posted[0].transaction.bid.tip == calldata.rollup.bid.tip)
    for receipt in posted.dropFirst() {
      #expect(receipt.transaction.calldata == 0 && receipt.transaction.blobs == 1)
      #expect(receipt.transaction.bid.tip == 7)
    }
  }

  /// The claim that is made at 60 s has the window of that time.
  ///
  /// It is in the block at 72 s, as what is handed over at the instant of a slot waits for the next one. With a window of 1 h before the change and of 2 h after it counts when
  /// the claim was made.
  @Test(arguments: [(59, 7200.0), (61, 3600.0)])
  func claimsKeepTheTermsUnderWhichTheyWereMade(_ change: Int, _ window: Double) throws {
    let short = Scenario.clockwork(.postAndAssert)
    var long = short
    long.rollup.bridge.challengeWindow = .hours(2)
    let result = try Self.result(Self.changing(short, to: long, after: Int64(change)))
    let included = try #require(result["finality_asserted_s_mean"])
    let withdrawable = try #require(result["finality_withdrawable_s_mean"])
    #expect(abs(withdrawable - included - window) < 1e-6)
  }

  /// Blocks at 2 s and 4 s come before the change at 5 s, and those at 6 s and 8 s after it; transactions
  /// of 50,000 gas come every second, two in a block.
  @Test func pricesChangeForTheBlocksBehind() throws {
    var cheap = Scenario.clockwork(.postAndAssert)
    cheap.horizon = SimDuration(nanoseconds: 7_500_000_000)
    cheap.rollup.fees.gasPrice = 5
    var dear = cheap
    dear.rollup.fees.gasPrice = 9
    let result = try Self.result(Self.changing(cheap, to: dear, after: 5))
    let paid = try #require(result["fee_l2_wei_per_tx_mean"])
    #expect(abs(paid - 50_000 * (4 * 5 + 4 * 9) / 8) < 1e-6)
  }

  /// A proof that is ready waits for data that comes with the proof before it, and for nothing else.
  ///
  /// Batches close every 10 min, those from the change at 22 min on every 20 min; what was held back until then
  /// is proven after 25 min. So the batch of 22 to 42 min is proven before that of 10 to 20 min is on the host, at
  /// some 47 min: its transactions wait 15 min on average and not until the next batch, at 62 min.
  @Test func aProofFollowsTheDataThatItWaitedFor() throws {
    var held = Scenario.baseCase
    held.phases = .aligned
    held.warmUp = .seconds(23 * 60)
    held.horizon = .seconds(41 * 60)
    held.settlement.missedSlots = 0
    held.rollup.sequence = .dataWithProof
    held.rollup.workload.arrivals = .poisson(rate: 1)
    held.rollup.poster.maxAge = .seconds(600)
    held.rollup.poster.maxBytes = 100_000_000
    held.rollup.poster.carrier = .calldata
    held.rollup.prover.provers = 8
    held.rollup.prover.proofTime = .constant(25 * 60)
    var ahead = held
    ahead.rollup.sequence = .commitProveExecute
    ahead.rollup.poster.maxAge = .seconds(1200)
    ahead.rollup.prover.proofTime = .constant(60)
    let result = try Self.result(Self.changing(held, to: ahead, after: 22 * 60))
    #expect((700...1000).contains(try #require(result["finality_proven_s_mean"])))
  }

  /// Under re-orgs, with proofs of several batches and data that is held back before or after: nothing is
  /// lost or counted twice, and no proof covers batches of two terms.
  @Test(arguments: pairs, [1, 2] as [UInt64])
  func everyBatchBecomesFinalOnce(_ pair: [SettlementSequence], _ seed: UInt64) throws {
    let scenario = Self.rough(pair)
    var mixed = 0
    let journal = try WorldJournal.run(scenario, seed: seed) { world in
      guard pair[0].isProved else { return }
      for claim in world.journeys[0].claims.indices {
        let terms = world.journeys[0].claims[claim].terms
        for batch in world.journeys[0].claims[claim].batches
        where world.journeys[0].batches.indices.contains(batch) {
          mixed += world.journeys[0].batches[batch].terms == terms ? 0 : 1
        }
      }
    }
    #expect(mixed == 0)
    #expect(journal.claimsWithoutData == 0)
    for (number, batch) in journal.batches.enumerated() where batch.count > 0 {
      #expect(try #require(journal.final[.init(kind: .data, reference: number)]).count >= 1)
    }
    try journal.ledger.audit()
  }

  /// A run with re-orgs in whose middle the sequence changes, the carrier, proofs and claims.
  static func rough(_ pair: [SettlementSequence]) -> Scenario {
    var before = ReorgTests.scenario(pair[0], probability: 0.3)
    before.horizon = .seconds(1200)
    before.rollup.poster.maxBytes = 600
    before.rollup.prover.aggregatedBatches = 2
    var after = before
    after.rollup.sequence = pair[1]
    after.rollup.poster.carrier = .calldata
    after.rollup.prover.aggregatedBatches = 3
    after.rollup.prover.startsAt = .closed
    after.rollup.prover.waitsFor = .safe
    after.rollup.prover.provers = 2
    after.rollup.proposer.interval = .seconds(20)
    return changing(before, to: after, after: 601)
  }

  /// What the settlement chain included until the run ends.
  private static func receipts(_ scenario: Scenario) throws -> [SettlementReceipt] {
    var receipts: [SettlementReceipt] = []
    _ = try WorldJournal.run(scenario, seed: 1) { receipts += $0.settlement.receipts }
    var seen = Set<SettlementTransaction>()
    return receipts.filter { seen.insert($0.transaction).inserted }
  }
}
