/// A fixed number of values that cannot be copied, side by side in memory.
public struct UniqueArray<Element: ~Copyable>: ~Copyable {
  @usableFromInline let elements: UnsafeMutableBufferPointer<Element>

  /// An array of `count` elements, each made from its place.
  @inlinable
  public init(count: Int, _ make: (Int) -> Element) {
    elements = .allocate(capacity: count)
    for index in 0..<count { elements.initializeElement(at: index, to: make(index)) }
  }

  @inlinable
  deinit {
    elements.deinitialize()
    elements.deallocate()
  }

  /// How many elements there are.
  @inlinable
  public var count: Int { elements.count }

  /// The places of the elements.
  @inlinable
  public var indices: Range<Int> { 0..<elements.count }

  /// The element at a place.
  @inlinable
  public subscript(index: Int) -> Element {
    _read {
      precondition(indices.contains(index), "no element \(index) among \(count)")
      yield elements[index]
    }
    _modify {
      precondition(indices.contains(index), "no element \(index) among \(count)")
      yield &elements[index]
    }
  }

  /// An array of the same length, each element made from the one at its place here.
  @inlinable
  public borrowing func map(_ make: (borrowing Element) -> Element) -> UniqueArray {
    let elements = elements
    return UniqueArray(count: elements.count) { make(elements[$0]) }
  }
}
