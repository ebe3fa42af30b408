import Foundation
import Queues

extension Oracle {
  /// Whether a call gets to another rollup in time, whom providers refuse, and what a stale price costs.
  static let calls = Oracle(
    name: "calls",
    statement: """
      After T the logarithm of a price with volatility s is normal with mean -s² T/2 and variance s² T, so a call is \
      of use with Φ((ln(1 + slippage) + s² T/2)/(s √T)), and of jumps a year with the Poisson mean of that. A pool \
      that has enough for c calls refuses Erlang's B. Where both legs come at one instant, both do or neither. A curve of constant \
      product worth V loses s² V/8 a year, and (d - b)/τ of that beside, where a price comes each τ and is d old, on \
      a rollup with a block each b
      """,
    source: """
      Black and Scholes 1973; Merton 1976; Erlang 1917; Milionis et al., arXiv 2208.06046; StarkWare, dAMM
      """,
    detects: 0.15,
    cases: [
      succeeds("in time, one hour", within: 3600), succeeds("in time, six hours", within: 21_600),
      succeeds("in time, one hour with two jumps", within: 3600, jumpsPerHour: 2),
      refused(servers: 3), refused(servers: 5),
      .mean("both or neither, one sequencer", unit: "1", 1, in: common) {
        $0["call_success_share", of: "a"] + $0["call_neither_share", of: "a"]
      },
      stale("a price each 5 min, 10 min old", confirmations: 50),
      stale("a price each 5 min, 1 min old", confirmations: 5),
    ])

  // MARK: Calls

  private static let volatility = 0.8
  private static let slippage = 0.005

  /// Two rollups that keep still, of which the first calls the second.
  private static func callers(_ first: String, _ second: String, _ others: String...) -> WorldProbe
  {
    let quiet = WorldProbe.rollups([("a", WorldProbe.quietRollup), ("b", WorldProbe.quietRollup)])
    let own = WorldProbe.rollups([("a", first), ("b", second)])
    return WorldProbe([WorldProbe.quietChain, quiet, own] + others)
  }

  /// Transactions that keep batches and claims coming.
  private static let slow = """
    workload.arrivals.poisson.rate: 1 /h
    poster.max_age: 30 min
    """

  /// The probability of the normal law, by the Poisson number of jumps.
  private static func probability(within seconds: Double, jumps: Double) -> Double {
    let years = seconds / (365 * 86_400)
    let variance = volatility * volatility * years
    var (weight, sum) = (exp(-jumps), 0.0)
    for count in 0..<60 {
      let deviation = (variance + Double(count) * jumpDeviation * jumpDeviation).squareRoot()
      sum += weight * normal((log1p(slippage) + variance / 2) / deviation)
      weight *= jumps / Double(count + 1)
    }
    return sum
  }

  private static let jumpDeviation = 0.01

  private static func normal(_ value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

  private static func succeeds(
    _ name: String, within seconds: Double, jumpsPerHour: Double = 0
  ) -> Case {
    .mean(
      name, unit: "1", probability(within: seconds, jumps: jumpsPerHour * seconds / 3600),
      in: callers(
        """
        calls: {to: b, path: liquidity, rate: 1 /h, capital: 1e6 ETH, delay: \(seconds) s, volatility: \(volatility), \
        slippage: \(slippage), jumps: \(jumpsPerHour * 8760), jump_deviation: \(jumpDeviation)}
        \(slow)
        """, slow,
        """
        warmup: 0 s
        horizon: 1000 h
        settlement.slot: 2 min
        """)
    ) { $0["call_success_share", of: "a"] }
  }

  private static func refused(servers: Int) -> Case {
    .mean(
      "refused over Erlang's B, \(servers) calls", unit: "1", 1,
      in: callers(
        """
        calls: {to: b, path: liquidity, rate: 4 /d, capital: \(servers) ETH, amount: 1 ETH, delay: 0 s}
        bridge.challenge_window: 1 d
        proposer.interval: 30 min
        workload.arrivals.deterministic.rate: 12 /h
        """, slow,
        """
        warmup: 5 d
        horizon: 125 d
        settlement.slot: 2 min
        """)
    ) { values in
      let refused = values["call_refused_share", of: "a"]
      let carried = values["call_utilisation_mean", of: "a"] * Double(servers)
      let asked = values["call_count", of: "a"] / (120 * 86_400)
      let time = carried / (asked * (1 - refused))
      return refused / ErlangC.blocking(load: 4.0 / 86_400 * time, servers: servers)
    }
  }

  /// One sequencer makes a block of both each half minute.
  private static let common = callers(
    """
    calls: {to: b, path: sequencer, rate: 60 /h, volatility: 5, slippage: 0.001}
    sequencer: {sealing: interval, block_interval: 30 s}
    \(slow)
    """,
    """
    sequencer: {sealing: interval, block_interval: 30 s}
    \(slow)
    """,
    """
    warmup: 0 s
    horizon: 25 h
    """)

  // MARK: A market with a stale price

  private static func stale(_ name: String, confirmations: Int) -> Case {
    let block = 12.0
    return .mean(
      name, unit: "1", 1,
      in: WorldProbe(
        WorldProbe.quiet,
        """
        warmup: 1 h
        horizon: 101 h
        workload.arrivals.poisson.rate: 1 /h
        sequencer: {sealing: interval, block_interval: \(block) s}
        damm: {liquidity: 1e6 USD, every: 25, confirmations: \(confirmations), volatility: \(volatility)}
        """)
    ) { values in
      let expected = (values["damm_age_s_mean"] - block) / 300
      return (1 + values["damm_excess_share"]) / (1 + expected)
    }
  }
}
