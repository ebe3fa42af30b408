import Catalogue
import Declarations
import Foundation
import Statistics
import Testing
import Worlds

/// Transactions in cohorts and one by one give the same measures.
@Suite struct FidelityTests {
  struct Case: Sendable, CustomStringConvertible {
    let name: String
    let scenario: String
    /// How far quantiles of waits for a block may differ that are the same in every replication, relative to them.
    let precision: Double

    init(_ name: String, _ scenario: String, precision: Double = 1e-9) {
      (self.name, self.scenario, self.precision) = (name, scenario, precision)
    }

    var description: String { name }
  }

  /// Batches of some minutes, and claims that are final soon.
  private static let short = """
    warmup: 10 min
    horizon: 2 h
    proposer.interval: 10 min
    bridge: {challenge_window: 10 min, challenge_blocks: 0}
    """

  private static let cases = [
    Case("light load", "workload.arrivals.poisson.rate: 0.2 /s"),
    Case("many transactions", "workload.arrivals.poisson.rate: 20 /s"),
    Case(
      "batches by age",
      "{workload.arrivals.poisson.rate: 20 /s, poster: {max_age: 1 min, max_bytes: 1 MB}}"
    ),
    Case(
      "blocks that are often full",
      "{workload.arrivals.poisson.rate: 20 /s, sequencer.block_gas: 4 Mgas}"
    ),
    Case(
      "overload with drops",
      "{workload.arrivals.poisson.rate: 20 /s, sequencer: {block_gas: 2 Mgas, mempool: 2000}}"),
    Case(
      "oversized transactions",
      "{workload.arrivals.poisson.rate: 20 /s, sequencer.block_gas: 200 kgas}"),
    Case(
      "short blocks", "{workload.arrivals.poisson.rate: 30 /s, sequencer.block_interval: 0.25 s}"),
    Case(
      "bursts",
      "workload.arrivals.modulated: {rate: 20 /s, burst: 20, calm_time: 5 min, burst_time: 30 s}"),
    // A histogram puts the waits of a block into parts of their own, and those of a stretch evenly.
    Case(
      "regular arrivals", "workload.arrivals.deterministic.rate: 20 /s", precision: 0.05),
    Case(
      "regular arrivals, short blocks",
      "{workload.arrivals.deterministic.rate: 17 /s, sequencer.block_interval: 0.3 s}",
      precision: 0.05),
    // The groups of a block are placed by their mean size, as if all their members were sent.
    Case(
      "groups", "{workload.arrivals.groups: {rate: 20 /s, size: 4}, sequencer.block_gas: 500 Mgas}",
      precision: 0.01),
    Case(
      "groups that can fill a block",
      "{workload.arrivals.groups: {rate: 20 /s, size: 30}, sequencer.block_gas: 4 Mgas}"),
    Case(
      "groups of which a class comes for an hour",
      """
      {workload.arrivals.groups: {rate: 10 /s, size: 3}, sequencer.block_gas: 500 Mgas,
        workload.classes.swap: {begins: 30 min, ends: 90 min}}
      """, precision: 0.03),
    Case("hours of the day", "workload.arrivals.profile: {rate: 10 /s, daily_amplitude: 1}"),
    Case(
      "a class for an hour",
      "{workload.arrivals.poisson.rate: 10 /s, workload.classes.swap: {begins: 30 min, ends: 90 min}}"
    ),
    Case(
      "outages",
      "{workload.arrivals.poisson.rate: 10 /s, settlement.outages: {interval: 30 min, duration: 5 min}}"
    ),
    Case(
      "re-orgs",
      "{workload.arrivals.poisson.rate: 10 /s, settlement.reorgs: {probability: 0.1, depth: 2}}"),
    Case(
      "a grid of batches",
      "{workload.arrivals.poisson.rate: 10 /s, poster: {policy: interval, interval: 70 s, max_bytes: 1 MB}}"
    ),
    Case(
      "a limit of the blob fee",
      "{workload.arrivals.poisson.rate: 10 /s, poster: {policy: price_threshold, deadline: 20 min}}"
    ),
    Case(
      "a percentile of the blob fee",
      "{workload.arrivals.poisson.rate: 10 /s, poster: {policy: percentile, deadline: 20 min}}"),
    Case(
      "calldata",
      "{workload.arrivals.poisson.rate: 10 /s, poster: {carrier: calldata, max_bytes: 60 kB}}"),
    Case(
      "an own prover",
      "{sequence: commit_prove_execute, workload.arrivals.poisson.rate: 10 /s, prover.proof_time_per_work: 0.01 s}"
    ),
    Case(
      "a shared prover",
      """
      {services: {s: {provers: 6}}, rollups: {
        a: {sequence: sequence_verify, prover: {service: s}, workload.arrivals.poisson.rate: 10 /s},
        b: {sequence: sequence_verify, prover: {service: s}, workload.arrivals.poisson.rate: 6 /s}}}
      """),
    Case(
      "a layer 3",
      """
      {rollups: {
        two: {workload.arrivals.poisson.rate: 1 /s, fidelity: individual, proposer.interval: 10 min,
          bridge: {challenge_window: 10 min}},
        three: {host: two, poster: {carrier: calldata, max_bytes: 60 kB}, workload.arrivals.poisson.rate: 10 /s, proposer.interval: 10 min,
          bridge: {challenge_window: 10 min}}}}
      """),
    Case(
      "fees for data by Bedrock", "{workload.arrivals.poisson.rate: 10 /s, data_fees.rule: bedrock}"
    ),
    Case(
      "fees for data by Ecotone", "{workload.arrivals.poisson.rate: 10 /s, data_fees.rule: ecotone}"
    ),
    Case(
      "fees for data by Fjord", "{workload.arrivals.poisson.rate: 10 /s, data_fees.rule: fjord}"),
    Case(
      "fees for data of ArbOS", "{workload.arrivals.poisson.rate: 10 /s, data_fees.rule: arbos}"),
    Case("fees for data of Era", "{workload.arrivals.poisson.rate: 10 /s, data_fees.rule: era}"),
    Case(
      "fees for data of Starknet",
      "{workload.arrivals.poisson.rate: 10 /s, data_fees.rule: starknet}"
    ),
    Case(
      "scalars that follow costs",
      "{workload.arrivals.poisson.rate: 10 /s, data_fees: {rule: ecotone, adjust_interval: 20 min}}"
    ),
    Case("Arbitrum", "{system: arbitrum-nitro, workload.arrivals.poisson.rate: 12 /s}"),
    Case("OP Mainnet", "{system: optimism-bedrock, workload.arrivals.poisson.rate: 10 /s}"),
    Case("ZKsync Era", "{system: zksync-era, workload.arrivals.poisson.rate: 10 /s}"),
    Case("Starknet", "{system: starknet, workload.arrivals.poisson.rate: 10 /s}"),
  ]

  private static let replications = 16

  /// Mean and variance of each measure over replications.
  private static func tallies(_ resolved: ResolvedScenario, _ fidelity: Fidelity) throws -> [Tally]
  {
    var tallies: [Tally] = []
    for replication in 0..<UInt64(replications) {
      var scenario = resolved.drawn(seed: 1, replication: replication).scenario
      for place in scenario.rollups.indices where scenario.rollups[place].fidelity != .individual {
        scenario.rollups[place].fidelity = fidelity
      }
      let result = try scenario.validated(resolved.shape).run(seed: 1, replication: replication)
      if tallies.isEmpty { tallies = result.measures.map { _ in Tally() } }
      for (place, value) in result.measures.enumerated() {
        if let value { tallies[place].record(value) }
      }
    }
    return tallies
  }

  /// Means agree within their errors, and those of cohorts vary no more.
  ///
  /// Seed 1, 16 replications of 35 scenarios, some 3500 measures. A difference of means is a false alarm
  /// with 5e-7 beyond 6.5 of its standard errors (Student's t, 30 degrees of freedom), a ratio of variances
  /// with 5e-7 above 17 (F, 15 and 15): 4e-3 over all. What is seen is a difference of 2.3 standard
  /// deviations of a measure over replications; the means of cohorts' waits vary less than that by far. Means of
  /// regular arrivals' waits do not vary at all, and are compared to 1e-9.
  @Test(arguments: cases) func bothFidelitiesAgree(_ example: Case) throws {
    let isSeveral = example.scenario.contains("rollups:")
    let settings = isSeveral ? "warmup: 10 min\nhorizon: 2 h" : Self.short
    var request = ScenarioRequest(source: Location(file: "test"))
    var problems: [Problem] = []
    for text in [settings, example.scenario] {
      request.add(try .parse(text, file: "test"), &problems)
    }
    try #require(problems.isEmpty, "\(problems)")
    let resolved = try Catalogue.builtIn.resolve(request)
    let (single, cohorts) = (
      try Self.tallies(resolved, .individual), try Self.tallies(resolved, .cohort)
    )
    for (measure, (one, other)) in zip(resolved.shape.measures, zip(single, cohorts)) {
      let name = "\(measure.subjectName) \(measure.name)"
      #expect(one.count == other.count, "\(name)")
      guard one.count > 1, let variance = one.variance, let others = other.variance else {
        continue
      }
      let error = ((variance + others) / Double(one.count)).squareRoot()
      let difference = abs(other.mean - one.mean)
      let isWait =
        measure.name.hasPrefix("finality_soft_") && !measure.name.hasSuffix("_mean")
      let precision = isWait ? example.precision : 1e-9
      #expect(
        difference <= 6.5 * error + precision * abs(one.mean),
        "\(name): \(one.mean) one by one, \(other.mean) in cohorts, \(difference / error) errors")
      // Quantiles and extremes are not normal.
      guard measure.name.hasSuffix("_mean") || measure.name.hasPrefix("throughput") else {
        continue
      }
      #expect(
        others <= 17 * variance + 1e-18 * one.mean * one.mean,
        "\(name): variance \(variance) one by one, \(others) in cohorts")
    }
  }

  /// What single transactions are needed for is refused with its place.
  @Test(arguments: [
    ("workload.arrivals.self_exciting.rate: 1 /s", "workload.arrivals.self_exciting"),
    ("sequencer.sealing: per_transaction", "sequencer.sealing"),
    ("poster.format: state_differences", "poster.format"),
    (
      "settlement.starts_at: 2024-01-01\nchanges.c: {time: 2024-01-02, poster.format: state_differences}",
      "changes.c.poster.format"
    ),
    (
      "workload.classes.swap.gas: {pareto: {shape: 1.5, scale: 1 gas}}", "workload.classes.swap.gas"
    ),
  ]) func whatNeedsSingleTransactionsIsRefused(_ example: (scenario: String, path: String)) {
    let problems = Reading.problems("\(example.scenario)\nfidelity: cohort")
    #expect(problems.count == 1 && problems[0].contains(example.path), "\(problems)")
    #expect(Reading.problems("\(example.scenario)\nfidelity: auto") == [])
  }

  /// A million transactions are drawn one by one, more in cohorts where that can be.
  @Test func autoChoosesByNumber() throws {
    func fidelity(_ scenario: String) throws -> [Fidelity] {
      try Reading.resolve(scenario).scenario.fidelities
    }
    #expect(
      try fidelity("{horizon: 100000 s, workload.arrivals.poisson.rate: 10 /s}") == [.individual])
    for setting in ["fidelity: auto", "data_fees.rule: fjord"] {
      #expect(
        try fidelity("{horizon: 100001 s, workload.arrivals.poisson.rate: 10 /s, \(setting)}")
          == [.cohort])
    }
    for (process, expected) in [
      ("deterministic", Fidelity.cohort), ("groups", .cohort), ("self_exciting", .individual),
    ] {
      #expect(
        try fidelity("{horizon: 100001 s, workload.arrivals.\(process).rate: 10 /s}")
          == [expected])
    }
    for setting in ["fidelity: individual", "poster.format: state_differences"] {
      #expect(
        try fidelity("{horizon: 100001 s, workload.arrivals.poisson.rate: 10 /s, \(setting)}")
          == [.individual])
    }
  }
}
