import EventKernel
import Randomness
import Testing

/// A queue of numbered elements against an array that remembers everything.
@Suite struct FIFOQueueTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func aRandomHistoryMatchesAnArray(_ seed: UInt64) {
    var stream = RandomStream(seed: seed, replication: 0, name: "queue")
    var queue = FIFOQueue<Int>()
    var all: [Int] = []
    var removed = 0
    // Phases of growth and of shrinking, so that the ring wraps at several sizes.
    for step in 0..<3000 {
      let growing = (step / 300).isMultiple(of: 2)
      if stream.bernoulli(growing ? 0.7 : 0.35) {
        let value = Int(truncatingIfNeeded: stream.nextWord())
        #expect(queue.append(value) == all.count)
        all.append(value)
      } else if removed < all.count {
        #expect(queue.removeFirst() == all[removed])
        removed += 1
      } else {
        #expect(queue.removeFirst() == nil)
      }
      #expect(queue.indices == removed..<all.count)
      #expect(queue.head == (removed < all.count ? all[removed] : nil))
    }
    #expect(queue.indices.map { queue[$0] } == Array(all[removed...]))
    #expect(queue.count == all.count - removed && queue.isEmpty == all[removed...].isEmpty)
  }

  @Test func aWaitingElementIsChangedInPlace() {
    var queue = FIFOQueue<[Int]>(capacity: 1)
    for number in 0..<40 { queue.append([number]) }
    for _ in 0..<10 { queue.removeFirst() }
    for number in queue.indices { queue[number].append(-number) }
    #expect(queue.indices.map { queue[$0] } == (10..<40).map { [$0, -$0] })
  }

  @Test func aNumberThatDoesNotWaitTraps() async {
    await #expect(processExitsWith: .failure) {
      var queue = FIFOQueue<Int>()
      queue.append(1)
      queue.removeFirst()
      _ = queue[0]
    }
    await #expect(processExitsWith: .failure) {
      let queue = FIFOQueue<Int>()
      _ = queue[0]
    }
  }
}
