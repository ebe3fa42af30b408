import EventKernel
import Foundation
import Testing

@testable import Settlement

/// Demand for gas and for blobs that moves together.
@Suite struct DemandCorrelationTests {
  private static let correlation = 0.6

  private static func policy() -> SettlementPolicy {
    var policy = SettlementPolicy.dencun(load: 0.5)
    policy.demand.volatility = 0.3
    policy.blobDemand.volatility = 0.5
    // φ of 0.819 and 0.980 from slot to slot.
    policy.demand.reversion = .seconds(60)
    policy.blobDemand.reversion = .seconds(600)
    policy.demandCorrelation = correlation
    return policy
  }

  /// Deviations of gas and blob demand after so many slots.
  private static func deviations(afterSlots slots: Int, seed: UInt64) -> (
    gas: Double, blobs: Double
  ) {
    let simulation = ChainDriver.run(policy(), slots: slots, seed: seed)
    return (simulation.model.chain.gasDemandDeviation, simulation.model.chain.blobDemandDeviation)
  }

  private static func correlation(of pairs: [(Double, Double)]) -> Double {
    let n = Double(pairs.count)
    let (x, y) = (pairs.reduce(0) { $0 + $1.0 } / n, pairs.reduce(0) { $0 + $1.1 } / n)
    let xy = pairs.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
    let xx = pairs.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
    let yy = pairs.reduce(0) { $0 + ($1.1 - y) * ($1.1 - y) }
    return xy / (xx * yy).squareRoot()
  }

  /// At the first slot as after a hundred, 4,000 chains each: the stationary correlation.
  ///
  /// Seeds 1 to 4,000. H0: 0.6 · √((1 − φ1²)(1 − φ2²)) / (1 − φ1·φ2) = 0.345, by Fisher's z. False alarm 1e-6
  /// each; detects 0.07. The correlation of the innovations is 0.6.
  @Test(arguments: [1, 100]) func demandsCorrelateByLessThanTheirInnovations(_ slots: Int) {
    let pairs = (1...4000).map { Self.deviations(afterSlots: slots, seed: UInt64($0)) }
    let found = Self.correlation(of: pairs.map { ($0.gas, $0.blobs) })
    #expect(abs(atanh(found) - atanh(0.345_44)) < 4.9 / 3997.0.squareRoot(), "\(found)")
  }

  /// The recipe of the handbook: innovations of two series, each with its own φ.
  ///
  /// Seed 1, one chain of 4,000 slots. H0: 0.6 by Fisher's z. False alarm 1e-6; detects 0.05.
  @Test func innovationsAreFoundInTheSeries() {
    var simulation = ChainDriver.run(Self.policy(), slots: 1)
    var series: [(gas: Double, blobs: Double)] = []
    for slots in 2...4001 {
      simulation.run(through: .distantFuture) { $0.slots.count == slots }
      series.append(
        (simulation.model.chain.gasDemandDeviation, simulation.model.chain.blobDemandDeviation))
    }
    let gas = Self.correlation(of: zip(series, series.dropFirst()).map { ($0.gas, $1.gas) })
    let blobs = Self.correlation(of: zip(series, series.dropFirst()).map { ($0.blobs, $1.blobs) })
    let innovations = zip(series, series.dropFirst()).map { before, after in
      (after.gas - gas * before.gas, after.blobs - blobs * before.blobs)
    }
    let found = Self.correlation(of: innovations)
    #expect(abs(atanh(found) - atanh(0.6)) < 4.9 / 3996.0.squareRoot(), "\(found)")
    #expect(abs(-12 / log(blobs) - 600) < 200, "reversion \(-12 / log(blobs))")
  }
}
