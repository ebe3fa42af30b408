/// The number of a service that rollups of a world share.
public struct ServiceID: Hashable, Sendable, BitwiseCopyable {
  /// Its place among the services of the world.
  public let number: UInt16

  /// The service at a place.
  @inlinable
  public init(_ number: Int) { self.number = UInt16(number) }
}
