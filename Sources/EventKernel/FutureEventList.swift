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
    guard rootIsHole else { return siftUp(notice) }
    rootIsHole = false
    if count == 1 { notices[0] = notice } else { siftDown(notice) }
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
    var hole = 0
    while true {
      let child = hole &* 4 &+ 1
      var least: Int
      if child &+ 3 < count {
        // Two independent comparisons and one between the winners: no unpredictable branch.
        let left = heap[child &+ 1].key < heap[child].key ? child &+ 1 : child
        let right = heap[child &+ 3].key < heap[child &+ 2].key ? child &+ 3 : child &+ 2
        least = heap[right].key < heap[left].key ? right : left
      } else {
        guard child < count else { break }
        least = child
        for other in child &+ 1..<max(child &+ 1, count) where heap[other].key < heap[least].key {
          least = other
        }
      }
      guard heap[least].key < notice.key else { break }
      heap[hole] = heap[least]
      hole = least
    }
    heap[hole] = notice
  }
}
