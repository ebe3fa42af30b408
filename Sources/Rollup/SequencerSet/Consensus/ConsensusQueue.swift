/// What happens at a node of a committee, and when.
struct ConsensusEvent: BitwiseCopyable {
  /// What it is.
  enum Subject: BitwiseCopyable {
    /// A message arrives.
    case message(ConsensusMessage)
    /// It has waited long enough for a kind of message of a round.
    case timeout(ConsensusMessage.Kind, round: Int32)
  }

  /// Since the height began [ns].
  var time: Int64
  /// Which comes first of several at one instant: that which was scheduled first.
  var order: UInt32
  /// Where.
  var node: UInt8
  /// What.
  var subject: Subject

  static func precedes(_ one: ConsensusEvent, _ other: ConsensusEvent) -> Bool {
    (one.time, one.order) < (other.time, other.order)
  }
}

/// What is still to come in a height: a binary heap, in the order of time and of scheduling.
struct ConsensusQueue {
  private var heap: [ConsensusEvent] = []
  private var scheduled: UInt32 = 0

  mutating func insert(_ subject: ConsensusEvent.Subject, at node: Int, _ time: Int64) {
    heap.append(
      ConsensusEvent(time: time, order: scheduled, node: UInt8(node), subject: subject))
    scheduled += 1
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard ConsensusEvent.precedes(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func popFirst() -> ConsensusEvent? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in 2 * parent + 1..<2 * parent + 3
      where child < heap.count && ConsensusEvent.precedes(heap[child], heap[least]) {
        least = child
      }
      guard least != parent else { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  mutating func removeAll() {
    heap.removeAll(keepingCapacity: true)
    scheduled = 0
  }
}
