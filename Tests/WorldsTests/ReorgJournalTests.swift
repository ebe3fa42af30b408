import EventKernel
import Ledger
import Rollup
import Settlement
import Testing

@testable import Worlds

/// Stages that a re-org took back are done again, seen from beside the world: times, measures and money
/// follow from the blocks that became final and from nothing else.
@Suite struct ReorgJournalTests {
  private static func claimKind(_ sequence: SettlementSequence) -> SettlementTransaction.Kind {
    switch sequence {
    case .postAndAssert, .assertWithGame: .stateClaim
    case .sequenceVerify, .commitProveExecute: .proof
    case .dataWithProof: .provenData
    }
  }

  @Test(arguments: SettlementSequence.allCases, [1, 2] as [UInt64])
  func whatIsDroppedIsDoneAgain(_ sequence: SettlementSequence, _ seed: UInt64) throws {
    var scenario = ReorgTests.scenario(sequence, probability: 0.3)
    scenario.horizon = .seconds(1200)
    // Two blobs come in a slot and six fit, so that data at times waits while its claim reverts.
    scenario.rollup.poster.maxBytes = 600
    let journal = try WorldJournal.run(scenario, seed: seed)
    let claim = Self.claimKind(sequence)
    Self.checkDrops(journal, claim)
    Self.checkClaims(journal, claim)
    try Self.checkMeasures(journal, claim)
    try Self.checkLedger(journal)
    Self.checkCosts(journal, claim)
  }

  /// Where proposers leave out data alone, claims overtake what they are about; none takes effect.
  @Test(arguments: SettlementSequence.allCases)
  func noClaimTakesEffectWithoutItsData(_ sequence: SettlementSequence) throws {
    var scenario = ReorgTests.scenario(sequence, probability: 0.2)
    scenario.horizon = .seconds(1200)
    scenario.settlement.censorship = .init(share: 0.6, target: .data)
    let journal = try WorldJournal.run(scenario, seed: 1)
    #expect(journal.dropped(.data) > 20)
    #expect(journal.claimsWithoutData == 0)
  }

  /// Data and claims fall out of the chain, also both in one re-org.
  private static func checkDrops(
    _ journal: WorldJournal, _ kind: SettlementTransaction.Kind
  ) {
    #expect(journal.dropped(.data) > 20 && journal.dropped(kind) > 20)
    #expect(journal.dropped.contains { Set($0.map(\.kind)) == [.data, kind] })
    #expect(journal.reorganised == journal.droppedCount)
  }

  /// Every batch is final once, and every claim that counts comes after the data that it is about.
  private static func checkClaims(
    _ journal: WorldJournal, _ kind: SettlementTransaction.Kind
  ) {
    for (number, batch) in journal.batches.enumerated() where batch.count > 0 {
      #expect(journal.final[.init(kind: .data, reference: number)]?.count == 1)
    }
    let claims = journal.claims.indices.filter { journal.claims[$0].count > 0 }
    #expect(claims.count > 20)
    #expect(journal.claimsWithoutData == 0)
    #expect(claims.allSatisfy { journal.takesEffect($0, kind) != nil })
  }

  /// Latencies are those to the inclusion that lasts, to the nanosecond.
  private static func checkMeasures(
    _ journal: WorldJournal, _ kind: SettlementTransaction.Kind
  ) throws {
    func sum(_ stage: Stage) -> Int128 { Int128(journal.record[stage].latencies.sum) }
    var (posted, included, proven) = (Int128(0), Int128(0), Int128(0))
    for (number, batch) in journal.batches.enumerated() where batch.count > 0 {
      let at = try #require(journal.final[.init(kind: .data, reference: number)]?.first)
      // Data that waits for its proof is handed over with the claim.
      let held = journal.claims.first { kind == .provenData && $0.batches.contains(number) }
      posted += Int128(batch.count) * Int128((held?.at ?? batch.at).nanoseconds)
      included += Int128(batch.count) * Int128(at.nanoseconds)
    }
    for (number, claim) in journal.claims.enumerated() where claim.count > 0 {
      let at = try #require(journal.takesEffect(number, kind))
      proven += Int128(claim.count) * Int128(at.nanoseconds)
    }
    #expect(sum(.included) - sum(.posted) == included - posted)
    #expect(sum(.proven) - sum(.included) == proven - included)
  }

  /// Only what is in final blocks is paid, every time that it is in one.
  private static func checkLedger(_ journal: WorldJournal) throws {
    let ledger = journal.ledger
    func charged(_ kinds: SettlementTransaction.Kind...) -> Wei {
      kinds.reduce(.zero) { $0 + (journal.charged[$1] ?? .zero) }
    }
    #expect(ledger.total(.data) == charged(.data, .provenData))
    // What executes is paid like what it follows.
    let isProved = charged(.stateClaim) == .zero
    #expect(ledger.total(.state) == (isProved ? .zero : charged(.stateClaim, .execution)))
    #expect(ledger.total(.proof) == (isProved ? charged(.proof, .execution) : .zero))
    #expect(ledger.total(.data) > .zero)
    try ledger.audit()
  }

  /// Costs have every transaction with a measured claim; copies do not breed copies.
  private static func checkCosts(_ journal: WorldJournal, _ kind: SettlementTransaction.Kind) {
    let keys = journal.claims.indices.filter { journal.claims[$0].count > 0 }.map {
      WorldJournal.Key(kind: kind, reference: $0)
    }
    let spent = keys.reduce(Wei.zero) { $0 + (journal.chargedFor[$1] ?? .zero) }
    let executed = keys.reduce(Wei.zero) {
      $0 + (journal.chargedFor[.init(kind: .execution, reference: $1.reference)] ?? .zero)
    }
    let purposes: [Purpose] =
      switch kind {
      case .stateClaim: [.state]
      case .provenData: [.data, .proof]
      default: [.proof]
      }
    let counted = purposes.reduce(Wei.zero) { $0 + journal.record.spent[$1.rawValue] }
    #expect(counted == spent + executed)
    let transactions = keys.reduce(0) { $0 + (journal.final[$1]?.count ?? 0) }
    #expect(transactions < 64 * keys.count, "\(transactions) for \(keys.count)")
    #expect((transactions > keys.count) == (journal.record.wasted > .zero))
  }
}

extension WorldJournal {
  /// When a claim took effect: at the first of its inclusions that has all its data before it.
  func takesEffect(_ claim: Int, _ kind: SettlementTransaction.Kind) -> SimTime? {
    let data = claims[claim].batches.compactMap {
      final[Key(kind: .data, reference: $0)]?.first
    }
    guard let latest = data.max(), data.count == claims[claim].batches.count else { return nil }
    return final[Key(kind: kind, reference: claim)]?.first { $0 >= latest }
  }
}
