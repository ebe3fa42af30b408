import EventKernel
import Ledger

/// What a sequencer pays for each batch to whoever verifies its proof, by the rule of Polygon zkEVM.
///
/// Sequencers pay the fee that holds when they sequence a batch. Each verification moves it: batches that were
/// sequenced longer ago than a target count against those that were not, and the fee rises or falls by a factor
/// for each that one kind has more than the other. So a fee that pays nobody rises, because batches grow old,
/// until somebody verifies them.
///
/// A verification moves it when a block first has it; a re-org that drops the block does not take that back.
/// Source: 0xPolygonHermez/zkevm-contracts, `PolygonZkEVM.sol`, `_updateBatchFee`, whose integers it computes.
public struct BatchFee: Sendable {
  /// What the scenario says about the fee.
  public let policy: Policy
  /// Of a batch that is sequenced now [10⁻¹⁸ coins].
  public private(set) var fee: UInt128
  /// What the run remembers of it.
  public private(set) var record = BatchFeeRecord()

  /// Parts of a coin in which fees are counted.
  static let partsOfCoin = 1e18
  /// Between what the contract keeps it: 10⁻⁹ and 1000 coins.
  static let bounds: ClosedRange<UInt128> = 1_000_000_000...1_000_000_000_000_000_000_000
  /// By how many batches more of a kind one verification moves it, at most.
  static let mostSteps = 12
  /// What fees are divided by when they are multiplied.
  private static let one: UInt128 = 1_000_000_000_000_000_000

  /// The fee at the start of a run.
  public init(_ policy: Policy) {
    self.policy = policy
    fee = UInt128((policy.start * Self.partsOfCoin).rounded())
  }

  /// Moves the fee by a verification.
  ///
  /// - Parameters:
  ///   - sequenced: when the batches were sequenced that it is of, in their order.
  ///   - now: the time of its block.
  public mutating func verify(_ sequenced: [SimTime], at now: SimTime) {
    // Those before one that is late count as late, whatever their time.
    let late = sequenced.lastIndex { now - $0 >= policy.target }.map { $0 + 1 } ?? 0
    let early = sequenced.count - late
    if early < late {
      let (high, scale) = factors(min(late - early, Self.mostSteps))
      fee = fee.times(high, over: scale)
    } else {
      let (high, scale) = factors(min(early - late, Self.mostSteps))
      fee = Self.one.times(fee, over: Self.one.times(high, over: scale))
    }
    fee = min(max(fee, Self.bounds.lowerBound), Self.bounds.upperBound)
    record.move(late: late, of: sequenced.count)
  }

  /// A power of the multiplier, and of a thousand.
  private func factors(_ steps: Int) -> (multiplier: UInt128, scale: UInt128) {
    (0..<steps).reduce((1, 1)) { power, _ in
      (power.0 * UInt128(policy.multiplier), power.1 * 1000)
    }
  }

  /// A fee in USD.
  public func usd(_ fee: UInt128) -> Double {
    Double(fee) / Self.partsOfCoin * policy.usdPerCoin
  }

  /// Notes what was paid for a batch with measured transactions, once that is certain.
  public mutating func pay(_ fee: UInt128) { record.pay(Double(fee) / Self.partsOfCoin) }
}
