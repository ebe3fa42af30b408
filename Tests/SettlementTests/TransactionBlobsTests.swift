import EventKernel
import Randomness
import Testing

@testable import Settlement

/// A transaction has a limit of blobs of its own from Osaka on (EIP-7594).
@Suite struct TransactionBlobsTests {
  private static let start: Int64 = 1_000_000

  /// A chain of nine blobs a block, on which a fork at 60 s allows a transaction six, and one at 120 s changes
  /// the target alone.
  private static var chain: SettlementPolicy {
    var policy = SettlementPolicy.ethereum()
    policy.startsAt = start
    var rule = policy.blobFee
    rule.transactionLimit = 6
    policy.forks[1] = BlobFork(time: start + 60, rule: rule)
    rule.transactionLimit = 0
    rule.target = 5
    policy.forks[2] = BlobFork(time: start + 120, rule: rule)
    return policy
  }

  /// Before the fork seven blobs are included, after it never; six are.
  @Test func aTransactionAboveTheLimitIsNotIncluded() {
    let transactions: [SettlementTransaction] = [
      .sample(.neighbourData, 0, blobs: 7), .sample(.neighbourData, 1, blobs: 7),
      .sample(.neighbourData, 2, blobs: 6), .sample(.neighbourData, 3, blobs: 7),
    ]
    let slots = ChainDriver.run(
      Self.chain, slots: 30, submitting: transactions,
      at: [30, 60, 60, 130].map { .start + .seconds($0) }
    ).model.slots
    let included = slots.flatMap(\.receipts)
    #expect(included.map(\.transaction.reference) == [0, 2])
    #expect(included.map(\.includedAt.seconds) == [36, 60])
  }

  /// Others who want nine send six and three.
  ///
  /// Before the fork a transaction of nine fills a block; after it every block holds whole ones of three and six.
  @Test func othersObeyTheLimit() {
    var policy = Self.chain
    policy.forks[2] = .none
    policy.forks[1].time = Self.start + 2400
    policy.blobDemand.level = 2
    policy.competition.rule = .drawn
    policy.competition.transactionBlobs = .constant(9)
    let slots = ChainDriver.run(policy, slots: 400).model.slots
    #expect(Set(slots.prefix(199).map(\.block.blobs)) == [0, 9])
    let after = Set(slots.dropFirst(199).map(\.block.blobs))
    #expect(after.isSubset(of: [0, 3, 6, 9]) && after.contains(9))
    var competition = BlobCompetition(policy, seed: 1, replication: 0)
    competition.beginBlock(used: 9, each: 6)
    // Of capacity 8 the whole nine would leave nothing; six of them fit.
    #expect(competition.blobs(into: 8) >= 3)
    competition.beginBlock(used: 9, each: 9)
    #expect(competition.blobs(into: 8) == 0)
  }
}
