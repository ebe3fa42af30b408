import EventKernel
import Randomness
import Testing

/// Both ends of a queue against an array, with the number of its first element beside it.
@Suite struct QueueEndsTests {
  private struct Model {
    var elements: [Int] = []
    var first = 0

    var indices: Range<Int> { first..<first + elements.count }

    mutating func removeFirst() -> Int? {
      guard !elements.isEmpty else { return nil }
      first += 1
      return elements.removeFirst()
    }
  }

  /// One random operation on both; growing at the front takes numbers below zero.
  private static func step(
    _ queue: inout FIFOQueue<Int>, _ model: inout Model, growing: Bool,
    _ stream: inout RandomStream
  ) {
    let atFront = stream.bernoulli(0.5)
    guard stream.bernoulli(growing ? 0.7 : 0.35) else {
      if atFront {
        #expect(queue.removeFirst() == model.removeFirst())
      } else {
        #expect(queue.removeLast() == model.elements.popLast())
      }
      return
    }
    let value = Int(truncatingIfNeeded: stream.nextWord())
    if atFront {
      queue.prepend(value)
      model.elements.insert(value, at: 0)
      model.first -= 1
    } else {
      #expect(queue.append(value) == model.indices.upperBound)
      model.elements.append(value)
    }
  }

  /// Phases of growth and of shrinking, so that the ring wraps at several sizes in both directions.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func aRandomHistoryAtBothEndsMatchesAnArray(_ seed: UInt64) {
    var stream = RandomStream(seed: seed, replication: 0, name: "queue.ends")
    var queue = FIFOQueue<Int>()
    var model = Model()
    for step in 0..<2000 {
      Self.step(&queue, &model, growing: (step / 200).isMultiple(of: 2), &stream)
      #expect(queue.indices == model.indices)
      #expect(queue.head == model.elements.first && queue.last == model.elements.last)
      if step.isMultiple(of: 50) {
        #expect(queue.indices.map { queue[$0] } == model.elements)
      }
    }
    #expect(queue.count == model.elements.count && queue.isEmpty == model.elements.isEmpty)
  }

  /// What leaves at the end and returns at the front, as after a re-org, keeps its order.
  @Test func whatReturnsLatestFirstStandsInItsOrderBeforeTheRest() {
    var chain = FIFOQueue<Int>()
    var pending = FIFOQueue<Int>()
    for value in 0..<40 { chain.append(value) }
    for value in 40..<50 { pending.append(value) }
    while let last = chain.removeLast() { pending.prepend(last) }
    #expect(pending.indices.map { pending[$0] } == Array(0..<50))
    #expect(chain.last == nil && chain.head == nil)
  }

  @Test(arguments: [false, true]) func whatLeavesAtEitherEndIsReleased(atFront: Bool) {
    final class Witness {}
    var queue = FIFOQueue<Witness>()
    weak var witness: Witness?
    do {
      let element = Witness()
      witness = element
      queue.append(element)
    }
    #expect(witness != nil)
    if atFront { queue.removeFirst() } else { queue.removeLast() }
    #expect(witness == nil)
  }
}
