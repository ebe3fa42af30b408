import Catalogue
import Dispatch
import Foundation
import Running
import Specifications
import Statistics
import Synchronization
import Worlds

/// Measures what each technique of variance reduction saves, and prints the table.
///
/// Both variances of a row come from the same runs wherever these tell both, so that their ratio is
/// not one of two noises: independent runs of two scenarios would have the sum of the variances that
/// the common ones have, and a run of a pair or of a shifted set has the law of any other.
func benchmarkVariance(runs: Int, jobs: Int) throws {
  let bench = VarianceBench(runs: runs, jobs: jobs)
  var table = VarianceTable()
  for (name, system, ages) in [
    ("base case", "", ["30 s", "1 min"]),
    ("arbitrum-nitro", "\n  system: arbitrum-nitro", ["5 min", "10 min"]),
  ] {
    try bench.compare(name, system, ages, &table)
    try bench.mirror(name, system, &table)
  }
  try bench.sample("starknet", "sobol", points: 16, &table)
  try bench.sample("starknet", "sobol", points: 64, &table)
  try bench.sample("starknet", "halton", points: 16, &table)
  bench.drawBlocks(&table)
  FileHandle.standardOutput.write(Data(table.table.csv.utf8))
}

struct VarianceBench {
  let runs: Int
  let jobs: Int

  /// One measure of all runs, or nil if one of them lacks it.
  typealias Values = (String) -> [Double]?

  /// The rows of common random numbers, controls and conditional expectations.
  func compare(
    _ name: String, _ system: String, _ ages: [String], _ table: inout VarianceTable
  ) throws {
    let factor = "poster.max_age: [\(ages[0]), \(ages[1])]"
    let points = try outcomes(factor, system, replications: runs)
    for quantity in [
      "cost_data_wei_per_tx_mean", "finality_included_s_mean", "finality_final_s_mean",
      "batch_wait_s_mean",
    ] {
      guard let one = points[0](quantity), let other = points[1](quantity) else { continue }
      let differences = zip(one, other).map { $0 - $1 }
      table.add(
        "common random numbers", "\(name), poster.max_age \(ages[0]) less \(ages[1])", quantity,
        replications: runs, units: runs
      ) { drawn in
        guard let first = one.variance(at: drawn), let second = other.variance(at: drawn),
          let both = differences.variance(at: drawn)
        else { return nil }
        let count = Double(drawn.count)
        return VariancePair(without: (first + second) / count, with: both / count)
      }
    }
    control("\(name), poster.max_age \(ages[0])", points[0], &table)
    expect("\(name), poster.max_age \(ages[0])", points[0], &table)
  }

  /// Means corrected by controls.
  private func control(_ name: String, _ values: Values, _ table: inout VarianceTable) {
    let demand = ["demand_gas_log_mean", "demand_blob_log_mean"]
    for (controls, quantities) in [
      (
        demand,
        [
          "cost_data_wei_per_tx_mean", "fee_base_wei_per_gas_mean", "fee_blob_wei_per_gas_mean",
          "finality_included_s_mean",
        ]
      ),
      (["throughput_offered_tx_per_s"], ["cost_data_wei_per_tx_mean", "batch_size_tx_mean"]),
    ] {
      // The known mean only moves the intercept, not the residuals; so the sample's own will do.
      let columns = controls.compactMap(values).map { column in
        column.map { $0 - column.reduce(0, +) / Double(column.count) }
      }
      for quantity in quantities {
        guard let responses = values(quantity), columns.count == controls.count else { continue }
        table.add(
          "controls \(controls.joined(separator: " "))", name, quantity, replications: runs,
          units: runs
        ) { drawn in
          var variates = ControlVariates(controls: columns.count)
          for run in drawn { variates.record(responses[run], columns.map { $0[run] }) }
          guard let variance = variates.responses.variance,
            let found = variates.estimate(confidence: 0.95)
          else { return nil }
          let without = variance / Double(drawn.count)
          return VariancePair(without: without, with: without / found.runsSaved)
        }
      }
    }
  }

  /// The drawn waits for a block replaced by their expectation, half the interval.
  private func expect(_ name: String, _ values: Values, _ table: inout VarianceTable) {
    guard let waits = values("finality_soft_s_mean") else { return }
    for stage in ["soft", "posted", "included"] {
      guard let times = values("finality_\(stage)_s_mean") else { continue }
      let rests = zip(times, waits).map { $0 - $1 }
      table.add(
        "expected wait for a block", name, "finality_\(stage)_s_mean", replications: runs,
        units: runs
      ) { drawn in
        guard let all = times.variance(at: drawn), let rest = rests.variance(at: drawn) else {
          return nil
        }
        return VariancePair(without: all / Double(drawn.count), with: rest / Double(drawn.count))
      }
    }
  }

  /// Antithetic pairs.
  func mirror(_ name: String, _ system: String, _ table: inout VarianceTable) throws {
    let values = try outcomes(
      "poster.max_age: [5 min]", system, "antithetic: true", replications: runs)[0]
    for quantity in [
      "cost_data_wei_per_tx_mean", "fee_base_wei_per_gas_mean", "fee_blob_wei_per_gas_mean",
      "throughput_offered_tx_per_s", "finality_soft_s_mean", "finality_included_s_mean",
      "finality_final_s_mean",
    ] {
      guard let all = values(quantity) else { continue }
      add("antithetic pairs", "\(name), poster.max_age 5 min", quantity, all, groupsOf: 2, &table)
    }
  }

  /// Unknown figures at the points of a sequence.
  func sample(
    _ system: String, _ sequence: String, points: Int, _ table: inout VarianceTable
  ) throws {
    let count = max(2 * runs / points, 2) * points
    let values = try outcomes(
      "poster.max_age: [5 min]", "\n  system: \(system)\n  horizon: 3 h",
      "sampling: {\(sequence): {points: \(points)}}", replications: count)[0]
    for quantity in [
      "cost_total_wei_per_tx_mean", "cost_prover_wei_per_tx_mean", "finality_proven_s_mean",
      "cost_data_wei_per_tx_mean",
    ] {
      guard let all = values(quantity) else { continue }
      add("\(sequence), \(points) points a shift", system, quantity, all, groupsOf: points, &table)
    }
  }

  /// A row of groups whose means are independent.
  private func add(
    _ technique: String, _ setting: String, _ quantity: String, _ all: [Double],
    groupsOf size: Int, _ table: inout VarianceTable
  ) {
    let groups = all.count / size
    let means = (0..<groups).map { group in
      all[group * size..<(group + 1) * size].reduce(0, +) / Double(size)
    }
    table.add(technique, setting, quantity, replications: all.count, units: groups) { drawn in
      let runs = drawn.flatMap { $0 * size..<($0 + 1) * size }
      guard let single = all.variance(at: runs), let grouped = means.variance(at: drawn) else {
        return nil
      }
      return VariancePair(
        without: single / Double(runs.count), with: grouped / Double(drawn.count))
    }
  }

  // MARK: Runs

  /// The measures of every point of an experiment with these levels.
  private func outcomes(
    _ factor: String, _ scenario: String, _ random: String = "common: true", replications: Int
  ) throws -> [Values] {
    let text = """
      experiment: variance
      scenario:
        warmup: 1 h\(scenario)
      factors: {\(factor)}
      random: {seed: 1, \(random)}
      replications: \(replications)
      """
    let experiment = try Experiment(.read(.parse(text, file: "variance")))
    return experiment.points.map { point in
      let finished = Mutex([RunOutcome?](repeating: nil, count: replications))
      DispatchQueue.concurrentPerform(iterations: jobs) { job in
        for replication in stride(from: job, to: replications, by: jobs) {
          let outcome = point.run(replication: replication)
          finished.withLock { $0[replication] = outcome }
        }
      }
      let results = finished.withLock { $0.compactMap { try? $0?.result.get() } }
      precondition(results.count == replications, "a run has no result")
      return { name in
        guard let index = Measure.all.firstIndex(where: { $0.name == name }) else { return nil }
        let values = results.compactMap { $0.measures[index] }
        return values.count == results.count ? values : nil
      }
    }
  }
}
