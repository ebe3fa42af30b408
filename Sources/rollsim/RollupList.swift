import Catalogue
import Worlds

/// The rollups of a scenario that has several, a row each, in the order of its file.
struct RollupList {
  private let resolved: ResolvedScenario
  private var scenario: Scenario { resolved.scenario }

  init(_ resolved: ResolvedScenario) { self.resolved = resolved }

  /// A table, without columns in which nothing stands.
  var text: String {
    let header = ["rollup", "system", "load", "of capacity", "host", "prover"]
    let rows = resolved.shape.rollups.enumerated().compactMap { place, name in
      scenario.rollups.first { $0.name == name }.map { row(of: $0, resolved.systems[place]) }
    }
    let shown = header.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    var table = TextTable(
      shown.map { header[$0] },
      rightAligned: Set(shown.indices.filter { [2, 3].contains(shown[$0]) }))
    for row in rows { table.append(shown.map { row[$0] }) }
    return table.text
  }

  private func row(of rollup: RollupScenario, _ system: String) -> [String] {
    // What a host has room for is shared with its own transactions, which no number says.
    let share = rollup.postsOnSettlement ? rollup.share(in: scenario) : nil
    return [
      rollup.name, systemTitle(system), rollup.load, share ?? "", host(of: rollup),
      rollup.sequence.isProved || rollup.bridge.earlyProof ? rollup.proving.service : "",
    ]
  }

  private func host(of rollup: RollupScenario) -> String {
    let hosting = rollup.hosting
    guard !hosting.isOnSettlement else { return hosting.host }
    let data = rollup.postsOnSettlement ? ", data on \(Hosting.settlement)" : ""
    return "\(hosting.host), once \(hosting.finality.rawValue)\(data)"
  }
}

/// The name of a preset, in words where there is none.
func systemTitle(_ name: String) -> String { name.isEmpty ? "the base case" : name }

extension RollupScenario {
  /// How much comes in.
  var load: String { "\(workload.arrivals.rate.readable) tx/s" }

  /// That as a share of what blocks and data carry; nil where blocks have no interval.
  func share(in scenario: Scenario) -> String? {
    carryingCapacity(on: scenario.settlement).map {
      "\((100 * workload.arrivals.rate / $0).rounded(to: 2)) %"
    }
  }
}
