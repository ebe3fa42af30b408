import EventKernel
import Testing

@testable import Settlement

/// Casper finality through the chain itself: included at slot i of an epoch, final 64 slots later for i = 0
/// and 96 − i for others.
@Suite struct FinalityTests {
  /// Time from inclusion to finality of each transaction, with the slot that included it.
  private static func delays(
    missedSlots: Double, epochs: Int,
    to receipts: (ChainDriver.Slot) -> [SettlementReceipt] = { $0.finalised }
  ) -> [(slot: Int, time: SimDuration)] {
    let count = epochs * 32
    let times = (0..<count).map { SimTime.start + .seconds(6 + 12 * Int64($0)) }
    let simulation = ChainDriver.run(
      .ethereum(missedSlots: missedSlots), slots: count + 200,
      submitting: (0..<count).map { .sample(.data, $0) }, at: times)

    var included: [Int: (slot: Int, time: SimTime)] = [:]
    var found: [(slot: Int, time: SimDuration)] = []
    for slot in simulation.model.slots {
      for receipt in receipts(slot) {
        guard let start = included[receipt.transaction.reference] else { continue }
        found.append((start.slot, slot.time - start.time))
      }
      for receipt in slot.receipts {
        included[receipt.transaction.reference] = (receipt.slot, slot.time)
      }
    }
    return found
  }

  /// Slots from a block to its finality: a checkpoint stands at the first slot of its epoch and not behind it.
  private static func slotsToFinality(_ slot: Int) -> Int {
    slot % 32 == 0 ? 64 : 96 - slot % 32
  }

  @Test func aCheckpointIsFinalAfterTwoEpochsAndTakesAlongWhatIsBeforeIt() {
    let delays = Self.delays(missedSlots: 0, epochs: 4)
    #expect(delays.map(\.slot) == Array(0..<128), "each once, in order of inclusion")
    for delay in delays {
      #expect(delay.time == .seconds(12) * Int64(Self.slotsToFinality(delay.slot)))
    }
  }

  @Test func delaysRunFrom768To1140SecondsWithMean954() {
    let times = Self.delays(missedSlots: 0, epochs: 2).map(\.time)
    #expect(times.min() == .seconds(768) && times.max() == .seconds(1140))
    #expect(times.reduce(.zero, +) == .seconds(954) * Int64(times.count))
  }

  /// Safe is what is justified: 32 slots before it is final, 384 to 756 s from the block, mean 570 s.
  @Test func whatIsJustifiedIsSafe() {
    let delays = Self.delays(missedSlots: 0, epochs: 4) { $0.secured }
    for delay in delays {
      #expect(delay.time == .seconds(12) * Int64(Self.slotsToFinality(delay.slot) - 32))
    }
    let times = delays.map(\.time)
    #expect(times.min() == .seconds(384) && times.max() == .seconds(756))
    #expect(times.reduce(.zero, +) == .seconds(570) * Int64(times.count))
  }

  /// What a public node said: with the head in epoch 358,166 the final block was that of slot 11,461,248,
  /// the first of epoch 358,164.
  @Test func thePublicSampleHolds() {
    let rule = CasperFinality(slotsPerEpoch: 32, epochsToFinality: 3)
    #expect(rule.firstUnfinalisedSlot(at: 358_166 * 32) == 11_461_248 + 1)
  }

  /// A missed slot at an epoch's start holds nothing up: the boundary is time, not a block.
  @Test func missedSlotsDoNotDelayFinalityAfterInclusion() {
    let delays = Self.delays(missedSlots: 0.3, epochs: 8)
    #expect(delays.count == 256)
    for delay in delays {
      #expect(delay.time == .seconds(12) * Int64(Self.slotsToFinality(delay.slot)))
    }
  }

  @Test func nothingIsFinalWithoutABoundary() {
    func finalised(_ slots: Int, _ at: SimTime) -> [Int] {
      ChainDriver.run(.ethereum(), slots: slots, submitting: [.sample()], at: [at]).model.slots
        .map(\.finalised.count)
    }
    // In the first slot of an epoch, and in the second.
    #expect(finalised(64, .start).allSatisfy { $0 == 0 })
    #expect(finalised(65, .start).last == 1)
    #expect(finalised(96, .start + .seconds(18)).allSatisfy { $0 == 0 })
    #expect(finalised(97, .start + .seconds(18)).last == 1)
  }
}
