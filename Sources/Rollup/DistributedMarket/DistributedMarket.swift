import EventKernel
import Foundation
import Randomness

/// A market on a rollup whose price the settlement chain sets: StarkWare's dAMM, seen from one of its rollups.
///
/// The same liquidity stands on each rollup, as a curve of constant product through the price of the settlement chain. With
/// every so many blocks of that there is a new price; it is as old as its way to the rollup when a block there has it.
/// Until the next one the curve is an ordinary market: with each block of the rollup arbitrage takes it to the price
/// elsewhere, or to where the fee leaves nothing. So what a stale price costs is an arbitrage of its own with each price.
///
/// Without a fee arbitrage of a move x of the logarithm of the price takes V (e^(x/2) − 1)²/2 of a curve that is worth V,
/// σ² V/8 a year in the mean (Milionis, Moallemi, Roughgarden and Zhang, arXiv 2208.06046), and a price that comes every
/// T and is d old, on a rollup with a block each b, costs (d − b)/T of that beside. Source of the design: StarkWare, "dAMM: Decentralized AMM" (2022).
public struct DistributedMarket: ~Copyable {
  /// What the scenario says about it.
  public let policy: Policy
  /// What a run remembers of it.
  public private(set) var record: DistributedMarketRecord
  private var price: PricePath
  /// The logarithm of the price on the curve.
  private var quoted = 0.0
  /// Prices of the settlement chain that are on their way, the oldest first.
  private var coming = FIFOQueue<Quote>()
  /// The one that the next block of the rollup has; nil where there is none.
  private var next: Quote?
  /// The last block of the settlement chain that may have set one.
  private var lastHeight = 0

  /// A price that a block of the settlement chain has set.
  private struct Quote {
    let logarithm: Double
    let setAt: SimTime
    let height: Int
  }

  /// A market at the price that holds elsewhere.
  ///
  /// - Parameter window: in which it is measured.
  public init(_ policy: Policy, window: Range<SimTime>, _ streams: StreamSource) {
    self.policy = policy
    record = DistributedMarketRecord(window: window)
    price = PricePath(policy.price, streams.stream("damm.price"))
  }

  // MARK: Prices

  /// The settlement chain has a block, which sets a price if it is time for one.
  public mutating func endBlock(height: Int, at now: SimTime) {
    // A slot may have no block.
    if height > lastHeight, height % policy.every == 0 {
      coming.append(Quote(logarithm: price.logarithm(at: now), setAt: now, height: height))
    }
    lastHeight = height
    while let first = coming.head, height - first.height >= policy.confirmations {
      next = first
      coming.removeFirst()
    }
  }

  /// A re-org has dropped blocks from a height on: the prices that they set are not there.
  public mutating func reorganise(at height: Int) {
    while let last = coming.last, last.height >= height { coming.removeLast() }
    lastHeight = min(lastHeight, height - 1)
  }

  // MARK: Blocks of the rollup

  /// A block of the rollup: a new price if there is one, and arbitrage.
  public mutating func seal(at now: SimTime) {
    if let quote = next {
      quoted = quote.logarithm
      next = nil
      record.adopt(age: now - quote.setAt, at: now)
    }
    let gap = price.logarithm(at: now) - quoted
    let band = -log1p(-policy.fee)
    guard abs(gap) > band else { return }
    let trade = Arbitrage(gap: gap, band: band)
    quoted += trade.move
    record.trade(
      lossUSD: trade.loss * policy.liquidityUSD, volumeUSD: trade.volume * policy.liquidityUSD,
      at: now)
  }
}

/// What arbitrage takes of a curve of constant product that is worth 1.
struct Arbitrage {
  /// By how much it moves the logarithm of the price on the curve.
  let move: Double
  /// What the curve loses, fees deducted.
  let loss: Double
  /// What is bought or sold, at the price elsewhere.
  let volume: Double

  /// The trade that leaves no more than the fee.
  ///
  /// - Parameters:
  ///   - gap: by how much the logarithm of the price elsewhere is above that of the curve; beyond the band.
  ///   - band: what the fee leaves.
  init(gap: Double, band: Double) {
    let isBuying = gap > 0
    move = isBuying ? gap - band : gap + band
    // Half of the worth is the asset, half the money: 1/√p of the one against √p of the other.
    let asset = -expm1(-move / 2) / 2
    let money = expm1(move / 2) / 2
    loss = exp(gap) * asset - exp(isBuying ? band : -band) * money
    volume = abs(exp(gap) * asset)
  }
}

extension DistributedMarket: Splittable {
  /// A copy in the same state.
  public func copy(drawing draws: Draws) -> DistributedMarket {
    DistributedMarket(copying: self, draws)
  }

  private init(copying other: borrowing DistributedMarket, _ draws: Draws) {
    policy = other.policy
    record = other.record
    price = other.price.copy(drawing: draws)
    quoted = other.quoted
    coming = other.coming
    next = other.next
    lastHeight = other.lastHeight
  }
}
