import EventKernel
import Settlement
import Statistics
import Testing

/// Finality without epochs: by confirmations and at once.
@Suite struct FinalityRuleTests {
  private static func run(_ policy: SettlementPolicy, slots: Int) -> [ChainDriver.Slot] {
    ChainDriver.run(
      policy, slots: slots, submitting: (0..<slots).map { .sample(.data, $0) },
      at: (0..<slots).map { .start + .seconds(12 * Int64($0) + 6) }
    ).model.slots
  }

  /// The blocks that included and that finalised each transaction, by the number of the block.
  private static func journeys(_ slots: [ChainDriver.Slot]) -> [Int: (included: Int, final: Int)] {
    var included: [Int: Int] = [:]
    var found: [Int: (included: Int, final: Int)] = [:]
    for (number, block) in slots.filter(\.hasBlock).enumerated() {
      for receipt in block.receipts { included[receipt.transaction.reference] = number }
      for receipt in block.finalised {
        let reference = receipt.transaction.reference
        guard let start = included[reference] else { continue }
        #expect(found[reference] == nil, "final twice")
        found[reference] = (start, number)
      }
    }
    return found
  }

  /// Final exactly when k blocks stand on it; a missed slot is no block.
  @Test(arguments: [1, 2, 7, 64], [0, 0.3])
  func confirmationsAreBlocksOnTop(_ confirmations: Int, _ missed: Double) {
    var policy = SettlementPolicy.ethereum(missedSlots: missed)
    policy.finality = .confirmations
    policy.confirmations = confirmations
    let slots = Self.run(policy, slots: 400)
    let journeys = Self.journeys(slots)
    for journey in journeys.values {
      #expect(journey.final - journey.included == confirmations)
    }
    let blocks = slots.filter(\.hasBlock)
    let due = blocks.dropLast(confirmations).reduce(0) { $0 + $1.receipts.count }
    #expect(journeys.count == due && due > 200)
    #expect(slots.allSatisfy { $0.hasBlock || $0.finalised.isEmpty })
  }

  @Test func instantFinalityComesWithTheBlock() {
    var policy = SettlementPolicy.ethereum(missedSlots: 0.3)
    policy.finality = .instant
    let slots = Self.run(policy, slots: 400)
    for slot in slots {
      #expect(
        slot.finalised.map(\.transaction.reference) == slot.receipts.map(\.transaction.reference))
    }
    #expect(slots.contains { $0.finalised.count > 1 })
  }

  /// Blocks of proof of work, with a transaction in each that has one to take.
  private static func proofOfWork(blocks: Int, confirmations: Int) -> [ChainDriver.Slot] {
    var policy = SettlementPolicy.ethereum()
    policy.blockProcess = .exponential
    policy.finality = .confirmations
    policy.confirmations = confirmations
    return run(policy, slots: blocks)
  }

  /// Whether a sample mean and variance are those of a law with this mean, variance and kurtosis.
  private static func check(
    _ tally: Tally, mean: Double, variance: Double, kurtosis: Double,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let count = Double(tally.count)
    let found = try #require(tally.variance)
    #expect(
      abs(tally.mean - mean) < 4.9 * (variance / count).squareRoot(),
      "\(tally.mean) for \(mean)", sourceLocation: location)
    #expect(
      abs(found - variance) < 4.9 * variance * ((kurtosis - 1) / count).squareRoot(),
      "\(found) for \(variance)", sourceLocation: location)
  }

  /// Intervals of mean 12 s are exponential: variance 144 s², kurtosis 9.
  ///
  /// Seed 1, 20,000 intervals, independent. H0: these moments; the sample variance has the variance
  /// (kurtosis − 1)·σ⁴/n. False alarm 1e-6 each (|z| < 4.9). Detects 0.42 s and 14 s².
  @Test func intervalsOfProofOfWorkAreExponential() throws {
    let slots = Self.proofOfWork(blocks: 20_001, confirmations: 1)
    var intervals = Tally()
    for (one, next) in zip(slots, slots.dropFirst()) {
      intervals.record((next.time - one.time).seconds)
    }
    #expect(slots.allSatisfy { $0.hasBlock })
    try Self.check(intervals, mean: 12, variance: 144, kurtosis: 9)
  }

  /// The time from inclusion to k confirmations is Erlang: mean 12k s, variance 144k s², kurtosis
  /// 3 + 6/k.
  ///
  /// Seed 1; of 24,000 blocks each k-th that has a transaction, so that times do not overlap. Which
  /// have one follows from intervals before them. H0: these moments. False alarm 1e-6 each
  /// (|z| < 4.9). With k = 6 and n = 2500: detects 2.9 s of 72 s, 147 s² of 864 s².
  @Test(arguments: [2, 6])
  func confirmationTimesOfProofOfWorkAreErlang(_ confirmations: Int) throws {
    let slots = Self.proofOfWork(blocks: 24_000, confirmations: confirmations)
    let journeys = Self.journeys(slots)
    var finalBlocks: [Int: Int] = [:]
    for journey in journeys.values { finalBlocks[journey.included] = journey.final }
    var times = Tally()
    for included in stride(from: 0, to: slots.count, by: confirmations) {
      guard let final = finalBlocks[included] else { continue }
      times.record((slots[final].time - slots[included].time).seconds)
    }
    let count = Double(confirmations)
    #expect(times.count >= 14_400 / confirmations)
    try Self.check(times, mean: 12 * count, variance: 144 * count, kurtosis: 3 + 6 / count)
  }
}
