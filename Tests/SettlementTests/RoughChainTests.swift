import EventKernel
import Randomness
import Testing

@testable import Settlement

/// What holds on a chain with forks, re-orgs, missed slots and bids of all sizes at once.
@Suite struct RoughChainTests {
  private static let slots = 400

  /// Three forks at random times within the run, to random schedules.
  private static func forks(_ stream: inout RandomStream) -> ForkSchedule {
    var schedule = ForkSchedule()
    for number in 1...3 {
      let target = 1 + stream.nextWord() % 14
      let slot = UInt64(100 * number) + stream.nextWord() % 90
      schedule[number] = BlobFork(
        time: 1 + Int64(12 * slot + stream.nextWord() % 12),
        rule: BlobFeeRule(
          target: target, limit: max(target + stream.nextWord() % 8, 6),
          updateFraction: 3_000_000 + stream.nextWord() % 9_000_000,
          hasReservePrice: stream.bernoulli(0.5)))
    }
    return schedule
  }

  private static func chain(
    _ finality: FinalityRule, probability: Double, load: Double, _ stream: inout RandomStream
  ) -> SettlementPolicy {
    var policy = SettlementPolicy.ethereum(
      missedSlots: 0.05, load: load, volatility: 0.5, elasticity: 0.3, meanTip: 500_000_000)
    policy.startsAt = 1
    policy.forks = forks(&stream)
    policy.reorgs = .init(probability: probability, meanDepth: 3, maxDepth: 5)
    policy.finality = finality
    policy.epochsToFinality = 2
    // Fewer than a re-org may drop, so that finality stops it.
    policy.confirmations = 3
    return policy
  }

  /// One of any kind, with a bid that may have to be raised for long.
  private static func transaction(
    _ index: Int, _ stream: inout RandomStream
  ) -> SettlementTransaction {
    let kinds: [SettlementTransaction.Kind] = [.dataPart, .data, .stateClaim, .neighbourData]
    let kind = kinds[Int(stream.nextWord() % 4)]
    var transaction = SettlementTransaction.sample(
      kind, kind == .neighbourData ? index % 5 : index,
      gas: 21_000 + stream.nextWord() % 12_000_000,
      blobs: kind == .stateClaim ? 0 : stream.nextWord() % 7,
      feeCap: 500_000_000 + stream.nextWord() % 4_000_000_000,
      tip: stream.nextWord() % 2_000_000_000, blobFeeCap: 1 << (stream.nextWord() % 40))
    transaction.bid.replacementRule = .interval
    transaction.bid.replaceAfter = .seconds(24)
    transaction.bid.bumpPercent = 10 + stream.nextWord() % 90
    return transaction
  }

  /// A proof in front of every slot that pays any price, so that each block has a transaction of ours,
  /// and a random one in front of two of three slots.
  private static func load(_ stream: inout RandomStream) -> [(SimTime, SettlementTransaction)] {
    (0..<slots).flatMap { slot in
      let time = SimTime.start + .seconds(12 * Int64(slot) + 6)
      let proof = SettlementTransaction.sample(.proof, slot, feeCap: 1 << 60, tip: 1 << 40)
      return slot % 3 == 0 ? [(time, proof)] : [(time, proof), (time, transaction(slot, &stream))]
    }
  }

  /// How many blocks are final at a slot: before its block by epochs, after it by confirmations.
  private static func finalBlocks(_ replay: ChainReplay, slot: Int) -> Int {
    switch replay.policy.finality {
    case .epochs:
      guard slot % 32 == 0 else { return 0 }
      return replay.chain.prefix { $0.receipts[0].slot <= (slot / 32 - 1) * 32 }.count
    case .confirmations: return max(replay.chain.count - replay.policy.confirmations, 0)
    case .instant: return replay.chain.count
    }
  }

  @Test(arguments: [0.1, 0.3, 0.5], [0, 1, 3])
  func everythingHoldsAtOnce(_ probability: Double, _ load: Double) throws {
    for (finality, seed) in [(FinalityRule.epochs, 1), (.confirmations, 2)] {
      var stream = RandomStream(
        seed: UInt64(seed), replication: UInt64(100 * probability + load), name: "rough")
      let policy = Self.chain(finality, probability: probability, load: load, &stream)
      let submissions = Self.load(&stream)
      let simulation = ChainDriver.run(
        policy, slots: Self.slots, seed: UInt64(seed), submitting: submissions.map(\.1),
        at: submissions.map(\.0))
      let overflow = simulation.model.chain.feeOverflow
      #expect(!overflow)
      try Self.check(simulation.model.slots, policy, submissions)
    }
  }

  private static func check(
    _ slots: [ChainDriver.Slot], _ policy: SettlementPolicy,
    _ submissions: [(SimTime, SettlementTransaction)]
  ) throws {
    var replay = ChainReplay(policy)
    var nonces = NonceLedger()
    var unsent = submissions[...]
    var final = 0
    func finalise(_ slot: ChainDriver.Slot, _ number: Int) {
      let before = final
      final = max(finalBlocks(replay, slot: number), final)
      let due = replay.chain[before..<final].flatMap(\.receipts)
      #expect(slot.finalised.map(\.slot) == due.map(\.slot), "each once, in order of inclusion")
      #expect(slot.finalised.map(\.transaction) == due.map(\.transaction))
    }
    for (number, slot) in slots.enumerated() {
      while let (time, transaction) = unsent.first, time <= slot.time {
        nonces.submit(transaction)
        unsent.removeFirst()
      }
      if policy.finality == .epochs { finalise(slot, number) }
      for receipt in slot.reorganised.reversed() { nonces.drop(receipt.transaction) }
      for receipt in slot.receipts { nonces.include(receipt.transaction) }
      if slot.hasBlock { try replay.apply(slot) }
      if policy.finality != .epochs { finalise(slot, number) }
      try #require(final <= replay.chain.count, "a final block was dropped")
      #expect(slot.pending == nonces.waiting)
      #expect(replay.chain.reduce(0) { $0 + $1.receipts.count } == nonces.included)
    }
    #expect(replay.dropped > 20 && replay.deepest > 1)
    #expect(replay.deepest <= (policy.finality == .epochs ? 5 : 3))
    #expect(final > 10 && nonces.included > slots.count / 2, "\(final), \(nonces.included)")
  }
}
