import Randomness

/// The storage slots that the open batch writes.
///
/// Slots are drawn block by block, in the order of writes and from a stream of their own: so the same writes go
/// to the same slots, whenever batches are closed.
struct WrittenSlots: ~Copyable {
  /// Those of the open batch.
  private(set) var open = SlotCounts()
  /// Those of the open batch and of the block that is at hand.
  private(set) var withBlock = SlotCounts()

  private let state: Workload.StatePolicy
  private let law: ZipfLaw
  private var stream: RandomStream
  private var set = SlotSet()
  /// What the block at hand writes of what was there, each as often as it does.
  private var block: [UInt64] = []
  private var newOfBlock = 0

  init(_ state: Workload.StatePolicy, _ streams: StreamSource) {
    self.state = state
    law = state.law
    stream = streams.stream("poster.slots")
  }

  /// Draws what a block writes, which may become part of the open batch.
  mutating func draw(writes: UInt64) {
    let writes = Int(writes)
    newOfBlock = state.newShare > 0 ? stream.binomial(writes, state.newShare) : 0
    block.removeAll(keepingCapacity: true)
    for _ in newOfBlock..<writes {
      let slot = law.sample(&stream)
      block.append(slot)
      set.insert(slot)
    }
    withBlock = SlotCounts(known: set.count, new: open.new + newOfBlock)
  }

  /// The block at hand is part of the open batch.
  mutating func append() {
    open = withBlock
    newOfBlock = 0
    block.removeAll(keepingCapacity: true)
  }

  /// The open batch is closed, and a new one begins, with the block at hand if there is one.
  mutating func close() {
    set.removeAll()
    for slot in block { set.insert(slot) }
    open = SlotCounts()
    withBlock = SlotCounts(known: set.count, new: newOfBlock)
  }
}

extension WrittenSlots: Splittable {
  /// A copy in the same state.
  func copy(drawing draws: Draws) -> WrittenSlots { WrittenSlots(copying: self, draws) }

  private init(copying other: borrowing WrittenSlots, _ draws: Draws) {
    open = other.open
    withBlock = other.withBlock
    state = other.state
    law = other.law
    stream = other.stream.copy(drawing: draws)
    set = other.set.copy()
    block = other.block
    newOfBlock = other.newOfBlock
  }
}
