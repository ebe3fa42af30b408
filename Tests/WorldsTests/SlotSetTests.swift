import Randomness
import Testing

@testable import Rollup

/// The set of slots of a batch, beside a set of Swift.
@Suite struct SlotSetTests {
  /// Seeds 1 to 20: slots that often meet, emptied at random, and slots whose hashes are neighbours.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func itHasWhatWasAdded(seed: UInt64) {
    var stream = RandomStream(seed: seed, replication: 0, name: "slots")
    var set = SlotSet()
    var expected: Set<UInt64> = []
    for _ in 0..<20_000 {
      let slot = seed.isMultiple(of: 2) ? stream.nextWord() % 3000 : stream.nextWord() << 54
      let isNew = set.insert(slot)
      #expect(isNew == expected.insert(slot).inserted)
      if stream.uniform() < 0.001 {
        set.removeAll()
        expected = []
      }
      let count = set.count
      #expect(count == expected.count)
    }
    var copy = set.copy()
    let count = copy.count
    #expect(count == expected.count)
    for slot in expected {
      let isNew = [copy.insert(slot), set.insert(slot)]
      #expect(isNew == [false, false])
    }
  }

  /// A set that is emptied takes no more memory for as many slots.
  @Test func memoryIsThatOfTheLargest() {
    var set = SlotSet()
    for slot in 0..<5000 as Range<UInt64> { set.insert(slot) }
    let capacity = set.capacity
    #expect(capacity == 16_384)
    for round in 0..<1000 as Range<UInt64> {
      set.removeAll()
      for slot in 0..<50 as Range<UInt64> { set.insert(round &* 7919 &+ slot) }
      let count = set.count
      #expect(count == 50)
    }
    let last = set.capacity
    #expect(last == capacity)
  }
}
