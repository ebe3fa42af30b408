import EventKernel
import Ledger
import Randomness

/// The price of layer 2 gas from block to block.
///
/// By the rules that follow blocks, the gas of each block makes the price of the next one. Blocks without
/// transactions lower it, also those that the simulator need not make; a sequencer that was down makes up for
/// those that are due, as on the OP Stack, whose blocks have fixed times.
/// Where a change raises the least price, that of the OP Stack is there with the next block, and Starknet's after many.
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
  public private(set) var price: UInt64
  /// The time of the last block [s].
  private var lastSecond: UInt64 = 0
  /// When the last block was due whose gas the price follows from.
  private var lastBlock = SimTime.start
  private let load: GasLoad

  /// A rollup without a backlog.
  ///
  /// - Parameter load: what blocks have, where several are charged at once.
  public init(_ policy: FeePolicy, _ load: GasLoad = .none) {
    self.policy = policy
    self.load = load
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

  /// Up to how many arrivals a second the price stays what it is, whatever blocks they are in [1/s].
  ///
  /// Where prices move, that is the least price: no second has more gas than the lowest target takes away,
  /// and that is no more than it tolerates. A price that moves with the first gas is never steady.
  public var steadyRate: Double {
    if policy.rule.followsBlocks { return 0 }
    guard let target = targets.map(\.gasPerSecond).min() else { return .infinity }
    let interval = load.interval
    guard policy.tolerance.seconds >= interval, (backlogs.max() ?? 0) <= target else { return 0 }
    return load.quietRate(below: Double(target) * interval, over: interval)
  }

  /// What blocks are charged, and the backlog that they leave.
  public struct Charge {
    /// The price of gas [wei per gas].
    public let price: UInt64
    /// After a block, mean and largest of so many blocks [gas]; nil where the price does not move.
    public let backlog: (blocks: Double, mean: Double, largest: Double)?
  }

  /// The largest backlog, which is that of the lowest target [gas]; nil where the price does not move.
  public var backlog: UInt64? { backlogs.max() }

  /// The price of a block, which no block with gas has come before since the last that was charged [wei per gas].
  public mutating func price(at instant: SimTime) -> UInt64 {
    passEmptyBlocks(before: instant)
    return price
  }

  /// Takes note that no block before an instant had gas since the last one that had.
  private mutating func passEmptyBlocks(before instant: SimTime) {
    guard policy.rule.followsBlocks, instant > lastBlock else { return }
    let interval = load.blockInterval.nanoseconds
    let count = ((instant - lastBlock).nanoseconds - 1) / interval
    var left = count
    while left > 0 {
      let next = price(after: 0)
      guard next != price else { break }
      price = next
      left -= 1
    }
    lastBlock = lastBlock + SimDuration(nanoseconds: count * interval)
  }

  /// The price of the block after one with so much gas; it ends at 2^64 − 1 wei.
  private func price(after used: UInt64) -> UInt64 {
    let (target, denominator) = (policy.blockTarget, policy.denominator)
    if policy.rule == .starknet {
      return BaseFee.nextOnStarknet(
        after: price, used: used, target: target, denominator: denominator, floor: policy.gasPrice)
        ?? .max
    }
    let next = BaseFee.next(after: price, used: used, target: target, denominator: denominator)
    return max(next ?? .max, policy.gasPrice)
  }

  /// Takes note of the next block with transactions, or of several.
  public mutating func charge(_ block: SealedBlock) -> Charge {
    if policy.rule.followsBlocks {
      let before = price(at: block.sealedAt)
      price = price(after: block.gas)
      lastBlock = block.sealedAt
      return Charge(price: before, backlog: nil)
    }
    guard !targets.isEmpty else { return Charge(price: price, backlog: nil) }
    let before = price
    if let stretch = block.stretch {
      let backlog = load.backlog(of: block, stretch)
      end(block, stretch)
      return Charge(price: before, backlog: backlog)
    }
    update(with: block)
    let backlog = Double(backlogs.max() ?? 0)
    return Charge(price: before, backlog: (1, backlog, backlog))
  }

  /// After a stretch in which every second's gas was taken away, what is left is that of the last second.
  private mutating func end(_ block: SealedBlock, _ stretch: SealedStretch) {
    let second = (block.sealedAt - .start).wholeSeconds
    let inLast = (block.sealedAt - (.start + .seconds(second))).seconds + load.interval
    let length = (block.sealedAt - stretch.begin).seconds
    let share = length > 0 ? min(inLast / length, 1) : 1
    for index in backlogs.indices { backlogs[index] = UInt64(share * Double(block.gas)) }
    price = policy.gasPrice
    lastSecond = UInt64(second)
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
    lastBlock = other.lastBlock
    load = other.load
  }
}
