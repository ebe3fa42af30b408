import Declarations
import EventKernel
import Statistics

/// What a run remembers of a market whose price the settlement chain sets: of the measured window.
public struct DistributedMarketRecord: Sendable {
  private let window: Range<SimTime>
  private var loss = 0.0
  private var volume = 0.0
  private var ages = Tally()

  init(window: Range<SimTime>) { self.window = window }

  /// A block of the rollup has a price that is so old.
  mutating func adopt(age: SimDuration, at now: SimTime) {
    if window.contains(now) { ages.record(age.seconds) }
  }

  mutating func trade(lossUSD: Double, volumeUSD: Double, at now: SimTime) {
    guard window.contains(now) else { return }
    loss += lossUSD
    volume += volumeUSD
  }

  private var days: Double { (window.upperBound - window.lowerBound).seconds / 86_400 }

  /// The measures of such a market.
  public static let measures: [PartMeasure<DistributedMarket.Policy, DistributedMarketRecord>] = [
    .init(
      .damm, "loss_usd_per_d", title: "Loss of the market to arbitrage", unit: "USD/d",
      rests: rests,
      "What arbitrage takes of the market on this rollup, fees deducted, over the measured window."
    ) { $1.loss / $1.days },
    .init(
      .damm, "excess_share", title: "Loss beyond that of an ordinary market", unit: "1",
      rests: rests,
      "The same over what a market without a fee loses whose price is never stale, σ² V/8 a year, less 1: in the mean the age "
        + "of prices, less a block of the rollup, over the time between two."
    ) {
      let variance = $0.price.volatility * $0.price.volatility
      guard variance > 0 else { return nil }
      return $1.loss / $1.days * 365 * 8 / (variance * $0.liquidityUSD) - 1
    },
    .init(
      .damm, "volume_usd_per_d", title: "Arbitrage with the market", unit: "USD/d", rests: rests,
      "What arbitrage buys and sells there, at the price elsewhere."
    ) { $1.volume / $1.days },
    .init(
      .damm, "age_s_mean", title: "Age of a price that comes to the rollup, mean", unit: "s",
      rests: rests,
      "Time from the block of the settlement chain that sets a price to the block of the rollup that has it, mean."
    ) { $1.ages.meanIfAny },
  ].applies(when: \.exists)

  private static let rests = PartMeasure<
    DistributedMarket.Policy, DistributedMarketRecord
  >.Rests.journey(through: "sequencer", also: ["damm", "settlement"])
}
