import EventKernel
import Randomness
import Settlement
import Statistics
import Testing

/// How long a transaction waits for a block when it arrives at any time.
@Suite struct InclusionDelayTests {
  /// Mean delay s(1/2 + m/(1 − m)) of 20,000 transactions, uniform within every fourth slot.
  ///
  /// Seed 1. H0: that mean, with variance s²/12 + s²m/(1 − m)²; delays are independent but for four
  /// misses in a row (1.6e-7). False alarm 1e-6 each (|z| < 4.9). Detects 0.13 s of 6.24: an
  /// ignored miss is 0.245 s, a slot of offset 12 s.
  @Test(arguments: [0, 0.02])
  func theMeanDelayIsHalfASlotAndTheMissedOnes(_ missed: Double) throws {
    let count = 20_000
    var stream = RandomStream(seed: 1, replication: 0, name: "submissions")
    let times = try (0..<count).map { index in
      let seconds = 12 * (Double(4 * index) + stream.uniform())
      return SimTime.start + (try #require(SimDuration(seconds: seconds)))
    }
    let simulation = ChainDriver.run(
      .ethereum(missedSlots: missed), slots: 4 * count + 100,
      submitting: (0..<count).map { .sample(.data, $0) }, at: times)

    var delays = Tally()
    var blocks = 0
    for slot in simulation.model.slots {
      blocks += slot.hasBlock ? 1 : 0
      for receipt in slot.receipts {
        delays.record((slot.time - times[receipt.transaction.reference]).seconds)
      }
    }
    #expect(delays.count == count)
    let mean = 12 * (0.5 + missed / (1 - missed))
    let variance = 12 + 144 * missed / (1 - missed) / (1 - missed)
    let error = (variance / Double(count)).squareRoot()
    #expect(abs(delays.mean - mean) < 4.9 * error, "\(delays.mean) for \(mean)")

    let slots = Double(simulation.model.slots.count)
    let spread = (slots * missed * (1 - missed)).squareRoot()
    #expect(abs(Double(blocks) - slots * (1 - missed)) <= 4.9 * spread)
  }

  @Test func slotsComeAtTheirOffsetAndInterval() {
    var policy = SettlementPolicy.ethereum()
    policy.firstSlot = .seconds(5)
    let simulation = ChainDriver.run(policy, slots: 4)
    #expect(simulation.model.slots.map(\.time.seconds) == [5, 17, 29, 41])
  }

  @Test func aMissedSlotIncludesNothingAndMovesNoFee() {
    let simulation = ChainDriver.run(
      .ethereum(missedSlots: 1), slots: 100, submitting: [.sample()], at: [.start])
    let model = simulation.model.slots
    #expect(model.allSatisfy { !$0.hasBlock && $0.receipts.isEmpty })
    #expect(Set(model.map(\.baseFee)) == [1_000_000_000])
  }
}
