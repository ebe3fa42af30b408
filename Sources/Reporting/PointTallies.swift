import Specifications
import Statistics
import Worlds

/// What the replications of a point gave so far, for the measures of a specification in their order.
struct PointTallies {
  private(set) var values: [GroupedTally]
  /// The reported measures that are ratios.
  private let ratios: [Int]
  /// What is divided by what in each of these.
  private var pairs: [GroupedRatioTally]
  private let spec: ExperimentSpec

  /// Nothing yet.
  init(_ spec: ExperimentSpec) {
    self.spec = spec
    values = spec.noTallies
    let none = GroupedRatioTally(ofGroupsOf: spec.coupling.groupSize)
    ratios = spec.ratios
    pairs = ratios.map { _ in none }
  }

  /// Whether ratios are reported.
  var hasRatios: Bool { !ratios.isEmpty }

  /// The pairs of a measure; nil if it is no ratio.
  func pairs(of measure: Int) -> RatioTally? {
    ratios.firstIndex(of: measure).map { pairs[$0].means }
  }

  /// Adds a replication.
  mutating func record(_ result: RunResult, at replication: Int) {
    for (index, measure) in spec.measures.enumerated() {
      if let value = result.measures[measure] { values[index].record(value, at: replication) }
    }
    for (index, measure) in ratios.enumerated() {
      guard let sides = spec.measureTable.sides(of: measure, in: result) else { continue }
      pairs[index].record(sides.above, over: sides.below, at: replication)
    }
  }
}

extension ExperimentSpec {
  /// The reported measures that are ratios.
  var ratios: [Int] { measures.filter(measureTable.isRatio) }
}
