import EventKernel
import Randomness

/// The price of layer 2 gas from block to block.
///
/// By the rule of ArbOS each target has a backlog, which grows by the gas of each block and shrinks by
/// the target for each second; the price is floor · e^x, with x the sum over targets of
/// (backlog − tolerance · target) / (window · target), as far as that is positive. Gas of data on the
/// settlement chain is not part of it.
///
/// Two things are as in the code. Blocks have the time of whole seconds, so of four blocks in a second
/// one finds time passed. And the price of a block stands before the block does anything: what it works
/// out at its beginning, from the gas up to the block before it, holds for the next one. Blocks without
/// transactions do not exist.
/// Source: OffchainLabs/nitro, `arbos/l2pricing/model.go`, `arbos/block_processor.go` (the price of a
/// header) and `arbos/internal_tx.go` (when it is updated). Prices for each kind of resource (ArbOS 60)
/// are not simulated.
public struct GasPricing: ~Copyable {
  /// What the scenario says about fees.
  public private(set) var policy: FeePolicy
  private var targets: [GasTarget] = []
  /// Of each target [gas].
  private var backlogs: [UInt64] = []
  /// Of the next block [wei per gas].
  private var price: UInt64
  /// The time of the last block [s].
  private var lastSecond: UInt64 = 0

  /// A rollup without a backlog.
  public init(_ policy: FeePolicy) {
    self.policy = policy
    price = policy.gasPrice
    setTargets()
  }

  /// Prices by another policy from the next block on; other targets begin without a backlog.
  public mutating func adopt(_ policy: FeePolicy) {
    guard policy != self.policy else { return }
    let keepsTargets = policy.rule == self.policy.rule && policy.targets == self.policy.targets
    self.policy = policy
    guard !keepsTargets || policy.rule == .constant else { return }
    price = policy.gasPrice
    setTargets()
  }

  private mutating func setTargets() {
    targets = policy.rule == .arbos ? policy.targets.effective : []
    backlogs = targets.map { _ in 0 }
  }

  /// The largest backlog, which is that of the lowest target [gas]; nil where the price does not move.
  public var backlog: UInt64? { backlogs.max() }

  /// Takes note of the next block with transactions.
  ///
  /// - Returns: what its gas costs [wei per gas].
  public mutating func charge(_ block: SealedBlock) -> UInt64 {
    guard !targets.isEmpty else { return price }
    defer { update(with: block) }
    return price
  }

  private mutating func update(with block: SealedBlock) {
    let second = UInt64((block.sealedAt - .start).wholeSeconds)
    let tolerance = UInt64(policy.tolerance.wholeSeconds)
    let passed = second - lastSecond
    var exponent: UInt64 = 0
    for (index, target) in targets.enumerated() {
      let drained = ArbOSPrice.saturating(passed, times: target.gasPerSecond)
      backlogs[index] -= min(backlogs[index], drained)
      exponent = ArbOSPrice.sum(
        exponent,
        ArbOSPrice.exponent(ofBacklog: backlogs[index], at: target, tolerance: tolerance))
      let (sum, overflows) = backlogs[index].addingReportingOverflow(block.gas)
      backlogs[index] = overflows ? .max : sum
    }
    price = ArbOSPrice.price(exponent: exponent, floor: policy.gasPrice)
    lastSecond = second
  }
}

extension GasPricing: Splittable {
  /// A copy in the same state: it draws nothing.
  public func copy(drawing draws: Draws) -> GasPricing { GasPricing(copying: self) }

  private init(copying other: borrowing GasPricing) {
    policy = other.policy
    targets = other.targets
    backlogs = other.backlogs
    price = other.price
    lastSecond = other.lastSecond
  }
}
