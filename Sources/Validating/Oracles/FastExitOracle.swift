import Queues
import Rollup

extension Oracle {
  /// What providers of fast exits have lent, refuse and take, and what a run on the bridge costs.
  static let fastExits = Oracle(
    name: "fast-exits",
    statement: """
      What is lent in the mean is what is asked for a second times the time until the bridge pays (Little). Of \
      withdrawals that are alike a pool that has enough for c refuses Erlang's B(c, rate · time), whatever the law \
      of that time. Across: with a kink at 0.65, 8 % below and 100 % above, a loan of 1 % of an unused pool costs \
      0.0615 % a year, 1.183e-5 a week. 3.4e9 USD that leave Arbitrum One and wait a week longer at 5 % a year cost \
      3.27e6 USD
      """,
    source: """
      Little 1961; Erlang 1917; across-protocol/sdk, lpFeeCalculator/README.md; UMA, UMIP-136; Offchain Labs, \
      Economics of Disputes
      """,
    detects: 0.1,
    cases: [
      .mean("lent over rate · time", unit: "1", 1, in: steady(capital: "1e6 ETH")) { values in
        let asked = values["fast_exit_count"] * values["fast_exit_share"] / (60 * 86_400)
        return values["fast_exit_utilisation_mean"] * 1e6
          / (asked * values["fast_exit_slow_s_mean"])
      },
      refused(servers: 3), refused(servers: 5),
      .exact("a loan of Across, a week", unit: "1", 1.183_074_967_3e-5) {
        var fee = LiquidityFee()
        fee.kink = 0.65
        fee.base = 0
        fee.slopeBelow = 0.08
        fee.slopeAbove = 1
        return (fee.share(from: 0, to: 0.01) * 1e15).rounded() / 1e15
      },
      .exact("a week more for 3.4e9 USD, in two digits", unit: "USD", 3.3e6) {
        let cost = { (probe: WorldProbe) in probe.run()["fast_exit_waiting_wei"] / 1e18 * 2500 }
        let more = cost(bankRun("delay_one")) - cost(bankRun("none"))
        return (more / 1e5).rounded() * 1e5
      },
    ])

  /// Withdrawals of one coin, half of which wait: six a day, of which a fast one returns after a day and some.
  private static func steady(capital: String) -> WorldProbe {
    contested(
      """
      adversary.plan: none
      warmup: 5 d
      horizon: 65 d
      settlement.slot: 5 min
      bridge.challenge_blocks: 288
      proposer.interval: 30 min
      workload.arrivals.deterministic.rate: 12 /h
      fast_exits:
        rate: 12 /d
        amount: 1 ETH
        impatience: {discrete: {values: [0, 1], weights: [1, 1]}}
        capital: \(capital)
        slope_above: 0
      """)
  }

  /// Users who have 1.36e6 coins withdraw at once; of a dispute the rivals use up the window, and then their clocks.
  private static func bankRun(_ plan: String) -> WorldProbe {
    contested(
      "bridge.challenge_blocks: 50400",
      "dispute: {form: edges, rounds: 20, moves_per_round: 2, clock_blocks: 50400, ending: loser}",
      "adversary: {plan: \(plan), pace: last_moment, margin: 60 s}",
      "fast_exits: {run_users: 1360, run_hesitation: 0 s, amount: 1000 ETH, impatience: 0.05}")
  }

  /// The share that is refused over Erlang's B.
  private static func refused(servers: Int) -> Case {
    .mean(
      "refused over Erlang's B, \(servers) loans", unit: "1", 1,
      in: steady(capital: "\(servers) ETH")
    ) { values in
      let refused = values["fast_exit_refused_share"]
      let hurried = refused + values["fast_exit_share"]
      let load = 6.0 / 86_400 * values["fast_exit_slow_s_mean"]
      return refused / hurried / ErlangC.blocking(load: load, servers: servers)
    }
  }
}
