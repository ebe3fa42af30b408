import EventKernel
import Settlement
import Testing

/// Proposers who leave out a kind of transaction.
@Suite struct CensorshipTests {
  private static func chain(
    _ share: Double, _ target: Censorship.Policy.Target
  ) -> SettlementPolicy {
    var policy = SettlementPolicy.ethereum()
    policy.censorship = .init(share: share, target: target)
    return policy
  }

  /// What a rollup sends whose proofs come apart from its data, and what comes beside it: one key each.
  private static let kinds: [SettlementTransaction.Kind] = [
    .data, .neighbourData, .stateClaim, .proof, .deposit, .defence,
  ]

  /// One transaction of each kind in front of every slot.
  private static func run(_ policy: SettlementPolicy, slots: Int) -> [ChainDriver.Slot] {
    let transactions = (0..<slots).flatMap { slot in
      Self.kinds.map { SettlementTransaction.sample($0, $0 == .neighbourData ? 0 : slot) }
    }
    let times = (0..<slots).flatMap { slot in
      Self.kinds.map { _ in SimTime.start + .seconds(12 * Int64(slot) + 6) }
    }
    return ChainDriver.run(policy, slots: slots, submitting: transactions, at: times).model.slots
  }

  /// The waits [blocks] of those that come right after a block without censorship: a wait of n blocks
  /// shows as n + 1 of them in the block that ends it.
  private static func waits(_ slots: [ChainDriver.Slot]) -> [Int] {
    slots.map { $0.receipts.count { $0.transaction.kind == .stateClaim } - 1 }.filter { $0 >= 0 }
  }

  /// A claim waits n blocks with probability (1 − p)·p^n.
  ///
  /// Seed 1, the first 3000 waits. H0: this law, n from 0 to below `last`, and from there on, where at
  /// least 20 are expected. False alarm 1e-6 each: χ² < 33.4 and 40.5 for 4 and 7 degrees of freedom.
  /// Detects a share that is off by 0.05, 7 standard errors.
  @Test(arguments: [(0.3, 4, 33.4), (0.5, 7, 40.5)])
  func waitsAreGeometric(_ share: Double, _ last: Int, _ critical: Double) throws {
    let waits = Self.waits(Self.run(Self.chain(share, .claim), slots: 7000)).prefix(3000)
    try #require(waits.count == 3000)
    var statistic = 0.0
    var tail = 1.0
    for wait in 0...last {
      let expected = 3000 * (wait < last ? tail * (1 - share) : tail)
      tail *= share
      let observed = Double(waits.count { min($0, last) == wait })
      statistic += (observed - expected) * (observed - expected) / expected
    }
    #expect(statistic < critical, "χ² = \(statistic)")
  }

  /// What is not targeted is in the next block, whatever waits.
  @Test(
    arguments: [
      (.data, [.data, .neighbourData]), (.claim, [.stateClaim]), (.proof, [.proof]),
      (.deposit, [.deposit]), (.challenge, [.defence]),
      (.all, [.data, .neighbourData, .stateClaim, .proof, .deposit, .defence]),
    ] as [(Censorship.Policy.Target, Set<SettlementTransaction.Kind>)])
  func onlyTheTargetWaits(
    _ target: Censorship.Policy.Target, _ delayed: Set<SettlementTransaction.Kind>
  ) {
    let slots = Self.run(Self.chain(0.5, target), slots: 100)
    for kind in Self.kinds {
      let counts = slots.map { $0.receipts.count { $0.transaction.kind == kind } }
      let waited = counts.contains(0)
      #expect(waited == delayed.contains(kind), "\(kind)")
      #expect(waited || counts.allSatisfy { $0 == 1 })
    }
  }

  /// Parts of data share their nonces with the last part, so all of them are left out together.
  @Test func whatStandsBehindACensoredTransactionWaits() throws {
    let kinds: [SettlementTransaction.Kind] = [.dataPart, .dataPart, .data]
    let slots = ChainDriver.run(
      Self.chain(0.8, .data), slots: 60, submitting: kinds.map { .sample($0) },
      at: Array(repeating: .start, count: 3)
    ).model.slots
    let first = try #require(slots.firstIndex { !$0.receipts.isEmpty })
    #expect(first > 0, "the first block censors")
    #expect(slots[first].receipts.map(\.transaction.kind) == kinds)
  }

  /// Data with its proof is both; what executes a proof goes with proofs.
  @Test(
    arguments: [
      (.data, [.provenData]), (.claim, []), (.proof, [.provenData, .execution]), (.deposit, []),
      (.challenge, []), (.all, [.provenData, .execution]),
    ] as [(Censorship.Policy.Target, Set<SettlementTransaction.Kind>)])
  func proofsOfOtherSequencesWait(
    _ target: Censorship.Policy.Target, _ delayed: Set<SettlementTransaction.Kind>
  ) {
    for kind in [SettlementTransaction.Kind.provenData, .execution] {
      let slots = ChainDriver.run(
        Self.chain(0.5, target), slots: 60, submitting: (0..<60).map { .sample(kind, $0) },
        at: (0..<60).map { .start + .seconds(12 * Int64($0) + 6) }
      ).model.slots
      #expect(slots.dropFirst().contains { $0.receipts.isEmpty } == delayed.contains(kind))
    }
  }

  @Test func withoutCensorsNothingWaits() {
    let slots = Self.run(Self.chain(0, .all), slots: 100)
    #expect(slots.allSatisfy { $0.receipts.count == 6 })
  }
}
