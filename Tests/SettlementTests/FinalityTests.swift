import EventKernel
import Settlement
import Testing

/// Casper finality through the chain itself: included at slot i of an epoch, final (96 − i) slots
/// later.
@Suite struct FinalityTests {
  /// Time from inclusion to finality of each transaction, with the slot that included it.
  private static func delays(missedSlots: Double, epochs: Int) -> [(slot: Int, time: SimDuration)] {
    let count = epochs * 32
    let times = (0..<count).map { SimTime.start + .seconds(6 + 12 * Int64($0)) }
    let simulation = ChainDriver.run(
      .ethereum(missedSlots: missedSlots), slots: count + 200,
      submitting: (0..<count).map { .sample(.data, $0) }, at: times)

    var included: [Int: (slot: Int, time: SimTime)] = [:]
    var found: [(slot: Int, time: SimDuration)] = []
    for slot in simulation.model.slots {
      for receipt in slot.finalised {
        guard let start = included[receipt.transaction.reference] else { continue }
        found.append((start.slot, slot.time - start.time))
      }
      for receipt in slot.receipts {
        included[receipt.transaction.reference] = (receipt.slot, slot.time)
      }
    }
    return found
  }

  @Test func aBlockIsFinalAtTheThirdEpochBoundaryAfterItsEpochBegan() {
    let delays = Self.delays(missedSlots: 0, epochs: 4)
    #expect(delays.map(\.slot) == Array(0..<128), "each once, in order of inclusion")
    for delay in delays { #expect(delay.time == .seconds(12) * Int64(96 - delay.slot % 32)) }
  }

  @Test func delaysRunFrom780To1152SecondsWithMean966() {
    let times = Self.delays(missedSlots: 0, epochs: 2).map(\.time)
    #expect(times.min() == .seconds(780) && times.max() == .seconds(1152))
    #expect(times.reduce(.zero, +) == .seconds(966) * Int64(times.count))
  }

  /// A missed slot at an epoch's start holds nothing up: the boundary is time, not a block.
  @Test func missedSlotsDoNotDelayFinalityAfterInclusion() {
    let delays = Self.delays(missedSlots: 0.3, epochs: 8)
    #expect(delays.count == 256)
    for delay in delays { #expect(delay.time == .seconds(12) * Int64(96 - delay.slot % 32)) }
  }

  @Test func nothingIsFinalWithoutABoundary() {
    let simulation = ChainDriver.run(
      .ethereum(), slots: 95, submitting: [.sample()], at: [.start])
    #expect(simulation.model.slots.allSatisfy { $0.finalised.isEmpty })
    let longer = ChainDriver.run(.ethereum(), slots: 97, submitting: [.sample()], at: [.start])
    #expect(longer.model.slots[96].finalised.count == 1)
  }
}
