import EventKernel
import Foundation
import Settlement
import Worlds

extension Oracle {
  /// Others' demand as an Ornstein–Uhlenbeck process.
  static let demandProcess = Oracle(
    name: "demand-process",
    statement: """
      the logarithm X of others' demand has variance sigma^2/(2 theta) and autocorrelation \
      e^(-theta t); volatility 0.3 is the root of the variance, 1/theta = 60 s
      """,
    source: "Ornstein and Uhlenbeck 1930; Gillespie 1996", detects: 0.12,
    cases: [
      .mean("variance of X", unit: "1", 0.09) {
        deviationProduct(lag: 0, seed: $0, replication: $1)
      }
    ]
      + [5, 10].map { lag in
        .mean("autocorrelation at \(12 * lag) s", unit: "1", exp(-Double(lag) / 5)) {
          deviationProduct(lag: lag, seed: $0, replication: $1) / 0.09
        }
      })

  /// The mean over 16,000 slots of X at a slot times X `lag` slots later.
  ///
  /// X has mean 0 and is stationary from the start, so this is unbiased.
  private static func deviationProduct(
    lag: Int, seed: UInt64, replication: UInt64
  ) -> Double {
    var policy = Scenario.baseCase.settlement.quiet
    policy.demand.level = 0.1
    policy.demand.volatility = 0.3
    policy.demand.reversion = .seconds(60)
    policy.demand.elasticity = 0
    let usual = 0.1 * Double(policy.gasLimit / policy.executionFee.elasticity)
    policy.executionFee.kind = .constant
    var simulation = ChainProbe.simulation(policy, seed: seed, replication: replication) { _, _ in
      []
    }
    // Ten standard deviations fit into a block, so no demand is cut off.
    let deviations = (1...16_000 + lag).map { slot in
      simulation.run(through: .distantFuture) { $0.slots == slot }
      return log(Double(simulation.model.chain.lastBlock.gas) / usual)
    }
    return zip(deviations, deviations.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 } / 16_000
  }
}
