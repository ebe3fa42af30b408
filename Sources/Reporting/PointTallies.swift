import Specifications
import Statistics
import Worlds

/// What the replications of a point gave so far, for the measures of a specification in their order.
struct PointTallies {
  private(set) var values: [GroupedTally]
  /// Of the measures that are ratios, what is divided by what.
  private(set) var ratios: [Int: GroupedRatioTally]
  private let spec: ExperimentSpec

  /// Nothing yet.
  init(_ spec: ExperimentSpec) {
    self.spec = spec
    values = spec.noTallies
    let none = GroupedRatioTally(ofGroupsOf: spec.coupling.groupSize)
    ratios = Dictionary(uniqueKeysWithValues: spec.ratios.map { ($0, none) })
  }

  /// Adds a replication.
  mutating func record(_ result: RunResult, at replication: Int) {
    for (index, measure) in spec.measures.enumerated() {
      if let value = result.measures[measure] { values[index].record(value, at: replication) }
    }
    for measure in ratios.keys {
      guard let sides = spec.measureTable.sides(of: measure, in: result) else { continue }
      ratios[measure]?.record(sides.above, over: sides.below, at: replication)
    }
  }
}

extension ExperimentSpec {
  /// The reported measures that are ratios.
  var ratios: [Int] { measures.filter(measureTable.isRatio) }
}
