/// The number of a rollup in its world: whole ones first, light ones behind them.
public struct RollupID: Hashable, Sendable, BitwiseCopyable {
  /// Its place among the rollups of the world.
  public let number: UInt16
  /// How many rollups lie between it and the settlement chain: 1 for a layer 3.
  public let depth: UInt8

  /// The rollup at a place.
  @inlinable
  public init(_ number: Int, depth: Int = 0) {
    self.number = UInt16(number)
    self.depth = UInt8(depth)
  }

  /// The first one, which is the only one in most worlds.
  public static let first = RollupID(0)
}
