import Declarations
import Foundation
import Randomness
import Rollup

extension Oracle {
  /// How long batches wait for their instant or for a low fee, and what they pay then.
  static let postingPolicies = Oracle(
    name: "posting-policies",
    statement: """
      a grid of 60 s is 30 s away in the mean; a fee of 1 gwei with p = 1/4 in each slot of 12 s, else of 4, a \
      limit between and a deadline of 5 slots, q = 1 - p: at the deadline q^6, held 12 s (q/2 + q^2 + … + q^5 \
      + q^6/2), paid 1 + 3 q^6 gwei
      """,
    source: "uniform phase; geometric waits, cut off", detects: 0.06,
    cases: [
      .mean("grid of 60 s, wait", unit: "s", 30, in: gridOfOneMinute) { $0["batch_wait_s_mean"] },
      .mean("two fees, at the deadline", unit: "1", TwoFees.atDeadline) { seed, replication in
        TwoFees.run(seed, replication)["posting_deadline_share"]
      },
      .mean("two fees, held", unit: "s", TwoFees.held) { seed, replication in
        TwoFees.run(seed, replication)["posting_held_s_mean"]
      },
      .mean("two fees, paid", unit: "gwei", TwoFees.paid) { seed, replication in
        TwoFees.run(seed, replication)["cost_data_wei_per_tx_mean"] / TwoFees.gas / 1e9
      },
    ])

  private static let gridOfOneMinute = WorldProbe(
    WorldProbe.quiet,
    """
    warmup: 10 min
    horizon: 70 min
    workload.arrivals.poisson.rate: 2 /s
    poster: {policy: interval, interval: 60 s, max_bytes: 1 MB, max_age: 7 s}
    """)

  /// The best times to post, where they are known.
  static let postingThresholds = Oracle(
    name: "posting-thresholds",
    statement: """
      least mean cost of a step, to nine decimals: F for each post at a constant fee, a step squared for delay, \
      at sqrt(2F/a) = 7 steps; fees of 1 with p = 1/4 and of 4: to wait for 1 up to N = 5 steps, posts after \
      E T = sum of q^k over k < N
      """,
    source: "economic order quantity (Harris 1913); geometric waits; Mamageishvili & Felten 2022",
    cases: [
      .exact("constant fee", unit: "1", 7 + 7 + 6) {
        PostingProblem(
          fees: .lognormal(median: 2, volatility: 0, persistence: 0.9, count: 21),
          units: (1...40).map { 24.5 + 3 * Double($0) },
          fixed: [Double](repeating: 0, count: 40), delay: (0..<40).map { 2 * Double($0) + 1 }
        ).solve().value.costPerStep.rounded(to: 9)
      },
      .exact("two fees", unit: "1", TwoFees.costPerStep.rounded(to: 9)) {
        TwoFees.problem.solve().value.costPerStep.rounded(to: 9)
      },
    ])
}

/// A fee that is low or high in each slot, whatever it was before.
private enum TwoFees {
  static let low = 0.25
  /// Gas of a transaction with 100 B that are not zero.
  static let gas = 21_000.0 + 16 * 100

  /// Seen high at the closing and after five slots.
  static let atDeadline = pow(1 - low, 6)
  static let paid = 1 + 3 * atDeadline
  static let held =
    12 * ((1 - low) / 2 + (2...5).reduce(0) { $0 + pow(1 - low, Double($1)) } + atDeadline / 2)

  private static let world = WorldProbe(
    WorldProbe.quiet, WorldProbe.onePerBatch,
    "poster: {policy: price_threshold, fee_limit: 2 gwei, deadline: 60 s}")

  static func run(_ seed: UInt64, _ replication: UInt64) -> WorldProbe.Values {
    world.run(seed: seed, replication: replication) { scenario in
      var stream = RandomStream(seed: seed, replication: replication, name: "oracle.fees")
      let blocks = (0..<4000).map { _ in
        var block = BlockTrace.Block()
        block[.baseFee] = stream.uniform() < low ? 1_000_000_000 : 4_000_000_000
        return block
      }
      scenario.settlement.history.trace = BlockTrace(
        name: "two fees", blocks: blocks, columns: [.baseFee], clock: nil)
      scenario.settlement.history.gas = .fee
      scenario.settlement.history.end = .repeat
    }
  }

  /// As many units as steps, and a hundredth for each step of waiting.
  static let problem = PostingProblem(
    fees: FeeChain(levels: [1, 4], transitions: [[low, 1 - low], [low, 1 - low]]),
    units: (1...5).map(Double.init), fixed: [Double](repeating: 0, count: 5),
    delay: (0..<5).map { 0.01 * (Double($0) + 0.5) })

  /// Of T steps, the last of which is posted at any fee.
  static let costPerStep: Double = {
    var (cost, steps) = (0.0, 0.0)
    for step in 1...5 {
      let chance = pow(1 - low, Double(step - 1)) * (step < 5 ? low : 1)
      let fee = step < 5 ? 1 : low + (1 - low) * 4
      cost += chance * (fee * Double(step) + 0.005 * Double(step * step))
      steps += chance * Double(step)
    }
    return cost / steps
  }()
}
