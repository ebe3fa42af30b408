import Rollup

extension Oracle {
  /// Who wins under which rule of order, and what that costs.
  static let ordering = Oracle(
    name: "ordering",
    statement: """
      Of k equal searchers each wins 1/k; with m of M copies m/M. With a delay d for all but one, and blocks every T, \
      min(1, d/T) of all come in a later block, d/T blocks later in the mean: 0.8 at 200 ms and 0.25 s. Spending on speed \
      of n equals wastes (n - 1)/n of the value, and with a cost F of taking part (k - 1)/k + k F/V, k = floor(sqrt(V/F)), \
      which goes to 1. Values that are uniform bring a price of (n - 1)/(n + 1), by the second bid or by bids that are \
      shaded, whatever part of them losers pay; with a reserve r it is (n - 1)/(n + 1) + r^n (1 - 2 n r/(n + 1)). Load above capacity C for a time D makes \
      users wait (load - C) D/C
      """,
    source: """
      exponential races; Tullock 1980; Vickrey 1961; Myerson 1981; OffchainLabs/nitro-contracts, ExpressLaneAuction.sol; \
      fluid limit of a queue
      """,
    cases: races + lanes + contests + auctions + [openAuction, flood])

  private static let races: [Case] =
    [2, 5, 10].map(firstOf) + [
      .mean(
        "share of three of six copies", unit: "1", 0.5,
        in: market("ordering.rule: random", "searchers: {latency: 0 s, first_copies: 3}")
      ) { $0["mev_first_share"] }
    ]

  private static let lanes: [Case] = [(0.25, 0.8), (0.5, 0.4), (0.15, 4.0 / 3)].map(later)

  private static let contests: [Case] =
    [2, 4, 16].map(dissipation)
    + [(16, 1), (10, 0.966_666_667), (1000, 0.998_741_935)].map(entry)

  private static let auctions: [Case] =
    [(2, 0, 0.333_333_333_333), (5, 0, 0.666_666_666_667), (2, 0.5, 0.416_666_666_667)].map(round)
    + [(2, 0, 0.333_333_333_333), (5, 0, 0.666_666_666_667), (5, 0.25, 0.666_666_666_667)]
    .map(sealedBids)

  private static let openAuction: Case = .range(
    "what equals bid away in the open", unit: "1", 0.88...1,
    in: market(
      "ordering.rule: priority_fee", "sequencer.block_interval: 12 s", "searchers.first_bid: 0.5")
  ) { $0["mev_sequencer_share"] }

  private static let flood: Case = .range(
    "longest wait after a minute of spam of 1.5 C", unit: "s", 29...33,
    in: market(
      "searchers.count: 0", "sequencer.block_gas: 500 kgas",
      "spam: {rate: 300 /s, gas: 10 kgas, begins: 5 min, ends: 6 min}")
  ) { $0["finality_soft_s_max"] }

  /// Four searchers after an opportunity of 0.01 ETH each second, with gas that costs next to nothing.
  private static func market(_ changes: String...) -> WorldProbe {
    WorldProbe(
      [
        WorldProbe.quietChain,
        """
        workload.mix: {transfer: 1, token_transfer: 0, swap: 0, mint: 0}
        workload.arrivals.poisson.rate: 1 /s
        warmup: 1 min
        horizon: 31 min
        sequencer.block_interval: 0.25 s
        fees.l2_gas_price: 1 wei
        bridge.challenge_window: 0 s
        proposer.interval: 5 min
        searchers: {count: 4, opportunities: 1 /s, value: 0.01 ETH, revert_gas: 0 gas}
        """,
      ] + changes)
  }

  private static func firstOf(_ count: Int) -> Case {
    .mean(
      "share of one of \(count)", unit: "1", 1 / Double(count),
      in: market("searchers.count: \(count)")
    ) { $0["mev_first_share"] }
  }

  private static func later(_ interval: Double, _ ratio: Double) -> Case {
    let world = market(
      "ordering.rule: express_lane", "sequencer.block_interval: \(interval) s",
      "workload.arrivals.poisson.rate: 5 /s")
    return ratio > 1
      ? .mean("blocks later, blocks of \(interval) s", unit: "1", ratio, in: world) {
        $0["ordering_blocks_later_mean"]
      }
      : .mean("share a block later, blocks of \(interval) s", unit: "1", ratio, in: world) {
        $0["ordering_later_share"]
      }
  }

  /// The value over what is spent on speed, whose mean is known: it is what varies that stands above.
  private static func dissipation(_ count: Int) -> Case {
    .mean(
      "value over spending on speed of \(count)", unit: "1", Double(count) / Double(count - 1),
      in: market("searchers: {count: \(count), investment: contest}")
    ) { $0["mev_offered_wei"] / $0["mev_speed_wei"] }
  }

  private static func entry(_ ratio: Double, _ expected: Double) -> Case {
    .exact("waste with free entry, V = \(Int(ratio)) F", unit: "1", expected) {
      let candidates = [Double](repeating: ratio, count: 100)
      let count = Contest.entrants(values: candidates, cost: 1)
      let contest = Contest(values: Array(candidates[..<count]))
      return ((contest.spending.reduce(0, +) + Double(count)) / ratio).rounded(to: 9)
    }
  }

  /// 60 opportunities of 0.01 ETH make a round worth 0.6.
  private static func round(_ count: Int, reserve: Double, _ expected: Double) -> Case {
    .mean(
      "price of a round over its value, \(count) bidders, reserve \(reserve)", unit: "1", expected,
      in: market(
        "ordering.rule: express_lane", "searchers.count: \(count)",
        "ordering.lane: {reserve: \(0.6 * reserve) ETH, signal: {uniform: {low: 0, high: 1}}}")
    ) { $0["ordering_round_wei_mean"] / 0.6e18 }
  }

  private static func sealedBids(_ count: Int, losersPay part: Double, _ expected: Double) -> Case {
    .mean(
      "price of sealed bids over the value, \(count) bidders, losers pay \(part)", unit: "1",
      expected,
      in: market(
        "ordering: {rule: priority_fee, mempool: private}",
        "searchers: {count: \(count), latency: 0 s, extraction: {uniform: {low: 0, high: 1}}}",
        "searchers.revert_gas: \(200_000 * part) gas")
    ) { $0["mev_sequencer_share"] }
  }
}
