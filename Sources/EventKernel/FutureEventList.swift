/// One entry of the future event list: what happens, and when.
@frozen
@usableFromInline
struct EventNotice<Event: SimulationEvent>: BitwiseCopyable {
  @usableFromInline let key: EventKey
  @usableFromInline let event: Event

  @inlinable
  init(key: EventKey, event: Event) {
    self.key = key
    self.event = event
  }
}

/// Pending events in firing order: a 4-ary implicit heap of inline notices in raw memory.
///
/// The four children of a node lie together on cache lines. The executing event stays at the root
/// as a hole, so that the first event which its handler schedules replaces it with one sift where
/// a removal and an insertion would take two (decision record 5 has the measurements).
/// Insertion and removal are O(log n); memory is allocated only when the list outgrows its peak.
@frozen
@usableFromInline
struct FutureEventList<Event: SimulationEvent>: ~Copyable {
  @usableFromInline typealias Notice = EventNotice<Event>

  @usableFromInline var storage: UnsafeMutableRawPointer
  @usableFromInline var notices: UnsafeMutablePointer<Notice>
  @usableFromInline var count = 0
  @usableFromInline var capacity: Int
  @usableFromInline var rootIsHole = false

  @usableFromInline static var cacheLine: Int { 64 }

  @inlinable
  init(capacity: Int) {
    self.capacity = capacity
    (storage, notices) = Self.allocate(capacity)
  }

  @inlinable
  deinit { storage.deallocate() }

  /// A list of the same notices in memory of its own.
  @inlinable
  func copy() -> FutureEventList {
    var copy = FutureEventList(capacity: capacity)
    copy.notices.initialize(from: notices, count: count)
    copy.count = count
    copy.rootIsHole = rootIsHole
    return copy
  }

  /// Places element 1, the first child group, at the start of a cache line.
  @inlinable
  static func allocate(_ capacity: Int) -> (UnsafeMutableRawPointer, UnsafeMutablePointer<Notice>) {
    let stride = MemoryLayout<Notice>.stride
    let offset = (cacheLine - stride % cacheLine) % cacheLine
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: offset + capacity * stride, alignment: cacheLine)
    return (raw, (raw + offset).bindMemory(to: Notice.self, capacity: capacity))
  }

  @inlinable
  mutating func grow() {
    let (newStorage, newNotices) = Self.allocate(capacity * 2)
    newNotices.initialize(from: notices, count: count)
    storage.deallocate()
    (storage, notices, capacity) = (newStorage, newNotices, capacity * 2)
  }

  /// The number of pending events, without the one that is executing.
  @inlinable
  var pending: Int { rootIsHole ? count - 1 : count }

  @inlinable
  @inline(__always)
  mutating func insert(_ notice: Notice) {
    guard rootIsHole, count == 1 else { return sift(notice) }
    rootIsHole = false
    notices[0] = notice
  }

  /// Adds `notice` where there are others.
  ///
  /// Not inlined, so that who schedules saves no registers for it.
  @inlinable
  @inline(never)
  mutating func sift(_ notice: Notice) {
    guard rootIsHole else { return siftUp(notice) }
    rootIsHole = false
    siftDown(notice)
  }

  /// Adds `notice` behind the last one and restores the heap above it.
  @inlinable
  mutating func siftUp(_ notice: Notice) {
    if count == capacity { grow() }
    let heap = notices
    var hole = count
    count += 1
    while hole > 0 {
      let parent = (hole &- 1) &>> 2
      guard notice.key < heap[parent].key else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = notice
  }

  /// The earliest pending event, which becomes the hole; nil if none fires up to `limit`.
  @inlinable
  mutating func takeFirst(through limit: EventKey) -> Notice? {
    if rootIsHole { dropRoot() }
    guard count > 0, notices[0].key < limit else { return nil }
    rootIsHole = true
    return notices[0]
  }

  @inlinable
  mutating func dropRoot() {
    rootIsHole = false
    count &-= 1
    if count > 0 { siftDown(notices[count]) }
  }

  /// Fills the root with `notice` and restores the heap below it.
  @inlinable
  @inline(__always)
  mutating func siftDown(_ notice: Notice) {
    let heap = notices
    var hole = heap
    var child = 1
    while child &+ 3 < count {
      // Two independent comparisons and one between the winners: no unpredictable branch.
      let group = heap + child
      let left = group[1].key < group[0].key ? group + 1 : group
      let right = group[3].key < group[2].key ? group + 3 : group + 2
      let least = right.pointee.key < left.pointee.key ? right : left
      guard least.pointee.key < notice.key else {
        hole.pointee = notice
        return
      }
      hole.pointee = least.pointee
      hole = least
      child = (least - heap) &* 4 &+ 1
    }
    if let least = leastOfLast(from: child), least.pointee.key < notice.key {
      hole.pointee = least.pointee
      hole = least
    }
    hole.pointee = notice
  }

  /// The earliest of the last children, which are fewer than four and have none; nil if there are none.
  @inlinable
  func leastOfLast(from first: Int) -> UnsafeMutablePointer<Notice>? {
    guard first < count else { return nil }
    var least = notices + first
    for other in first &+ 1..<count where notices[other].key < least.pointee.key {
      least = notices + other
    }
    return least
  }
}
