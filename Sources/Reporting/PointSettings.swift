import Catalogue
import Declarations
import Results
import Specifications
import Threads
import Worlds

/// What the points of an experiment have in common, and of each point what it has beside that: its
/// presets and the parameters that its runs read, each value with its flag.
enum PointSettings {
  /// - Parameter jobs: threads that look at the points.
  static func json(of experiment: Experiment, jobs: Int) -> [JSON.Member] {
    let first = experiment.points[0].resolved
    let all = Entry.all(in: first.shape)
    let used = first.used
    let common = common(all.filter { $0.text(in: first, used) != nil }, in: experiment, jobs: jobs)
    let own = all.filter { !common.contains($0) }
    let objects = inParallel(experiment.points.count, by: 64, jobs: jobs) { range in
      experiment.points[range].map { object(own, $0.resolved) }
    }
    return [
      .init(key: "scenario", value: object(all.filter(common.contains), first)),
      .init(key: "points", value: .array(objects)),
    ]
  }

  /// Those of some entries in which all points say the same.
  private static func common(
    _ entries: [Entry], in experiment: Experiment, jobs: Int
  ) -> Set<Entry> {
    let first = experiment.points[0].resolved
    let firstValues = first.shape.parameters.values(in: first.scenario)
    let alike = inParallel(experiment.points.count, by: 64, jobs: jobs) { range in
      var alike = entries
      for point in experiment.points[range] {
        let resolved = point.resolved
        let values = first.shape.parameters.values(in: resolved.scenario)
        let used = resolved.used
        alike.removeAll { !$0.isAlike(first, firstValues, resolved, values, used) }
      }
      return [Set(alike)]
    }
    return alike.dropFirst().reduce(alike[0]) { $0.intersection($1) }
  }

  private static func object(_ entries: [Entry], _ resolved: ResolvedScenario) -> JSON {
    let used = resolved.used
    return .object(
      entries.compactMap { entry in
        entry.text(in: resolved, used).map {
          .init(key: entry.key(in: resolved.shape), value: .string($0))
        }
      })
  }

  private enum Entry: Hashable {
    case system(Int)
    case chain
    case parameter(Int)

    static func all(in shape: WorldShape) -> [Entry] {
      shape.systemPaths.indices.map(system) + [chain] + shape.parameters.indices.map(parameter)
    }

    func key(in shape: WorldShape) -> String {
      switch self {
      case .system(let rollup): shape.systemPaths[rollup]
      case .chain: "settlement.chain"
      case .parameter(let index): shape.parameters[index].path
      }
    }

    /// What a point says, of which runs read some parameters; nil for one that they do not read.
    func text(in resolved: ResolvedScenario, _ used: [Bool]) -> String? {
      switch self {
      case .system(let rollup): resolved.systems[rollup]
      case .chain: resolved.chain
      case .parameter(let index) where resolved.isAutomatic(at: index):
        ScenarioRequest.automatic
      case .parameter(let index):
        used[index] ? resolved.valueText(index) + resolved.flagNote(index) : nil
      }
    }

    /// Whether a point says the same as the first, each with the values of its parameters, and which of them the
    /// point's runs read: without the texts, which take most of the time.
    func isAlike(
      _ first: ResolvedScenario, _ firstValues: [ParameterValue?], _ point: ResolvedScenario,
      _ values: [ParameterValue?], _ used: [Bool]
    ) -> Bool {
      switch self {
      case .system(let rollup): return first.systems[rollup] == point.systems[rollup]
      case .chain: return first.chain == point.chain
      case .parameter(let index):
        let (one, two) = (first.provenance(at: index), point.provenance(at: index))
        return (one === two || one.range == two.range && one.flag == two.flag)
          && used[index]
          && firstValues[index] == values[index]
      }
    }
  }
}

extension ResolvedScenario {
  fileprivate func flagNote(_ index: Int) -> String {
    let flag = provenance(at: index).flag
    return flag.basis == .documented ? "" : " [\(flag.rawValue)]"
  }
}
