import EventKernel
import Ledger
import Randomness
import Settlement
import Testing

@testable import Rollup
@testable import Worlds

/// Data of rollups that share blobs.
@Suite struct SharedBlobTests {
  static let shape = WorldShape(rollups: ["a", "b"], services: ["s"])

  /// Two rollups that close a batch of 400 B every 4 s, on a chain with a slot each second.
  static func scenario(capacity: UInt64, maxWait: SimDuration = .hours(1)) -> Scenario {
    var scenario = shape.baseCase
    let single = Scenario.clockwork(.postAndAssert)
    scenario.phases = .aligned
    scenario.warmUp = .zero
    scenario.horizon = single.horizon
    scenario.settlement = single.settlement
    scenario.settlement.slot = .seconds(1)
    scenario.services[0].kind = .blobs
    scenario.services[0].sharedBlobs.bytesPerBlob = capacity
    scenario.services[0].sharedBlobs.maxWait = maxWait
    for place in scenario.rollups.indices {
      scenario.rollups[place] = single.rollup.named(scenario.rollups[place].name)
      scenario.rollups[place].poster.service = "s"
    }
    return scenario
  }

  /// A batch is there with its last piece.
  ///
  /// Batches of 400 B close at 4 and 8 s, that of `a` first. A transaction has 600 B: the first is posted at 4 s
  /// with all of the first batch of `a` and half of that of `b`, whose other half and the second batch of `a` fill
  /// the next one at 8 s. The second batch of `b` waits for the third of `a`, at 12 s.
  @Test func aBatchIsThereWithItsLastPiece() throws {
    let result = try Self.scenario(capacity: 600, maxWait: .seconds(20)).measured(Self.shape)
    // In the slots of 5 and 9 s: submitted at 1 to 4 s, and at 5 to 8 s.
    #expect(result["a", "finality_included_s_max"] == 4)
    #expect(result["a", "finality_included_s_mean"] == 2.5)
    // In the slots of 9 and 13 s.
    #expect(result["b", "finality_included_s_max"] == 8)
    #expect(result["b", "finality_posted_s_max"] == 3)
    #expect(result["s", "shared_rollups_mean"] == 2)
  }

  /// A transaction that is not full is posted when its first data has waited long enough.
  @Test func theFirstDecidesHowLongAllWait() throws {
    let result = try Self.scenario(capacity: 100_000, maxWait: .seconds(6)).measured(Self.shape)
    // Posted at 10 s with both batches of each, in the slot of 11 s.
    for name in ["a", "b"] { #expect(result[name, "finality_included_s_max"] == 10) }
    #expect(result["a", "batch_blobs_mean"] == nil)
  }

  /// With re-orgs that drop shared data every run still ends, and balances to the wei.
  @Test func aReorgTakesDataBack() throws {
    var scenario = Self.scenario(capacity: 700)
    scenario.horizon = .seconds(600)
    scenario.settlement.demand.level = 0.5
    scenario.settlement.reorgs.probability = 0.2
    scenario.settlement.reorgs.meanDepth = 2
    for replication in 0..<10 {
      let result = try scenario.measured(Self.shape, replication: UInt64(replication))
      #expect(result["a", "finality_final_s_mean"] != nil)
    }
  }

  /// Whatever the rule, those who share pay what it cost, to the wei; nobody is paid for being there.
  ///
  /// Seed 7; sizes, prices and pieces are drawn, so that any rule that loses a wei in one of 600 bills is found.
  @Test func aBillIsPaidToTheWei() {
    var stream = RandomStream(seed: 7, replication: 0, name: "test.bills")
    func whole(_ range: ClosedRange<Double>) -> UInt64 {
      UInt64(range.lowerBound + stream.uniform() * (range.upperBound - range.lowerBound))
    }
    for _ in 0..<200 {
      let pieces = (0..<Int(whole(1...12))).map { _ in
        SharedPiece(
          data: SharedData(
            of: RollupID(Int(whole(0...4.9))), batch: 0, bytes: 0,
            gasAlone: whole(21000...200000),
            bytesPerBlobAlone: 130_000, since: .start),
          before: 0, bytes: whole(1...300000), isLast: true)
      }
      let bill = SharedBill(
        total: Wei(Int128(whole(1...1e18))),
        gasPrice: whole(1...100000000000),
        blobPrice: Wei(Int128(whole(1...1e16))))
      for rule in BlobSplit.allCases {
        let parts = bill.split(among: pieces, by: rule)
        #expect(parts.reduce(.zero) { $0 + $1.amount } == bill.total)
        #expect(parts.allSatisfy { $0.amount >= .zero })
      }
    }
  }

  /// A batch that lies across transactions would have been one transaction alone, with as many blobs as it fills.
  @Test func piecesOfABatchCostAloneWhatItDoes() {
    let data = SharedData(
      of: .first, batch: 0, bytes: 2500, gasAlone: 21_000, bytesPerBlobAlone: 1000, since: .start)
    let bill = SharedBill(total: Wei(1_000_000), gasPrice: 1, blobPrice: Wei(10_000))
    var alone = Wei.zero
    for (before, bytes) in [(0, 700), (700, 1000), (1700, 800)] as [(UInt64, UInt64)] {
      let piece = SharedPiece(
        data: data, before: before, bytes: bytes, isLast: before + bytes == 2500)
      alone += bill.split(among: [piece], by: .bytes)[0].alone
    }
    #expect(alone == Wei(21_000 + 3 * 10_000))
  }

  /// A transaction has no more pieces than it can execute.
  @Test func gasLimitsPieces() throws {
    var scenario = Self.scenario(capacity: 100_000)
    scenario.services[0].sharedBlobs.gasPerBatch = 5_000_000
    scenario.settlement.transactionGasLimit = 12_000_000
    let result = try scenario.measured(Self.shape)
    // Two pieces each: the first two batches at 4 s, and so on.
    #expect(result["a", "finality_included_s_max"] == 4)
    scenario.services[0].sharedBlobs.gas = 8_000_000
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated(Self.shape) }
    #expect(try #require(error).problems.map(\.path) == ["services.s.shared_blobs.gas"])
  }

  /// Data that waits for its proof, stays with a committee or is calldata is not for blobs that are shared.
  @Test func whatCannotShareIsRefused() throws {
    var scenario = Self.scenario(capacity: 600)
    scenario["a"].poster.carrier = .calldata
    scenario["b"].sequence = .dataWithProof
    scenario["b"].poster.service = "t"
    scenario.services[0].sharedBlobs.blobs = 7
    let error = #expect(throws: InvalidScenario.self) { try scenario.validated(Self.shape) }
    let paths = try #require(error).problems.map(\.path)
    #expect(paths.contains("rollups.a.poster.service"))
    #expect(paths.contains("rollups.b.poster.service"))
    #expect(paths.contains("services.s.shared_blobs.blobs"))
  }
}
