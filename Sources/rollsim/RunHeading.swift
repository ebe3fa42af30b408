import Catalogue
import Specifications
import Worlds

/// What a run was made of, above its measures.
struct RunHeading {
  private let experiment: Experiment
  private let resolved: ResolvedScenario
  private var scenario: Scenario { resolved.scenario }

  init(_ experiment: Experiment) {
    self.experiment = experiment
    resolved = experiment.points[0].resolved
  }

  /// A line; where there are several rollups also a table of them.
  var text: String {
    guard scenario.rollups.count > 1 else {
      let rollup = scenario.rollup
      // Nothing where blocks have no interval.
      let share = rollup.share(in: scenario).map { " (\($0) of what blocks and data carry)" }
      return
        "\(systemTitle(resolved.system))\(chain)\(changes): \(rollup.load)\(share ?? ""), \(circumstances)"
    }
    return "\(scenario.rollups.count) rollups\(chain), \(circumstances)\n\n"
      + RollupList(resolved).text
  }

  private var chain: String { resolved.chain.isEmpty ? "" : " on \(resolved.chain)" }

  private var changes: String {
    let names = scenario.rollup.changes.map(\.name)
    return names.isEmpty ? "" : ", changed by \(names.joined(separator: ", "))"
  }

  private var circumstances: String {
    let spec = experiment.spec
    let runs = spec.replications == 1 ? "1 replication" : "\(spec.replications) replications"
    return "measured from \(scenario.warmUp.words) to \(scenario.horizon.words); \(runs), "
      + "seed \(spec.seed)"
  }
}
