import EventKernel
import Randomness
import Rollup
import Testing

@testable import Worlds

/// What one part of the world draws leaves the draws of every other part as they were.
@Suite struct IndependenceTests {
  /// A change that makes one part draw more, what it must move, and what others draw.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout Scenario) -> Void
    let moves: String
    let keeps: [String]

    init(
      _ name: String, moves: String, keeps: [String],
      change: @escaping @Sendable (inout Scenario) -> Void
    ) {
      (testDescription, self.moves, self.keeps, self.change) = (name, moves, keeps, change)
    }
  }

  private static let arrivals = ["throughput_offered_tx_per_s"]
  private static let workload = arrivals + ["throughput_offered_gas_per_s"]
  private static let others = ["demand_gas_log_mean", "demand_blob_log_mean"]
  private static let missed = ["fee_missed_slots_share"]
  /// The rent of provers: proof times and nothing else.
  private static let proofs = ["cost_prover_wei_per_tx_mean"]

  private static let chunks = ["prover_parts_mean"]

  static let cases = [
    Case("arrivals", moves: "throughput_offered_tx_per_s", keeps: others + missed) {
      $0.rollup.workload.arrivals = .poisson(rate: 4)
    },
    Case("gas of transactions", moves: "throughput_offered_gas_per_s", keeps: arrivals + others) {
      for kind in $0.rollup.workload.profiles.indices {
        $0.rollup.workload.profiles[kind].gas = .gamma(mean: 50_000, cv: 1)
      }
    },
    Case("bytes of transactions", moves: "bytes_raw_per_tx", keeps: workload + others + missed) {
      for kind in $0.rollup.workload.profiles.indices {
        $0.rollup.workload.profiles[kind].bytes = .gamma(mean: 150, cv: 0.5)
      }
    },
    Case("classes", moves: "bytes_raw_per_tx", keeps: arrivals + others + missed) {
      $0.rollup.workload.mix[3] = 2
    },
    Case("witnesses", moves: "finality_proven_s_mean", keeps: workload + others + missed + proofs) {
      $0.rollup.prover.witnessTime = .gamma(mean: 20, cv: 0.5)
    },
    Case("proofs", moves: "cost_prover_wei_per_tx_mean", keeps: workload + others + missed) {
      $0.rollup.prover.proofTime = .gamma(mean: 100, cv: 0.5)
    },
    // Aggregators are rented as well, so of proofs their use is kept.
    Case(
      "aggregation", moves: "finality_proven_s_mean",
      keeps: workload + others + ["prover_utilisation"]
    ) {
      $0.rollup.prover.aggregationTime = .gamma(mean: 30, cv: 0.5)
    },
    Case("joins", moves: "finality_proven_s_mean", keeps: workload + others + missed + chunks) {
      $0.rollup.prover.recursionTime = .gamma(mean: 30, cv: 0.5)
    },
    Case("failures", moves: "prover_waste_share", keeps: workload + others + missed + chunks) {
      $0.rollup.prover.failures = 0.2
    },
    Case("stragglers", moves: "cost_prover_wei_per_tx_mean", keeps: workload + others + missed) {
      $0.rollup.prover.stragglers = 0.2
      $0.rollup.prover.stragglerSlowdown = 3
    },
    Case("missed slots", moves: "fee_missed_slots_share", keeps: workload + others + proofs) {
      $0.settlement.missedSlots = 0.5
    },
    Case("blobs of others", moves: "market_blob_use_share", keeps: workload + others + missed) {
      $0.settlement.blobDemand.level = 0.1
    },
    Case("congestion", moves: "fee_base_wei_per_gas_mean", keeps: workload + others + missed) {
      $0.settlement.demand.congestion = .init(interval: .seconds(60), duration: .seconds(60))
      $0.settlement.demand.congestionFactor = 3
    },
    Case(
      "re-orgs", moves: "inclusion_reorganised_count", keeps: workload + others + missed + proofs
    ) {
      $0.settlement.reorgs.probability = 0.3
    },
    Case("censorship", moves: "inclusion_delay_s_mean", keeps: workload + others + missed + proofs)
    {
      $0.settlement.censorship.share = 0.5
    },
    Case("outages", moves: "fee_missed_slots_share", keeps: workload + others + proofs) {
      $0.settlement.outages = .init(interval: .seconds(120), duration: .seconds(60))
    },
    Case("stalls", moves: "finality_settled_s_mean", keeps: workload + others + missed + proofs) {
      $0.settlement.finalityStalls = .init(interval: .seconds(600), duration: .seconds(600))
    },
    Case("deposits", moves: "deposit_credit_s_mean", keeps: workload + others + missed + proofs) {
      $0.rollup.deposits.rate = 0.2
    },
    Case(
      "members of a committee", moves: "finality_posted_s_mean",
      keeps: workload + others + missed + proofs
    ) {
      $0.rollup.data.mode = .committee
      $0.rollup.data.committee.meanUp = .seconds(120)
      $0.rollup.data.committee.meanDown = .seconds(60)
    },
    Case("neighbours", moves: "market_blob_neighbour_share", keeps: workload + others + missed) {
      $0.neighbours["large"].count = 3
      $0.neighbours["large"].variety = 0.5
    },
  ]

  /// A validity rollup with a random part everywhere.
  private static let scenario: Scenario = {
    var scenario = Scenario.baseCase
    scenario.rollup.sequence = .sequenceVerify
    scenario.warmUp = .seconds(120)
    scenario.horizon = .seconds(900)
    scenario.rollup.workload.arrivals = .poisson(rate: 2)
    scenario.rollup.poster.maxAge = .seconds(60)
    scenario.rollup.prover.witnessTime = .lognormal(mean: 10, cv: 0.5)
    scenario.rollup.prover.proofTime = .lognormal(mean: 60, cv: 0.5)
    scenario.rollup.prover.chunkWork = 60
    return scenario
  }()

  @Test(arguments: cases) func drawingMoreMovesNobodyElse(_ example: Case) throws {
    var changed = Self.scenario
    example.change(&changed)
    let before = try Self.scenario.measuredAll(seed: 29)
    let after = try changed.measuredAll(seed: 29)
    for name in example.keeps {
      #expect(before[name] != nil && before[name] == after[name], "\(name)")
    }
    #expect(before[example.moves] != after[example.moves])
  }
}
