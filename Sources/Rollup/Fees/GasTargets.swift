import EventKernel

/// A rate of layer 2 gas that can last, and how fast the price answers to more.
///
/// Gas above the rate gathers in a backlog; a backlog of rate · window multiplies the price by about e.
/// Nitro's code calls it a gas constraint, and the rate of its first rule the speed limit.
/// Source: OffchainLabs/nitro, `arbos/l2pricing/gas_constraint.go` and `model.go`.
public struct GasTarget: Hashable, Sendable {
  /// Layer 2 gas per second by which the backlog shrinks [gas/s]; zero if there is no such target.
  public var gasPerSecond: UInt64
  /// The adjustment window, once called inertia [s]; whole seconds.
  public var window: SimDuration

  /// A target.
  public init(gasPerSecond: UInt64, window: SimDuration) {
    self.gasPerSecond = gasPerSecond
    self.window = window
  }

  /// No target.
  public static let none = GasTarget(gasPerSecond: 0, window: .seconds(102))
}

/// The gas targets of a rollup, all of which hold at once.
///
/// Up to six, because a scenario has one value for each parameter and Arbitrum One has no more; one
/// whose rate is zero is none.
public struct GasTargets: Hashable, Sendable {
  /// Most targets that a rollup has.
  public static let capacity = 6
  private var targets = [GasTarget](repeating: .none, count: capacity)

  /// No targets but these, from the first on.
  public init(_ targets: [GasTarget] = []) {
    precondition(targets.count <= Self.capacity, "more gas targets than there are places")
    self.targets.replaceSubrange(targets.indices, with: targets)
  }

  /// Target `number`, counted from 1.
  public subscript(number: Int) -> GasTarget {
    get { targets[number - 1] }
    set { targets[number - 1] = newValue }
  }

  /// Those that hold.
  var effective: [GasTarget] { targets.filter { $0.gasPerSecond > 0 } }

  /// The lowest rate, which is the one that lasts [gas/s]; nil without any.
  ///
  /// It also has the largest backlog: all grow alike, and it shrinks the least.
  public var lowest: UInt64? { effective.map(\.gasPerSecond).min() }
}
