import Catalogue
import Specifications

/// What the reported measures of an experiment rest on, point after point.
struct PointBases {
  private let spec: ExperimentSpec
  /// The last point's.
  private var last: (doubts: Doubts, bases: [Basis])?

  init(_ spec: ExperimentSpec) { self.spec = spec }

  /// What each rests on at a point: found anew only where it rests on other figures than the last.
  mutating func of(_ point: Experiment.Point) -> [Basis] {
    let doubts = point.resolved.doubts
    if let last, last.doubts == doubts { return last.bases }
    let bases = spec.measures.map { spec.measureTable.basis(of: $0, under: doubts) }
    last = (doubts, bases)
    return bases
  }
}
