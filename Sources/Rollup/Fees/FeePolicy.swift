import EventKernel

/// What users of a rollup pay.
public struct FeePolicy: Hashable, Sendable {
  /// How the price of layer 2 gas moves.
  public enum Rule: String, CaseIterable, Sendable {
    /// It stays what it is.
    case constant
    /// By the backlog of gas above targets, as on Arbitrum's chains: `GasPricing`.
    case arbos
  }

  /// Price of layer 2 gas, or the least where it moves [wei per gas].
  public var gasPrice: UInt64
  /// How it moves.
  public var rule = Rule.constant
  /// The gas that can last.
  public var targets = GasTargets([.init(gasPerSecond: 7_000_000, window: .seconds(102))])
  /// Backlog that leaves the price alone, as time at each target [s]; whole seconds.
  ///
  /// Ten seconds as long as ArbOS has one target; its rule for several has none.
  public var tolerance = SimDuration.seconds(10)

  /// Fees at this price.
  public init(gasPrice: UInt64) { self.gasPrice = gasPrice }

  /// Layer 2 gas that can be used for ever without a rise of the price [gas/s]; nil without such a limit.
  public var lastingGas: UInt64? { rule == .arbos ? targets.lowest : nil }
}
