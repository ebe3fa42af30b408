/// The number of a rollup in its world: whole ones first, light ones behind them.
public struct RollupID: Hashable, Sendable, BitwiseCopyable {
  /// Its place among the rollups of the world.
  public let number: UInt16
  /// How many rollups lie between it and the settlement chain: 1 for a layer 3.
  public let depth: UInt8
  /// Whether its proofs can be there before its host makes the block of the same instant, because they
  /// wait for nothing of the host.
  public let provesAhead: Bool

  /// The rollup at a place.
  @inlinable
  public init(_ number: Int, depth: Int = 0, provesAhead: Bool = false) {
    self.number = UInt16(number)
    self.depth = UInt8(depth)
    self.provesAhead = provesAhead
  }

  /// The first one, which is the only one in most worlds.
  public static let first = RollupID(0)
}
