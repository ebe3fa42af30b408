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

  /// Blobs that a block has on average, given what others want of it.
  ///
  /// Whole transactions come in the order of their tips, which does not depend on their sizes, so the
  /// blobs taken are a Markov chain in what is taken already: the mean after n transactions, by the
  /// Poisson weight of n. Blocks without blobs have none.
  private static func blobs(wanted: Double, limit: Int, _ competition: CompetitionPolicy) -> Double
  {
    guard case .discrete(let sizes) = competition.transactionBlobs else { return .nan }
    let total = sizes.weights.reduce(0, +)
    let mean = wanted / competition.transactionBlobs.mean
    var taken = [1.0] + Array(repeating: 0.0, count: limit)
    var (weight, blobs) = (exp(-mean), 0.0)
    for n in 1...200 {
      var next = Array(repeating: 0.0, count: limit + 1)
      for (used, share) in taken.enumerated() {
        for (size, count) in zip(sizes.elements, sizes.weights) {
          next[used + Int(size) <= limit ? used + Int(size) : used] += share * count / total
        }
      }
      taken = next
      weight *= mean / Double(n)
      blobs += weight * taken.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    }
    return (1 - competition.blobless) * blobs
  }

  /// What a preset's block has on average, over the normal deviations of demand (trapezoids).
  private static func blobs(_ chain: String, limit: Int, spread: Bool) throws -> Double {
    let demand = try demand(chain, \.blobDemand)
    let settlement = try Reading.resolve("{system: optimism-bedrock, settlement: \(chain)}")
      .scenario
      .settlement
    let deviations = spread ? stride(from: -4, through: 4, by: 0.25).map { $0 } : [0]
    let weights = deviations.map { exp(-$0 * $0 / 2) }
    let wanted = demand.level * Double(settlement.blobFee.target)
    return zip(deviations, weights).reduce(0) { sum, point in
      sum + point.1
        * blobs(
          wanted: wanted * exp(demand.volatility * point.0), limit: limit, settlement.competition)
    } / weights.reduce(0, +)
  }

  /// Below the target the fee rests at its floor, so blobs are what is wanted, as far as it fits.
  @Test(arguments: [("ethereum-pectra", 25_600 / 7128.0, 9), ("ethereum-bpo2", 5.25, 21)])
  func blobDemandGivesTheStatedNumberOfBlobs(chain: String, stated: Double, limit: Int) throws {
    #expect(try Self.demand(chain, \.blobDemand).saturation == 1)
    #expect(abs(try Self.blobs(chain, limit: limit, spread: true) / stated - 1) < 0.01)
  }

  /// At the reference fee blobs are at the target, but for what the mean of the fee took: its level is
  /// fitted to that, by the simulation in the handbook, and a fee falls faster than it rises.
  @Test func blobsAreAtTheTarget() throws {
    #expect(abs(try Self.blobs("ethereum-dencun", limit: 6, spread: false) / 3 - 1) < 0.04)
  }

  /// Forks that bring more room bring no more demand.
  @Test(arguments: [("ethereum-fusaka", 6.0), ("ethereum-bpo1", 10.0), ("ethereum-2025", 6.0)])
  func demandIsThatOfTheLastFork(chain: String, target: Double) throws {
    let wanted = 14 * (try Self.demand("ethereum-bpo2", \.blobDemand).level)
    let demand = try Self.demand(chain, \.blobDemand)
    #expect(abs(demand.level * target / wanted - 1) < 0.01)
    #expect(demand.saturation == 1)
  }
}
