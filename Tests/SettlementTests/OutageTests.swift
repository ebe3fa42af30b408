import EventKernel
import Settlement
import Testing

/// Times without blocks.
@Suite struct OutageTests {
  private static func chain(interval: Int64, duration: Int64) -> SettlementPolicy {
    var policy = SettlementPolicy.ethereum()
    policy.outages = .init(interval: .seconds(interval), duration: .seconds(duration))
    return policy
  }

  /// Sampled at the slots, the process is a chain of two states with stationary share p and
  /// persistence r = e^(−12 s · (1/interval + 1/duration)).
  ///
  /// Seed 1, 40,000 slots. H0: the share p of slots is without a block, with variance
  /// p(1 − p)(1 + r)/(1 − r)/n; after a slot without one the next is without with probability
  /// p + (1 − p)r, independently of the past. False alarm 1e-6 each (|z| < 4.9). Detects 0.016 of a
  /// share of 0.2, and 0.03 of the probability that an outage lasts.
  @Test(arguments: [(80, 20), (300, 30), (30, 60)] as [(Int64, Int64)])
  func slotsWithoutABlockHaveTheirShare(_ interval: Int64, _ duration: Int64) {
    let slots = ChainDriver.run(
      Self.chain(interval: interval, duration: duration), slots: 40_000
    ).model.slots
    let share = Double(duration) / Double(interval + duration)
    let persistence = Self.exponential(-12 * (1 / Double(interval) + 1 / Double(duration)))
    let empty = slots.dropLast().count { !$0.hasBlock }
    let count = Double(slots.count - 1)
    let spread = (share * (1 - share) * (1 + persistence) / (1 - persistence) / count).squareRoot()
    #expect(abs(Double(empty) / count - share) < 4.9 * spread)

    let lasting = zip(slots, slots.dropFirst()).count { !$0.hasBlock && !$1.hasBlock }
    let stays = share + (1 - share) * persistence
    let error = (stays * (1 - stays) / Double(empty)).squareRoot()
    #expect(abs(Double(lasting) / Double(empty) - stays) < 4.9 * error)
  }

  /// e^x by its series: |x| < 1.
  private static func exponential(_ exponent: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for index in 1..<30 {
      term *= exponent / Double(index)
      sum += term
    }
    return sum
  }

  /// An outage that outlives the run: nothing is included, no fee moves, nothing becomes final.
  @Test func withoutBlocksNothingHappens() {
    let slots = ChainDriver.run(
      Self.chain(interval: 1, duration: 1_000_000_000), slots: 200, submitting: [.sample()],
      at: [.start]
    ).model.slots
    #expect(slots.allSatisfy { !$0.hasBlock && $0.receipts.isEmpty && $0.finalised.isEmpty })
    #expect(Set(slots.map(\.baseFee)) == [1_000_000_000])
  }

  /// What waits through an outage is in the first block after it, in order.
  @Test func theBlockAfterAnOutageHasWhatWaited() {
    let count = 2000
    let slots = ChainDriver.run(
      Self.chain(interval: 240, duration: 60), slots: count,
      submitting: (0..<count).map { .sample(.data, $0) },
      at: (0..<count).map { .start + .seconds(12 * Int64($0) + 6) }
    ).model.slots
    var waiting: [Int] = []
    for (index, slot) in slots.enumerated() {
      waiting.append(index)
      guard slot.hasBlock else { continue }
      #expect(slot.receipts.map(\.transaction.reference) == waiting)
      waiting.removeAll()
    }
    #expect(slots.count { !$0.hasBlock } > 100)
  }
}
