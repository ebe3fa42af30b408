import Catalogue
import Specifications
import Worlds

/// What a run was made of, above its measures.
struct RunHeading {
  private let experiment: Experiment

  init(_ experiment: Experiment) { self.experiment = experiment }

  var text: String {
    let spec = experiment.spec
    let point = experiment.points[0].resolved
    let scenario = point.scenario
    let system = point.system.isEmpty ? "the base case" : point.system
    let chain = point.chain.isEmpty ? "" : " on \(point.chain)"
    let runs = spec.replications == 1 ? "1 replication" : "\(spec.replications) replications"
    let load = scenario.rollups.map { rollup in
      "\(rollup.workload.arrivals.rate.readable) tx/s\(share(of: rollup, in: scenario))"
    }
    return
      "\(system)\(chain): \(load.joined(separator: ", ")), measured "
      + "from \(scenario.warmUp.words) to \(scenario.horizon.words); \(runs), seed \(spec.seed)"
  }

  /// The load beside what blocks and data carry; nothing where blocks have no interval.
  private func share(of rollup: RollupScenario, in scenario: Scenario) -> String {
    guard let capacity = rollup.carryingCapacity(on: scenario.settlement) else { return "" }
    let percent = 100 * rollup.workload.arrivals.rate / capacity
    return " (\(percent.rounded(to: 2)) % of what blocks and data carry)"
  }
}
