/// Reads a part of a whole where it lies, if it is stored there.
///
/// Hundreds of parameters and measures are read of each point, and to copy a rollup takes longer than to read one
/// of them.
@usableFromInline
struct PartView<Whole, Part>: Sendable {
  @usableFromInline let path: KeyPath<Whole, Part> & Sendable
  /// How far behind the begin of the whole it lies [B]; nil for what is not stored in it.
  @usableFromInline let offset: Int?

  @inlinable
  init(_ path: KeyPath<Whole, Part> & Sendable) {
    self.path = path
    offset = MemoryLayout<Whole>.offset(of: path)
  }

  @inlinable
  func read<Value>(
    in whole: UnsafePointer<Whole>, _ body: (UnsafePointer<Part>) -> Value
  ) -> Value {
    guard let offset else { return withUnsafePointer(to: whole.pointee[keyPath: path], body) }
    return body((UnsafeRawPointer(whole) + offset).assumingMemoryBound(to: Part.self))
  }
}

/// Calls a function with what lies somewhere, where it lies.
///
/// What may be copied is copied for a function that nothing is known of; what may not is lent.
@inlinable
func lend<Root: ~Copyable, Value>(
  _ root: UnsafePointer<Root>, to body: (borrowing Root) -> Value
) -> Value { body(root.pointee) }

/// The same with two.
@inlinable
func lend<One: ~Copyable, Other: ~Copyable, Value>(
  _ one: UnsafePointer<One>, _ other: UnsafePointer<Other>,
  to body: (borrowing One, borrowing Other) -> Value
) -> Value { body(one.pointee, other.pointee) }

extension Array {
  /// Lets an element be read where it lies.
  @inlinable
  func visit<Value>(_ place: Int, _ body: (UnsafePointer<Element>) -> Value) -> Value {
    precondition(place < count, "no element has this place")
    return withUnsafeBufferPointer { elements in
      guard let first = elements.baseAddress else { preconditionFailure("there are none") }
      return body(first + place)
    }
  }
}
