/// A part of a simulation that can be copied in the middle of a run.
///
/// Importance splitting needs copies that go on with other random numbers than the original. A value
/// type copies its plain state and asks each of its streams and parts for a copy with the same
/// argument.
public protocol Splittable: ~Copyable {
  /// A copy in the same state, and what it draws from now on.
  func copy(drawing draws: Draws) -> Self
}

/// Which random numbers a copy goes on with.
public enum Draws: Hashable, Sendable {
  /// Those of the original: the copy takes the same path, which is how a copy is tested.
  case same
  /// Those that the streams of these names have at the start of another replication.
  case fresh(seed: UInt64, replication: UInt64)
}
