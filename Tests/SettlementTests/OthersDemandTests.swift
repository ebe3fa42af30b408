import EventKernel
import Foundation
import Randomness
import Statistics
import Testing

@testable import Settlement

/// Everybody else's demand is a stationary Ornstein–Uhlenbeck process in the logarithm.
@Suite struct OthersDemandTests {
  private static func policy(elasticity: Double = 0) -> OthersDemand.Policy {
    OthersDemand.Policy(
      level: 0.9, volatility: 0.4, reversion: .seconds(600), elasticity: elasticity,
      referenceFee: 1_000_000_000, meanTip: 2_000_000_000)
  }

  private static func demand(
    _ policy: OthersDemand.Policy, _ stream: inout RandomStream
  ) -> OthersDemand {
    OthersDemand(
      policy, name: "others", startingAt: stream.standardNormal(), seed: 1, replication: 0)
  }

  /// ln(quantity/level) at the reference fee: the deviation X itself.
  private static func deviation(_ demand: borrowing OthersDemand) -> Double {
    log(demand.quantity(at: 1_000_000_000) / 0.9)
  }

  /// 8,000 independent processes now and `steps` slots later: N(0, 0.4²) both times, correlated by
  /// e^(−t/reversion).
  ///
  /// Seed 1. H0: those values. False alarm 1e-6 each (|z| < 4.9): the mean normal, the variance by
  /// 2σ⁴/n, the correlation by Fisher's z. Detects a mean off by 0.022, a standard deviation off by
  /// 4 %, a correlation of e^(−1) off by 0.05.
  @Test(arguments: [1, 25, 50])
  func theDeviationIsStationaryAndForgetsAtItsRate(_ steps: Int) throws {
    let count = 8000
    var stream = RandomStream(seed: 1, replication: UInt64(steps), name: "others")
    var (before, after, product) = (Tally(), Tally(), Tally())
    for _ in 0..<count {
      var demand = Self.demand(Self.policy(), &stream)
      let first = Self.deviation(demand)
      for _ in 0..<steps {
        demand.advance(by: .seconds(12), to: .start, stream.standardNormal())
      }
      let last = Self.deviation(demand)
      before.record(first)
      after.record(last)
      product.record(first * last)
    }
    let (n, variance) = (Double(count), 0.16)
    for tally in [before, after] {
      #expect(abs(tally.mean) < 4.9 * (variance / n).squareRoot())
      let found = try #require(tally.variance)
      #expect(abs(found - variance) < 4.9 * variance * (2 / n).squareRoot())
    }
    let spread = try #require(before.standardDeviation) * #require(after.standardDeviation)
    let correlation = (product.mean - before.mean * after.mean) / spread
    let expected = exp(-12 * Double(steps) / 600)
    #expect(abs(atanh(correlation) - atanh(expected)) < 4.9 / (n - 3).squareRoot())
  }

  @Test func demandFallsByItsElasticity() {
    var stream = RandomStream(seed: 2, replication: 0, name: "others")
    let demand = Self.demand(Self.policy(elasticity: 0.7), &stream)
    let reference = demand.quantity(at: 1_000_000_000)
    let doubled = demand.quantity(at: 2_000_000_000)
    #expect(abs(doubled / reference - pow(2, -0.7)) < 1e-12)
    #expect(demand.quantity(at: 0) == demand.quantity(at: 1), "a fee of 0 has no logarithm")
  }

  /// Below a fee of saturation^(−1/elasticity) of the reference, here 1/16 of 1 gwei, demand no longer
  /// grows; its deviation and its surges act on it as before.
  @Test func demandSaturatesHoweverLowTheFee() {
    var policy = Self.policy(elasticity: 0.5)
    policy.saturation = 4
    var stream = RandomStream(seed: 5, replication: 0, name: "others")
    var again = RandomStream(seed: 5, replication: 0, name: "others")
    let bounded = Self.demand(policy, &stream)
    let free = Self.demand(Self.policy(elasticity: 0.5), &again)
    let knee: UInt64 = 62_500_000
    #expect(abs(bounded.quantity(at: knee) / free.quantity(at: knee) - 1) < 1e-12)
    #expect(bounded.quantity(at: knee * 2) == free.quantity(at: knee * 2))
    #expect(abs(bounded.quantity(at: 1) / free.quantity(at: knee) - 1) < 1e-12)
    #expect(free.quantity(at: 1) > 10 * bounded.quantity(at: 1))
  }

  /// A shock multiplies demand from its start to its end, and not a slot longer.
  @Test func aShockHoldsForItsTime() {
    var policy = Self.policy()
    policy.volatility = 0
    policy.shock.start = .seconds(24)
    policy.shock.duration = .seconds(12)
    policy.shock.factor = 5
    var stream = RandomStream(seed: 4, replication: 0, name: "others")
    var demand = Self.demand(policy, &stream)
    let factors = (1...4).map { slot in
      demand.advance(by: .seconds(12), to: .start + .seconds(12 * Int64(slot)), 0)
      return demand.quantity(at: 1_000_000_000) / 0.9
    }
    #expect(factors == [1, 5, 1, 1])
  }

  @Test func tipsAreExponentiallyDistributed() {
    var stream = RandomStream(seed: 3, replication: 0, name: "others")
    let demand = Self.demand(Self.policy(), &stream)
    #expect(demand.shareBidding(above: 0) == 1)
    #expect(abs(demand.shareBidding(above: 2_000_000_000) - exp(-1)) < 1e-15)
    var free = Self.policy()
    free.meanTip = 0
    let withoutTips = Self.demand(free, &stream)
    #expect(withoutTips.shareBidding(above: 0) == 0, "who bids nothing never comes first")
  }
}
