import Foundation
import Settlement
import Testing

@testable import Catalogue
@testable import Worlds

/// Others' demand in the presets follows from what is published about fees.
@Suite struct CalibratedDemandTests {
  /// Statistics of Etherscan's average gas price of each day of a period.
  struct Period: CustomTestStringConvertible {
    let preset: String
    /// Mean [gwei].
    let mean: Double
    /// Standard deviation of the logarithm of a day about the mean of its 31 days.
    let spread: Double
    /// Correlation of that deviation with the next day's.
    let nextDay: Double
    var testDescription: String { preset }
  }

  private static let periods = [
    Period(preset: "ethereum-pow", mean: 60.48, spread: 0.326, nextDay: 0.45),
    Period(preset: "ethereum-merge", mean: 31.70, spread: 0.279, nextDay: 0.56),
    Period(preset: "ethereum-dencun", mean: 12.16, spread: 0.418, nextDay: 0.48),
    Period(preset: "ethereum-pectra", mean: 2.59, spread: 0.467, nextDay: 0.35),
    Period(preset: "ethereum-fusaka", mean: 0.87, spread: 0.402, nextDay: 0.62),
    Period(preset: "ethereum-bpo2", mean: 0.87, spread: 0.402, nextDay: 0.62),
    Period(preset: "ethereum-2025", mean: 0.87, spread: 0.402, nextDay: 0.62),
  ]

  private static func demand(
    _ chain: String, _ market: WritableKeyPath<SettlementPolicy, OthersDemand.Policy>
  ) throws
    -> OthersDemand.Policy
  {
    try Reading.resolve(
      "{system: optimism-bedrock, settlement: \(chain), poster.carrier: calldata}"
    )
    .scenario.settlement[keyPath: market]
  }

  /// Covariance of the means of two days, `lag` days apart, of an Ornstein–Uhlenbeck process with
  /// variance 1 that forgets at a rate of `rate` per day (integral of e^(−rate·|t − s|) over both).
  private static func covariance(_ lag: Int, _ rate: Double) -> Double {
    lag == 0
      ? 2 * (rate - 1 + exp(-rate)) / (rate * rate)
      : exp(-rate * Double(lag - 1)) * pow((1 - exp(-rate)) / rate, 2)
  }

  /// Variance of a day about the mean of its 31 days, and covariance with the next day's deviation.
  private static func deviation(_ rate: Double) -> (variance: Double, nextDay: Double) {
    let weights = (-15...15).map { ($0 == 0 ? 1.0 : 0.0) - 1 / 31.0 }
    var (variance, nextDay) = (0.0, 0.0)
    for i in 0..<31 {
      for j in 0..<31 {
        variance += weights[i] * weights[j] * covariance(abs(i - j), rate)
        nextDay += weights[i] * weights[j] * covariance(abs(i - j - 1), rate)
      }
    }
    return (variance, nextDay)
  }

  /// Mean of a lognormal, and the two statistics by the covariances above.
  @Test(arguments: periods) func gasDemandGivesTheStatedFees(_ period: Period) throws {
    let demand = try Self.demand(period.preset, \.demand)
    let sigma = demand.volatility / demand.elasticity
    let level = pow(demand.level, 1 / demand.elasticity)
    let mean = Double(demand.referenceFee) / 1e9 * level * exp(sigma * sigma / 2)
    // Under proof of work the fee settles at 0.606 of that, by the simulation in the handbook.
    let share = period.preset == "ethereum-pow" ? 0.606 : 1
    #expect(abs(share * mean / (0.85 * period.mean) - 1) < 0.01)
    #expect(abs(Double(demand.meanTip) / 1e9 / (0.15 * period.mean) - 1) < 0.02)

    let (variance, nextDay) = Self.deviation(86_400 / demand.reversion.seconds)
    #expect(abs(sigma * variance.squareRoot() / period.spread - 1) < 0.03)
    #expect(abs(nextDay / variance - period.nextDay) < 0.04)
  }

  /// ETH for the blobs of four weeks, at 3 blobs in each of 50,400 blocks.
  @Test func blobDemandGivesTheStatedFees() throws {
    let demand = try Self.demand("ethereum-dencun", \.blobDemand)
    let fees = [21.17, 84, 3.18 / 0.27, 3.18].map { $0 * 1e9 / (3 * 50_400 * 131_072) }
    let mean = fees.reduce(0, +) / 4
    let logs = fees.map { log($0) }
    let center = logs.reduce(0, +) / 4
    let spread = (logs.map { pow($0 - center, 2) }.reduce(0, +) / 3).squareRoot()
    let sigma = demand.volatility / demand.elasticity
    #expect(abs(sigma / spread - 1) < 0.01)
    #expect(abs(Double(demand.referenceFee) / 1e9 * exp(sigma * sigma / 2) / mean - 1) < 0.01)
  }

  @Test(arguments: [
    ("ethereum-pectra", 25_600 / 7128.0, 6.0), ("ethereum-fusaka", 5.25, 6.0),
    ("ethereum-bpo1", 5.25, 10.0), ("ethereum-bpo2", 5.25, 14.0), ("ethereum-2025", 5.25, 6.0),
  ])
  func blobDemandGivesTheStatedNumberOfBlobs(chain: String, blobs: Double, target: Double) throws {
    let demand = try Self.demand(chain, \.blobDemand)
    #expect(abs(demand.level * target / blobs - 1) < 0.01)
    #expect(demand.saturation == 1)
  }
}
