import Catalogue
import Declarations
import Results
import Specifications
import Worlds

/// What the points of an experiment have in common, and of each point what it has beside that: its
/// presets and the parameters that its runs read, each value with its flag.
enum PointSettings {
  static func json(of experiment: Experiment) -> [JSON.Member] {
    let first = experiment.points[0].resolved
    let firstValues = Parameter.all.map { $0.read(first.scenario) }
    var common = Entry.all.filter { $0.text(in: first) != nil }
    for point in experiment.points.dropFirst() {
      common.removeAll { !$0.isAlike(first, firstValues, point.resolved) }
    }
    let shared = Set(common)
    let own = Entry.all.filter { !shared.contains($0) }
    return [
      .init(key: "scenario", value: object(common, first)),
      .init(
        key: "points", value: .array(experiment.points.map { object(own, $0.resolved) })),
    ]
  }

  private static func object(_ entries: [Entry], _ resolved: ResolvedScenario) -> JSON {
    .object(
      entries.compactMap { entry in
        entry.text(in: resolved).map { .init(key: entry.key, value: .string($0)) }
      })
  }

  private enum Entry: Hashable {
    case system
    case chain
    case parameter(Int)

    static let all = [system, chain] + Parameter.all.indices.map(parameter)

    var key: String {
      switch self {
      case .system: "system"
      case .chain: "settlement.chain"
      case .parameter(let index): Parameter.all[index].path
      }
    }

    /// What a point says; nil for a parameter that its runs do not read.
    func text(in resolved: ResolvedScenario) -> String? {
      switch self {
      case .system: resolved.system
      case .chain: resolved.chain
      case .parameter(let index) where resolved.isAutomatic(at: index):
        ScenarioRequest.automatic
      case .parameter(let index):
        resolved.isUsed(at: index) ? resolved.valueText(index) + resolved.flagNote(index) : nil
      }
    }

    /// Whether a point says the same as the first, whose values are `firstValues`: without the texts,
    /// which take most of the time.
    func isAlike(
      _ first: ResolvedScenario, _ firstValues: [ParameterValue?], _ point: ResolvedScenario
    ) -> Bool {
      switch self {
      case .system: return first.system == point.system
      case .chain: return first.chain == point.chain
      case .parameter(let index):
        let (one, two) = (first.provenance[index], point.provenance[index])
        return (one === two || one.range == two.range && one.flag == two.flag)
          && point.isUsed(at: index)
          && firstValues[index] == Parameter.all[index].read(point.scenario)
      }
    }
  }
}

extension ResolvedScenario {
  fileprivate func flagNote(_ index: Int) -> String {
    let flag = provenance[index].flag
    return flag.basis == .documented ? "" : " [\(flag.rawValue)]"
  }
}
