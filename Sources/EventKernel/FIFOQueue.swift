/// A first-in-first-out queue whose elements keep their number while they wait.
///
/// Numbers count up from zero over the life of the queue, so an element that was appended as number
/// `n` is found at `queue[n]` until it is removed. Memory grows to the longest queue seen and no
/// further. All operations are O(1), appending amortised.
public struct FIFOQueue<Element> {
  @usableFromInline var storage: [Element?]
  @usableFromInline var first = 0
  @usableFromInline var end = 0

  /// An empty queue with room for `capacity` elements before it has to grow.
  @inlinable
  public init(capacity: Int = 16) {
    var size = 16
    while size < capacity { size *= 2 }
    storage = Array(repeating: nil, count: size)
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
  public var head: Element? { isEmpty ? nil : storage[first & (storage.count &- 1)] }

  /// The element with number `number`, which must still wait.
  @inlinable
  public subscript(number: Int) -> Element {
    get {
      guard indices.contains(number), let element = storage[number & (storage.count &- 1)] else {
        preconditionFailure("element \(number) is not in the queue \(indices)")
      }
      return element
    }
    _modify {
      precondition(indices.contains(number), "element is not in the queue")
      let place = number & (storage.count &- 1)
      guard var element = storage[place] else {
        preconditionFailure("a waiting element is missing")
      }
      storage[place] = nil
      defer { storage[place] = element }
      yield &element
    }
  }

  /// Adds an element behind all others and returns its number.
  @inlinable
  @discardableResult
  public mutating func append(_ element: Element) -> Int {
    if count == storage.count { grow() }
    storage[end & (storage.count &- 1)] = element
    end &+= 1
    return end &- 1
  }

  /// Removes the element that has waited longest.
  @inlinable
  @discardableResult
  public mutating func removeFirst() -> Element? {
    guard !isEmpty else { return nil }
    let place = first & (storage.count &- 1)
    defer { storage[place] = nil }
    first &+= 1
    return storage[place]
  }

  /// The element that was added last.
  @inlinable
  public var last: Element? { isEmpty ? nil : storage[(end &- 1) & (storage.count &- 1)] }

  /// Removes the element that was added last; the next one takes its number.
  @inlinable
  @discardableResult
  public mutating func removeLast() -> Element? {
    guard !isEmpty else { return nil }
    end &-= 1
    let place = end & (storage.count &- 1)
    defer { storage[place] = nil }
    return storage[place]
  }

  /// Puts an element before all others; it takes the number before theirs.
  @inlinable
  public mutating func prepend(_ element: Element) {
    if count == storage.count { grow() }
    first &-= 1
    storage[first & (storage.count &- 1)] = element
  }

  @usableFromInline
  mutating func grow() {
    var larger = [Element?](repeating: nil, count: storage.count * 2)
    for number in indices {
      larger[number & (larger.count - 1)] = storage[number & (storage.count - 1)]
    }
    storage = larger
  }
}
