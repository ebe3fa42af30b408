/// A first-in-first-out queue whose elements keep their number while they wait.
///
/// Numbers count up from zero over the life of the queue, so an element that was appended as number
/// `n` is found at `queue[n]` until it is removed. Memory grows to the longest queue seen and no
/// further. All operations are O(1), appending amortised.
public struct FIFOQueue<Element> {
  @usableFromInline var ring: Ring
  @usableFromInline var first = 0
  @usableFromInline var end = 0

  /// Places for a power of two of elements.
  ///
  /// An array would copy an element to read a part of it, and there are elements of some 2 kB.
  @usableFromInline
  final class Ring {
    @usableFromInline let places: UnsafeMutablePointer<Element?>
    @usableFromInline let size: Int

    @usableFromInline
    init(size: Int) {
      self.size = size
      places = .allocate(capacity: size)
      places.initialize(repeating: nil, count: size)
    }

    /// The same elements, in as many places or more.
    @usableFromInline
    convenience init(_ other: Ring, _ numbers: Range<Int>, size: Int) {
      self.init(size: size)
      for number in numbers { self[number].pointee = other[number].pointee }
    }

    deinit {
      places.deinitialize(count: size)
      places.deallocate()
    }

    /// The place of the element with a number.
    @inlinable
    subscript(number: Int) -> UnsafeMutablePointer<Element?> { places + (number & (size &- 1)) }
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

  /// How many elements wait.
  @inlinable
  public var count: Int { end &- first }

  /// Whether no element waits.
  @inlinable
  public var isEmpty: Bool { first == end }

  /// The element that has waited longest.
  @inlinable
  public var head: Element? { isEmpty ? nil : ring[first].pointee }

  /// The element that was added last.
  @inlinable
  public var last: Element? { isEmpty ? nil : ring[end &- 1].pointee }

  /// The element with number `number`, which must still wait.
  ///
  /// It is read and changed in its place.
  @inlinable
  public subscript(number: Int) -> Element {
    _read {
      precondition(indices.contains(number), "element is not in the queue")
      // swift-format-ignore: NeverForceUnwrap
      yield ring[number].pointee!
    }
    _modify {
      precondition(indices.contains(number), "element is not in the queue")
      beUnique()
      // swift-format-ignore: NeverForceUnwrap
      yield &ring[number].pointee!
    }
  }

  /// Adds an element behind all others and returns its number.
  @inlinable
  @discardableResult
  public mutating func append(_ element: Element) -> Int {
    makeRoom()
    ring[end].pointee = element
    end &+= 1
    return end &- 1
  }

  /// Removes the element that has waited longest.
  @inlinable
  @discardableResult
  public mutating func removeFirst() -> Element? {
    guard !isEmpty else { return nil }
    beUnique()
    first &+= 1
    return ring[first &- 1].pointee.take()
  }

  /// Removes the element that was added last; the next one takes its number.
  @inlinable
  @discardableResult
  public mutating func removeLast() -> Element? {
    guard !isEmpty else { return nil }
    beUnique()
    end &-= 1
    return ring[end].pointee.take()
  }

  /// Puts an element before all others; it takes the number before theirs.
  @inlinable
  public mutating func prepend(_ element: Element) {
    makeRoom()
    first &-= 1
    ring[first].pointee = element
  }

  @inlinable
  mutating func makeRoom() {
    if count == ring.size { ring = Ring(ring, indices, size: 2 * ring.size) } else { beUnique() }
  }

  @inlinable
  mutating func beUnique() {
    if !isKnownUniquelyReferenced(&ring) { ring = Ring(ring, indices, size: ring.size) }
  }
}
