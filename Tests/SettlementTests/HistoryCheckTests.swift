import Declarations
import EventKernel
import Testing

@testable import Settlement

/// What is said of a history that a chain cannot replay.
@Suite struct HistoryCheckTests {
  private func problems(_ policy: SettlementPolicy) -> [String] {
    var expect = Expectations()
    policy.check(&expect)
    return expect.failed.map(\.expectation)
  }

  @Test func whatIsInOrderIsAccepted() {
    #expect(problems(.replaying()) == [])
    #expect(problems(.replaying(gas: .use)) == [])
    #expect(problems(.dencun()) == [])
  }

  /// What breaks one rule, and what is said of it.
  private typealias Case = (said: String, change: @Sendable (inout SettlementPolicy) -> Void)

  private static let cases: [Case] = [
    ("the file has no base_fee_per_gas", { $0.history.gas = .fee }),
    (
      "fees that are given do not move",
      {
        $0.history.ours = .added
        $0.history.blobs = .demand
      }
    ),
    ("expected no re-orgs", { $0.reorgs.probability = 0.01 }),
    ("expected slots", { $0.blockProcess = .exponential }),
    ("expected no outages", { $0.outages = .init(interval: .hours(1), duration: .seconds(60)) }),
    ("expected settlement.starts_at", { $0.startsAt = 0 }),
    ("expected settlement.history.trace", { $0.history.trace = .none }),
    ("row 2 of 2024-06-20: expected blob_count of at most the 5", { $0.blobFee.limit = 5 }),
    (
      "row 2 of 2024-06-20: expected a time that is a whole number of slots",
      { $0.slot = .seconds(7) }
    ),
  ]

  @Test(arguments: cases.indices) func whatIsWrongIsSaid(_ index: Int) {
    var policy = SettlementPolicy.replaying()
    Self.cases[index].change(&policy)
    let found = problems(policy)
    #expect(found.count == 1 && found[0].contains(Self.cases[index].said), "\(found)")
  }

  /// An excess that does not follow tells that the chain's schedule is not that of the time.
  @Test func anExcessThatDoesNotFollow() {
    for (index, known) in HistoryExcerpt.excess.enumerated() {
      #expect(HistoryExcerpt.trace.blocks[20 * index][.excessBlobGas] == known)
    }
    var policy = SettlementPolicy.replaying()
    #expect(policy.historyDefects(limit: 9) == [])
    policy.blobFee.target = 2
    #expect(policy.historyDefects(limit: 9).map(\.row) == Array(1...9))
    #expect(
      policy.historyDefects(limit: 1).map(\.expectation) == [
        "expected excess_blob_gas of 78905344, which follows from the row before at a target of 2 "
          + "blobs; found 78774272"
      ])
  }

  /// Without block numbers a long jump may be missing rows.
  @Test func aLongJumpNeedsBlockNumbers() {
    let trace = HistoryExcerpt.trace.with(columns: []) { place, block in
      if place > 10 { block.time = block.time + .seconds(12 * 40) }
    }
    #expect(SettlementPolicy.replaying(trace).historyDefects(limit: 9) == [])
    let unnumbered = BlockTrace(
      name: "x", blocks: trace.blocks, columns: [.blobCount], clock: .chain)
    #expect(SettlementPolicy.replaying(unnumbered).historyDefects(limit: 9).map(\.row) == [11])
  }
}
