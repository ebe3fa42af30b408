import EventKernel

/// How far the next stretch of blocks may reach: until something else can happen.
public struct StretchBounds: Sendable {
  /// Bytes before compression that the open batch has room for.
  public var room: UInt64
  /// When the open batch is closed, blocks at that instant being part of it; nil if none is open.
  public var closesAt: SimTime?
  /// From when on other terms hold.
  public var before: SimTime
  /// Up to how many arrivals a second the price of gas stays what it is [1/s].
  public var steadyRate: Double

  /// Bounds of a stretch.
  public init(room: UInt64, closesAt: SimTime?, before: SimTime, steadyRate: Double) {
    self.room = room
    self.closesAt = closesAt
    self.before = before
    self.steadyRate = steadyRate
  }

  /// Bounds of nothing, where all is drawn one by one.
  public static let none = StretchBounds(room: 0, closesAt: nil, before: .start, steadyRate: 0)
}
