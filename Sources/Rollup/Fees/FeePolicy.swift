import EventKernel

/// What users of a rollup pay.
public struct FeePolicy: Hashable, Sendable {
  /// How the price of layer 2 gas moves.
  public enum Rule: String, CaseIterable, Sendable {
    /// It stays what it is.
    case constant
    /// By the backlog of gas above targets, as on Arbitrum's chains: `GasPricing`.
    case arbos
    /// By the gas of the block before, as on Ethereum and on chains of the OP Stack: `BaseFee.next`.
    case eip1559
    /// By the gas of the block before, in the integers of Starknet: `BaseFee.nextOnStarknet`.
    case starknet

    /// Whether the price of a block follows from the gas of the one before it.
    public var followsBlocks: Bool {
      switch self {
      case .eip1559, .starknet: true
      case .constant, .arbos: false
      }
    }
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
  /// Gas of a block at which the price stays what it is, where that follows from the block before [gas].
  ///
  /// On the OP Stack the gas limit of a block over its elasticity.
  public var blockTarget: UInt64 = 5_000_000
  /// One over the relative step of the price after an empty block.
  public var denominator: UInt64 = 250
  /// How long a transaction waits for gas that costs no more than it offers; then it is gone.
  ///
  /// What a client keeps a transaction that cannot be executed: go-ethereum, `legacypool.go`, `Lifetime`.
  public var patience = SimDuration.hours(3)

  /// Fees at this price.
  public init(gasPrice: UInt64) { self.gasPrice = gasPrice }

  /// Layer 2 gas that can be used for ever without a rise of the price [gas/s]; nil without such a limit.
  ///
  /// - Parameter interval: time between blocks.
  public func lastingGas(every interval: SimDuration) -> Double? {
    switch rule {
    case .constant: nil
    case .arbos: targets.lowest.map { Double($0) }
    case .eip1559, .starknet: Double(blockTarget) / interval.seconds
    }
  }
}
