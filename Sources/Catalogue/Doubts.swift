import Worlds

/// The figures of a scenario that its runs read and that are not documented.
///
/// Points of a design mostly have the same: what measures rest on is found once for all of those.
public struct Doubts: Hashable, Sendable {
  /// The places of their parameters in the shape.
  private var weak: [Int] = []
  /// Those of figures that nobody knows.
  private var unknown: [Int] = []

  init(_ resolved: ResolvedScenario) {
    let used = resolved.used
    weak = used.indices.filter {
      used[$0] && resolved.provenance(at: $0).flag.basis > .documented
    }
    unknown = weak.filter { resolved.provenance(at: $0).flag.basis == .unknown }
  }

  /// What a measure of the same shape rests on at worst.
  public func basis(of measure: Measure) -> Basis {
    if unknown.contains(where: measure.isMoved(byParameterAt:)) { return .unknown }
    return weak.contains(where: measure.isMoved(byParameterAt:)) ? .estimated : .documented
  }
}
