/// A first-in-first-out queue whose elements keep their number while they wait.
///
/// Numbers count up from zero over the life of the queue, so an element that was appended as number
/// `n` is found at `queue[n]` until it is removed. Memory grows to the longest queue seen and no
/// further. All operations are O(1), appending amortised.
public struct FIFOQueue<Element> {
  @usableFromInline var ring: Ring

  /// Places for a power of two of elements, of which those between the bounds are taken.
  ///
  /// An array would copy an element to read a part of it, and there are elements of some 2 kB.
  @usableFromInline
  final class Ring {
    @usableFromInline let places: UnsafeMutablePointer<Element>
    @usableFromInline let size: Int
    /// The number of the first element and that behind the last, where reading them checks nothing.
    @usableFromInline let bounds: UnsafeMutablePointer<(first: Int, end: Int)>

    /// Room for both, bounds first.
    private let memory: UnsafeMutableRawPointer

    @usableFromInline
    init(size: Int) {
      self.size = size
      let alignment = max(MemoryLayout<Element>.alignment, MemoryLayout<(Int, Int)>.size)
      memory = .allocate(
        byteCount: alignment + size * MemoryLayout<Element>.stride, alignment: alignment)
      bounds = memory.bindMemory(to: (first: Int, end: Int).self, capacity: 1)
      places = (memory + alignment).bindMemory(to: Element.self, capacity: size)
      bounds.initialize(to: (0, 0))
    }

    /// The same elements, in as many places or more.
    @usableFromInline
    convenience init(_ other: Ring, size: Int) {
      self.init(size: size)
      bounds.pointee = other.bounds.pointee
      for number in bounds.pointee.first..<bounds.pointee.end {
        place(number).initialize(to: other.place(number).pointee)
      }
    }

    deinit {
      for number in bounds.pointee.first..<bounds.pointee.end {
        place(number).deinitialize(count: 1)
      }
      memory.deallocate()
    }

    /// The place of the element with a number.
    @inlinable
    func place(_ number: Int) -> UnsafeMutablePointer<Element> {
      places + (number & (size &- 1))
    }
  }

  /// An empty queue with room for `capacity` elements before it has to grow.
  @inlinable
  public init(capacity: Int = 16) {
    var size = 16
    while size < capacity { size *= 2 }
    ring = Ring(size: size)
  }

  /// The numbers of the elements that wait.
  @inlinable
  public var indices: Range<Int> { first..<end }

  @inlinable
  var first: Int { ring.bounds.pointee.first }

  @inlinable
  var end: Int { ring.bounds.pointee.end }

  /// How many elements wait.
  @inlinable
  public var count: Int { end &- first }

  /// Whether no element waits.
  @inlinable
  public var isEmpty: Bool { first == end }

  /// The element that has waited longest.
  @inlinable
  public var head: Element? { isEmpty ? nil : ring.place(first).pointee }

  /// The element that was added last.
  @inlinable
  public var last: Element? { isEmpty ? nil : ring.place(end &- 1).pointee }

  /// The element with number `number`, which must still wait.
  ///
  /// It is read and changed in its place.
  @inlinable
  public subscript(number: Int) -> Element {
    unsafeAddress {
      precondition(indices.contains(number), "element is not in the queue")
      return UnsafePointer(ring.place(number))
    }
    unsafeMutableAddress {
      precondition(indices.contains(number), "element is not in the queue")
      beUnique()
      return ring.place(number)
    }
  }

  /// Adds an element behind all others and returns its number.
  @inlinable
  @discardableResult
  public mutating func append(_ element: Element) -> Int {
    makeRoom()
    ring.place(end).initialize(to: element)
    ring.bounds.pointee.end &+= 1
    return end &- 1
  }

  /// Removes the element that has waited longest.
  @inlinable
  @discardableResult
  public mutating func removeFirst() -> Element? {
    guard !isEmpty else { return nil }
    beUnique()
    ring.bounds.pointee.first &+= 1
    return ring.place(first &- 1).move()
  }

  /// Removes the element that was added last; the next one takes its number.
  @inlinable
  @discardableResult
  public mutating func removeLast() -> Element? {
    guard !isEmpty else { return nil }
    beUnique()
    ring.bounds.pointee.end &-= 1
    return ring.place(end).move()
  }

  /// Puts an element before all others; it takes the number before theirs.
  @inlinable
  public mutating func prepend(_ element: Element) {
    makeRoom()
    ring.place(first &- 1).initialize(to: element)
    ring.bounds.pointee.first &-= 1
  }

  @inlinable
  mutating func makeRoom() {
    if count == ring.size { ring = Ring(ring, size: 2 * ring.size) } else { beUnique() }
  }

  @inlinable
  mutating func beUnique() {
    if !isKnownUniquelyReferenced(&ring) { ring = Ring(ring, size: ring.size) }
  }
}
