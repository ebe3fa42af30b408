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
    let common = common(all.filter { $0.text(in: first) != nil }, in: experiment, jobs: jobs)
    let own = all.filter { !common.contains($0) }
    let objects = inParallel(parts(of: experiment, jobs: jobs), jobs: jobs) { points in
      points.map { object(own, $0.resolved) }
    }
    return [
      .init(key: "scenario", value: object(all.filter(common.contains), first)),
      .init(key: "points", value: .array(objects.flatMap(\.self))),
    ]
  }

  /// Those of some entries in which all points say the same.
  private static func common(
    _ entries: [Entry], in experiment: Experiment, jobs: Int
  ) -> Set<Entry> {
    let first = experiment.points[0].resolved
    let firstValues = first.shape.parameters.values(in: first.scenario)
    let alike = inParallel(parts(of: experiment, jobs: jobs), jobs: jobs) { points in
      var alike = entries
      for point in points {
        let values = first.shape.parameters.values(in: point.resolved.scenario)
        alike.removeAll { !$0.isAlike(first, firstValues, point.resolved, values) }
      }
      return Set(alike)
    }
    return alike.dropFirst().reduce(alike[0]) { $0.intersection($1) }
  }

  /// The points in about as many parts as there are threads, in order.
  private static func parts(
    of experiment: Experiment, jobs: Int
  ) -> [Slice<Experiment.Points>] {
    let count = experiment.points.count
    let parts = min(max(jobs, 1), count)
    return (0..<parts).map {
      experiment.points[$0 * count / parts..<($0 + 1) * count / parts]
    }
  }

  private static func object(_ entries: [Entry], _ resolved: ResolvedScenario) -> JSON {
    .object(
      entries.compactMap { entry in
        entry.text(in: resolved).map {
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

    /// What a point says; nil for a parameter that its runs do not read.
    func text(in resolved: ResolvedScenario) -> String? {
      switch self {
      case .system(let rollup): resolved.systems[rollup]
      case .chain: resolved.chain
      case .parameter(let index) where resolved.isAutomatic(at: index):
        ScenarioRequest.automatic
      case .parameter(let index):
        resolved.isUsed(at: index) ? resolved.valueText(index) + resolved.flagNote(index) : nil
      }
    }

    /// Whether a point says the same as the first, each with the values of its parameters: without the texts,
    /// which take most of the time.
    func isAlike(
      _ first: ResolvedScenario, _ firstValues: [ParameterValue?], _ point: ResolvedScenario,
      _ values: [ParameterValue?]
    ) -> Bool {
      switch self {
      case .system(let rollup): return first.systems[rollup] == point.systems[rollup]
      case .chain: return first.chain == point.chain
      case .parameter(let index):
        let (one, two) = (first.provenance[index], point.provenance[index])
        return (one === two || one.range == two.range && one.flag == two.flag)
          && point.isUsed(at: index)
          && firstValues[index] == values[index]
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
