import EventKernel
import Testing

@testable import Settlement

/// Forks inside a run: the schedule of a block is that of its own time (EIP-7892).
@Suite struct ForkTests {
  private static let start: Int64 = 1_764_795_600

  /// Pectra, then three forks 100 slots apart: a wider one, a narrower one, one with a reserve price.
  ///
  /// - Parameter offset: from the start of slot 100 to the first fork [s].
  private static func chain(load: Double, offset: Int64 = 0) -> SettlementPolicy {
    var policy = SettlementPolicy.ethereum(load: 1, volatility: 0.3, elasticity: 0.5)
    policy.firstSlot = .zero
    policy.blobDemand.level = load
    policy.blobDemand.referenceFee = 1000
    policy.initialBlobBaseFee = 1000
    policy.startsAt = start
    let rules = [
      BlobFeeRule(target: 14, limit: 21, updateFraction: 11_684_671, hasReservePrice: false),
      BlobFeeRule(target: 3, limit: 6, updateFraction: 11_684_671, hasReservePrice: false),
      BlobFeeRule(target: 10, limit: 15, updateFraction: 13_000_000, hasReservePrice: true),
    ]
    for (index, rule) in rules.enumerated() {
      let time = start + 1200 * Int64(index + 1) + offset
      policy.forks[index + 1] = BlobFork(time: time, rule: rule)
    }
    return policy
  }

  /// A chain without forks yet, on which nothing but our blobs moves the blob fee.
  private static func constantBaseFee(blobBaseFee: UInt64) -> SettlementPolicy {
    var policy = SettlementPolicy.ethereum()
    policy.firstSlot = .zero
    policy.executionFee.kind = .constant
    policy.initialBlobBaseFee = blobBaseFee
    policy.startsAt = start
    return policy
  }

  /// A small transaction of ours in every block.
  private static func run(_ policy: SettlementPolicy, slots: Int) -> [ChainDriver.Slot] {
    ChainDriver.run(
      policy, slots: slots, submitting: (0..<slots).map { .sample(.proof, $0, tip: 1 << 40) },
      at: (0..<slots).map { .start + .seconds(12 * Int64($0)) }
    ).model.slots
  }

  /// Slot by slot against the integers of the protocol, with too little and too much demand.
  @Test(arguments: [0.5, 1, 3])
  func everyBlockFollowsFromItsParentUnderItsOwnRule(_ load: Double) throws {
    let policy = Self.chain(load: load)
    let slots = Self.run(policy, slots: 400)
    var replay = ChainReplay(policy)
    for slot in slots { try replay.apply(slot) }
    let targets = [6, 14, 3, 10] as [UInt64]
    for (index, target) in targets.enumerated() {
      let blocks = slots[100 * index..<100 * (index + 1)].map(\.block)
      #expect(blocks.allSatisfy { $0.blobTarget == target })
    }
    if load == 3 {
      let most = (0..<4).map { index in
        slots[100 * index..<100 * (index + 1)].map(\.block.blobs).max()
      }
      #expect(most == [9, 21, 6, 15], "full blocks on either side of each fork")
    }
  }

  /// The clock is in whole seconds; a fork between slots waits for the next one.
  @Test(
    arguments: [(-11, 100), (-1, 100), (0, 100), (1, 101), (12, 101), (13, 102)] as [(Int64, Int)])
  func theFirstBlockAtOrAfterAForkHasIt(_ offset: Int64, _ first: Int) {
    let slots = Self.run(Self.chain(load: 1, offset: offset), slots: 104)
    #expect(slots.firstIndex { $0.block.blobTarget == 14 } == first)
  }

  /// An excess that costs 1000 wei costs 1000^(5,007,716 / 11,684,671) = 19 wei after the fork.
  ///
  /// It moves by a few blobs in 100 blocks.
  @Test func theSameExcessCostsLessWithALargerFraction() {
    let slots = Self.run(Self.chain(load: 1), slots: 101)
    let before = Double(slots[99].block.blobBaseFee)
    let after = Double(slots[100].block.blobBaseFee)
    #expect(before > 300 && before < 3000)
    #expect(after > 8 && after < 40)
  }

  /// Nine blobs a block at a target of ten: the fee falls by one blob a block until the reserve price
  /// comes, from then on rises by 9 · (15 − 10) / 15 = 3 blobs, and stops where a blob pays for 8192
  /// gas: 8192 · 1 gwei / 131,072 = 62,500,000 wei.
  @Test func theReservePriceHoldsFromItsFork() {
    var policy = Self.constantBaseFee(blobBaseFee: 1000)
    policy.blobFee = BlobFeeRule(
      target: 10, limit: 15, updateFraction: 8_346_193, hasReservePrice: false)
    var rule = policy.blobFee
    rule.hasReservePrice = true
    policy.forks[1] = BlobFork(time: Self.start + 600, rule: rule)
    let slots = ChainDriver.run(
      policy, slots: 400, submitting: (0..<400).map { .sample(.data, $0, blobs: 9) },
      at: (0..<400).map { .start + .seconds(12 * Int64($0)) }
    ).model.slots
    let excess = rule.excess(reaching: 1000)
    let blob = BlobFeeRule.gasPerBlob
    let fees = slots.map(\.block.blobBaseFee)
    for slot in 0..<50 { #expect(fees[slot] == rule.baseFee(excess: excess - UInt64(slot) * blob)) }
    // Slot 50 follows from slot 49 under the new rule.
    for slot in 50..<300 {
      let sum = excess - 49 * blob + 3 * UInt64(slot - 49) * blob
      #expect(fees[slot] == rule.baseFee(excess: sum))
    }
    // Three blobs up or one down move the fee by 4.8 percent at most.
    #expect(fees[310...].allSatisfy { (60_000_000...66_000_000).contains($0) })
  }

  /// The parent's blob fee, too, is weighed against the reserve under the fork's fraction.
  ///
  /// 100,000,000 wei are above the reserve of 62,500,000; the same excess costs 63,000 wei by the new
  /// fraction, so five blobs raise it by 5 · (15 − 10) / 15 of a blob instead of lowering it by five.
  @Test func theReservePriceOfAForksFirstBlockFollowsItsOwnFraction() {
    var policy = Self.constantBaseFee(blobBaseFee: 100_000_000)
    let rule = BlobFeeRule(
      target: 10, limit: 15, updateFraction: 8_346_193, hasReservePrice: true)
    policy.forks[1] = BlobFork(time: Self.start + 12, rule: rule)
    let slots = ChainDriver.run(
      policy, slots: 2, submitting: [.sample(blobs: 5)], at: [.start]
    ).model.slots
    #expect(slots[0].block.blobs == 5)
    let excess = policy.blobFee.excess(reaching: 100_000_000) + 5 * BlobFeeRule.gasPerBlob * 5 / 15
    #expect(slots[1].block.blobBaseFee == rule.baseFee(excess: excess))
  }

  /// What a path of fees shows at the instant of a fork is what the first block after it charges; the
  /// schedule before it would have had another fee.
  @Test func theFeeOfAnInstantIsThatOfABlockThen() {
    let slots = Self.run(Self.chain(load: 1), slots: 400).filter(\.hasBlock)
    #expect(slots.allSatisfy { $0.announcedBlobFee == $0.block.blobBaseFee })
    #expect(slots.contains { $0.blobBaseFee != $0.block.blobBaseFee })
  }

  /// A clock that starts after a fork: the first block has the fork's rule and the stated fee.
  @Test(arguments: 1...3) func aRunThatStartsAfterAForkHasItFromTheFirstBlock(_ fork: Int) throws {
    var policy = Self.chain(load: 1)
    policy.startsAt = policy.forks[fork].time
    let slots = Self.run(policy, slots: 50)
    let rule = policy.forks[fork].rule
    #expect(slots[0].block.blobTarget == rule.target)
    // The least fee of the rule that reaches 1000 wei.
    #expect((1000...1001).contains(slots[0].block.blobBaseFee))
    var replay = ChainReplay(policy)
    for slot in slots { try replay.apply(slot) }
  }
}
